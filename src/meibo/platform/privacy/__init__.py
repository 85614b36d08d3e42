"""Duties towards those whose data these are: the register of files, requests, bundles, leaks."""
