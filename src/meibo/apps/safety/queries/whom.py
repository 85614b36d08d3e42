"""Whom something would go to, for a last look: in words, how many, and how many by no route."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from meibo.apps.safety.queries.reached import in_reach
from meibo.apps.safety.queries.scopes import words
from meibo.apps.safety.queries.targets import Target, targeted


@dataclass(frozen=True, slots=True)
class Whom:
    """`unreached`: those without an address that may work, on a route that somebody carries. The
    words say what was chosen; a found set and who was named line by line have none of their own."""

    words: str
    people: int
    unreached: int

    @property
    def idle(self) -> bool:
        """Whether no route is set up at all, so that nothing will go out."""
        return not settings.MEIBO_REACHING.routes()


def whom(target: Target, on: date) -> Whom:
    """By the roster of the day."""
    people = targeted(target, on)
    return Whom(words(target, on), len(people), unreached(people, on))


def unreached(people: Collection[str], on: date) -> int:
    """How many of them no message would reach."""
    return len(people) - in_reach(people, on)
