"""Opening sealed values for those cards that may show them, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection

from meibo.domain.free_fields import is_free
from meibo.ledger import joins
from meibo.ledger.bulk import among
from meibo.ledger.vault import Vault

SEALED = frozenset(
    {"birth_date", "sex", "postcode", "address", "contacts", "emergency", "note"}
    | {"commuting", "family", "licence", "protected_why"}
)
"""Fields that the drawn tables hold only by the number of their filing."""
_FILED = "SELECT no, subject, field, value FROM ledger_filingline WHERE no"


def is_sealed(name: str) -> bool:
    """Whether the drawn tables hold a field by the number of its filing alone. Of fields that a
    town adds every one is: whoever may see it today, a later version may say otherwise."""
    return name in SEALED or is_free(name)


class Unsealer:
    """Fetches and decrypts filings by number; `preload` does it for a whole page at once. `vault`:
    one that is open already."""

    def __init__(self, known: datetime | None = None, vault: Vault | None = None) -> None:
        self._known = known
        self._vault = vault or Vault()
        self._rows: dict[int, tuple[str, str, str | None]] = {}

    def preload(self, states: Mapping[str, Mapping[str, Any]], fields: Iterable[str]) -> None:
        """Fetch what these people's states refer to in these fields."""
        names = list(fields)
        numbers: list[int] = []
        people = []
        for person, state in states.items():
            own = [state[name] for name in names if state.get(name) is not None]
            if own:
                people.append(person)
                numbers += own
        self._vault.prepare(people)
        self._fetch(numbers)

    def __call__(self, person: str, number: int) -> str | None:
        """The value of the filing, or None when it is not this person's or was shredded."""
        if number not in self._rows:
            self._fetch([number])
        subject, field, value = self._rows.get(number, ("", "", None))
        if value is None or (subject != person and self._joined.lead(subject) != person):
            return None
        return self._vault.open(subject, field, value)

    @cached_property
    def _joined(self) -> joins.Groups:
        """Asked only where a value was filed for another id than the one it is shown of."""
        return joins.groups(self._known)

    def _fetch(self, numbers: list[int]) -> None:
        if not numbers:
            return
        with connection.cursor() as cursor:
            cursor.execute(*among(_FILED, numbers))
            for no, subject, field, value in cursor.fetchall():
                self._rows[no] = (subject, field, value)
