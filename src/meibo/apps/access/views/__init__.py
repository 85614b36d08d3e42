"""The pages of rights and accounts."""
