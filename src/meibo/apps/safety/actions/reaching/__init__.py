"""Reaching people: out of the outbox, route by route, and what became of it."""
