"""What the data centre is: the study model, the workbook format as data, reading it, guards on what was typed."""
