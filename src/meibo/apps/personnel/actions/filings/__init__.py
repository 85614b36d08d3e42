"""Filings (届出) on their way: what their person does, and what is done with them."""
