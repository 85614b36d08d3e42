"""Values of people in the tables of this app: closed and opened like those of the books."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from meibo.ledger.vault import Vault

_CELLS, _VALUE = "exchange:cells", "exchange:value"


class Sealer:
    """Closes and opens the cells and values of people; asks for their keys once."""

    def __init__(self, people: Iterable[str]) -> None:
        self._vault = Vault()
        self._vault.prepare(people)

    def close_row(self, person: str, cells: Sequence[str], plain: Mapping[str, str]) -> str:
        """One record: as it was written, and as it was meant."""
        text = json.dumps([list(cells), dict(plain)], ensure_ascii=False)
        return self._vault.seal(person, _CELLS, text)

    def open_row(self, person: str, sealed: str) -> tuple[list[str], dict[str, str]] | None:
        """The record; None where the person's key is gone."""
        text = self._vault.open(person, _CELLS, sealed)
        if text is None:
            return None
        cells, plain = json.loads(text)
        return cells, plain

    def close(self, person: str, value: str) -> str:
        """One value; an empty one needs no seal."""
        return self._vault.seal(person, _VALUE, value) if value else ""

    def open(self, person: str, sealed: str) -> str:
        """The value, empty where there is none any more."""
        return (self._vault.open(person, _VALUE, sealed) or "") if sealed and person else ""
