"""What the forms say, and of whom."""
