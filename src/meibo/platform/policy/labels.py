"""The names that a field of the town may not have: one name for two things misleads whoever reads
a list."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

#: What cards, lists and exports call the fields of the product, besides the labels of the table.
LABELS: set[str] = set()


def is_taken(label: str, labels: Iterable[str]) -> bool:
    """Whether a name is one of these or one on screen; what stands in brackets behind one makes no
    other name of it."""
    found = {*labels, *LABELS}
    return _plain(label) in {
        _plain(each) for one in found for each in (one, one.partition("（")[0])
    }


def _plain(label: str) -> str:
    return "".join(unicodedata.normalize("NFKC", label).split())
