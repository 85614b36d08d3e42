"""What one viewer may see of whom: the table of their today and the protections of their today,
read once and asked for many people."""

from __future__ import annotations

from datetime import date

from meibo.domain.disclosure import Viewer, protected
from meibo.ledger import house, policy


class Sight:
    """The one place where table, ties, horizon and protection come together. `only`: the fields
    that are asked for; without it all."""

    def __init__(self, viewer: Viewer, only: frozenset[str] | None = None) -> None:
        self.viewer = viewer
        self.only = None if only is None else only | {"exists"}
        self.table = policy.table(viewer.today)
        self.protections = house.protections(viewer.today)
        # Most people are looked at with the same ties: what the table says of these is worked out
        # once, for as long as this one look lasts.
        self._reaching: dict[tuple[frozenset[str], date], frozenset[str]] = {}
        self._open: dict[frozenset[str], frozenset[str]] = {}

    def ties(self, person: str, *days: date) -> frozenset[str]:
        """The ties towards a person that may look at all of these days."""
        held = self.viewer.toward(person)
        for day in days:
            key = held, day
            if key not in self._reaching:
                self._reaching[key] = self.table.reaching(held, day, self.viewer.today)
            held = self._reaching[key]
        return held

    def seen(self, person: str, ties: frozenset[str]) -> frozenset[str]:
        """The fields of a person that these ties, held towards them, let this viewer see."""
        return self.kept(person, ties, self.open(ties))

    def open(self, ties: frozenset[str]) -> frozenset[str]:
        """What these ties let this viewer see of somebody who is not protected, of what is asked
        for."""
        if ties not in self._open:
            seen = self.table.seen(ties, event=self.viewer.event)
            self._open[ties] = seen if self.only is None else seen & self.only
        return self._open[ties]

    def kept(self, person: str, ties: frozenset[str], fields: frozenset[str]) -> frozenset[str]:
        """What the person's protection leaves of fields."""
        return protected(fields, self.protections.get(person), ties)

    def hidden(self, on: date) -> frozenset[str]:
        """Protected people of whom this viewer, who sees others, may not know on a day."""
        return frozenset(
            person
            for person in self.protections
            if "exists" in self.table.seen(ties := self.ties(person, on))
            and "exists" not in self.seen(person, ties)
        )
