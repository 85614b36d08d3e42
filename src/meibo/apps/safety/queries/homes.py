"""Quarters of homes, for the forecast: read from what people filed, and given on as a quarter.

The reading is the house's own, not a look of somebody: no address leaves this module, and whoever
sees the forecast sees numbers of people by quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meibo.domain.safety.homes import Area, Areas
from meibo.ledger.sealed import Unsealer
from meibo.platform import town

FILE = "areas.csv"
_FIELDS = ("address", "postcode")


def areas() -> Areas:
    """The town's table of quarters."""
    return Areas(town.rows(FILE))


def homes(states: Mapping[str, Mapping[str, Any]]) -> dict[str, Area | None]:
    """The quarter of everybody of these states; None where it is not known."""
    known, unseal = areas(), Unsealer()
    unseal.preload(states, _FIELDS)

    def opened(person: str, name: str) -> str | None:
        number = states[person].get(name)
        return None if number is None else unseal(person, number)

    return {p: known.of(opened(p, "address"), opened(p, "postcode")) for p in states}
