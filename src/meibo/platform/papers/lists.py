"""The list that people filter, for those who print it. The app that has it registers it here when
it is loaded; who prints knows no app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from meibo.domain.disclosure import Viewer


@dataclass(frozen=True, slots=True)
class Filtered:
    """A list as an address asks for it: heads and rows in words, the filters in words, and how
    many filters this viewer may not use (nobody but the viewer passes those). `groups`: what it
    can be grouped by (key → label); `grouped`: for each row the words of the group asked for."""

    heads: list[str]
    rows: list[list[str]]
    told: list[str]
    refused: list[str]
    grouped: list[str]


#: What a list can be grouped by: key → label.
GROUPS = {"": "分けない", "unit1": "部", "unit2": "課", "post": "職"}
#: (viewer, query of the address, day, key of GROUPS) → the list.
Source = Callable[[Viewer, str, date, str], Filtered]
SOURCES: dict[str, Source] = {}
