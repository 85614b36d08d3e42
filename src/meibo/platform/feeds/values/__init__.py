"""From the text of one cell to a typed value, and what was wrong with it."""
