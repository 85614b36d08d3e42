"""The list for who prints it: the same cards, columns and order as on the page."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from meibo.apps.directory.queries.listing import Card, listing, rows, wish_of
from meibo.domain.disclosure import Viewer
from meibo.platform.papers.lists import Filtered

_DEPTH = {"unit1": 1, "unit2": 2}


def filtered(viewer: Viewer, query: str, on: date, group: str) -> Filtered:
    """What the address of a list shows this viewer; strictly, for a file can't say that a filter
    was left out."""
    found = listing(viewer, wish_of(QueryDict(query)), on, strict=True)
    heads = [column.label for column in found.columns]
    refused = [field.label for field in found.refused]
    groups = [_group(card, group) for card in found.cards]
    return Filtered(heads, rows(found.cards, found.columns), found.told, refused, groups)


def _group(card: Card, group: str) -> str:
    if group in _DEPTH:
        return " ".join((card.get("unit_path") or ())[: _DEPTH[group]])
    return str(card.get("post") or "") if group == "post" else ""
