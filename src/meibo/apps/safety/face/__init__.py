"""The answer face: the page behind the link, and nothing else.

It needs no Django, no session, no account and no key that opens anything, so that it can run as a
process of its own where everybody's telephones reach it, with a database role that can do nothing
else (decision 0026). The house serves the same page itself, by `views/answering.py`.
"""
