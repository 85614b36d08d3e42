"""What is checked once rows are whole: fields against each other, rows, files, days."""
