"""People who are named line by line, by whatever the viewer may search by."""

from __future__ import annotations

from datetime import date

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader

MOST = 200
"""Lines; whoever has more keeps a set."""


def named(viewer: Viewer, text: str, *, on: date) -> tuple[tuple[str, ...], list[str]]:
    """Who is meant, and the lines that mean nobody or more than one."""
    found: dict[str, None] = {}
    odd = []
    for line in dict.fromkeys(each.strip() for each in text.splitlines()):
        if not line:
            continue
        hits = reader.search(viewer, line, on=on, limit=2).hits
        if len(hits) == 1:
            found[hits[0].card.id] = None
        else:
            odd.append(line)
    return tuple(found), odd
