"""From bytes to rows of text: encodings, delimited text, workbooks, headers."""
