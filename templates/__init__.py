"""What people fill in and read: the input workbook, the terminal summary, the PDF report, texts and fonts."""
