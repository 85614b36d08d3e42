"""What leaves the house by which definition: who keeps filings asks, who delivers answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

#: Row of the disclosure table and day → names of the outgoing definitions that carry it.
Carrier = Callable[[str, date], list[str]]
CARRIERS: list[Carrier] = []


def carried_by(row: str, today: date) -> list[str]:
    """The outgoing definitions in which a change of this field leaves the house."""
    return [name for carrier in CARRIERS for name in carrier(row, today)]
