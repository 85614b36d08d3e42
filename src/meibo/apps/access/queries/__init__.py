"""What the pages of rights and accounts show."""
