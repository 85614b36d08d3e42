"""私の届出, and the pages on which filings are seen to."""
