"""Filings (届出): their kinds, what is on record, what waits."""
