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

    def ties(self, person: str, *days: date) -> frozenset[str]:
        """The ties towards a person that may look at all of these days."""
        held = self.viewer.toward(person)
        for day in days:
            held = self.table.reaching(held, day, self.viewer.today)
        return held

    def seen(self, person: str, ties: frozenset[str]) -> frozenset[str]:
        """The fields of a person that these ties, held towards them, let this viewer see."""
        return self.kept(person, ties, self.open(ties))

    def open(self, ties: frozenset[str]) -> frozenset[str]:
        """What these ties let this viewer see of somebody who is not protected, of what is asked
        for."""
        seen = self.table.seen(ties, event=self.viewer.event)
        return seen if self.only is None else seen & self.only

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
