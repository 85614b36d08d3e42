"""The units through all time, by code and name: for reading files that name units of any day."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from meibo.ledger.models import UnitStretch


class UnitSpan(NamedTuple):
    """A unit over `[starts, ends)`, in which it has one name and one parent."""

    code: str
    name: str
    parent: str | None
    starts: date
    ends: date


def unit_spans() -> list[UnitSpan]:
    """Every unit that the book knows. Names of units are public."""
    rows = UnitStretch.objects.values_list("code", "state", "parent", "starts", "ends")
    return [
        UnitSpan(code, str(json.loads(state)["name"]), parent, starts, ends)
        for code, state, parent, starts, ends in rows
    ]
