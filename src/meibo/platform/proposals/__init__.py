"""Proposals: a change at the wrong place, kept for those who may make it.

Which place is the right one says `town/ownership.csv`. Whoever notices a change puts it here: an
intake, the directory, a person's own page. The pages are those of the exchange; the writers know
nothing of each other.
"""
