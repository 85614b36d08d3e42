"""The pages of the forms, and the files."""
