"""What it adds up to: product system, Brightway, evaluation, the three result tables and their views."""
