"""異動案: the pages of plans."""
