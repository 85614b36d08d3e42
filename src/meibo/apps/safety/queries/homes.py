"""Quarters of homes, for the forecast: read from what people filed, and given on as a quarter.

The reading is the house's own, not a look of somebody: no address leaves this module, and whoever
sees the forecast sees numbers of people by quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from meibo.domain.safety.homes import Area, Areas
from meibo.ledger.sealed import Unsealer
from meibo.ledger.vault import Vault
from meibo.platform import town

FILE = "areas.csv"


def areas() -> Areas:
    """The town's table of quarters."""
    return Areas(town.rows(FILE))


def homes(
    states: Mapping[str, Mapping[str, Any]], vault: Vault | None = None
) -> dict[str, Area | None]:
    """The quarter of everybody of these states; None where it is not known. `vault`: one that is
    open already."""
    known, unseal = areas(), Unsealer(vault=vault)

    def opened(people: Iterable[str], name: str) -> Iterator[tuple[str, str | None]]:
        own = {person: states[person] for person in people}
        unseal.preload(own, (name,))
        for person, state in own.items():
            number = state.get(name)
            yield person, None if number is None else unseal(person, number)

    found = {person: known.of(written, None) for person, written in opened(states, "address")}
    unknown = [person for person, area in found.items() if area is None]
    found |= {person: known.of(None, written) for person, written in opened(unknown, "postcode")}
    return found
