"""What the screens of personnel read."""
