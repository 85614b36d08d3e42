"""What the personnel section does."""
