"""Copies of everything that can't be made again, and what is done with them."""
