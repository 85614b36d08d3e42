"""Keeping what was issued and what people made for themselves."""
