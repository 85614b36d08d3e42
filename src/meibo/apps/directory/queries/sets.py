"""Found sets as they are shown: cards of those people whom the viewer may see on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from meibo.apps.directory.models import FoundSet
from meibo.apps.directory.queries.fields import Field, catalogue, seen
from meibo.apps.directory.queries.listing import FIRST_COLUMNS, NOT_LISTED
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.found import Found

#: More than these beside one another can't be compared by eye.
MOST_COMPARED = 4
#: So many sets are offered on a person's page.
MOST_OFFERED = 5
_NOTHING = frozenset[str]()


def sets(owner: str, today: date) -> QuerySet[FoundSet]:
    """One's own sets, the one worked with last first."""
    return FoundSet.objects.filter(owner=owner, dropped=None, ends__gte=today)


def set_of(owner: str, number: int, today: date) -> FoundSet | None:
    """One's own set of this number; nobody else's is there."""
    return sets(owner, today).filter(pk=number).first()


@dataclass(frozen=True, slots=True)
class Members:
    """A set laid out. `lost`: how many of its people are not in service on the day, or not to be
    seen."""

    cards: list[reader.Card]
    columns: tuple[Field, ...]
    offered: tuple[Field, ...]
    lost: int


def members(viewer: Viewer, people: Sequence[str], on: date, wished: Sequence[str]) -> Members:
    """The cards of these people in the order of the set, in the columns asked for."""
    found = {card.id: card for card in reader.cards(viewer, on=on, ids=people)}
    cards = [found[person] for person in people if person in found]
    fields = catalogue(viewer.today)
    others = [card for card in cards if card.id != viewer.person] or cards
    offered = tuple(f for f in seen(others, fields) if f.key not in NOT_LISTED)
    keys = set(wished or FIRST_COLUMNS)
    columns = tuple(field for field in offered if field.key in keys)
    return Members(cards, columns, offered, len(people) - len(cards))


@dataclass(frozen=True, slots=True)
class Walk:
    """Going through a set one by one: who is before and after, and where one is."""

    found: FoundSet
    place: int
    count: int
    before: str
    after: str

    @property
    def number(self) -> str:
        return str(self.found.pk)


@dataclass(frozen=True, slots=True)
class Offered:
    """A set into which somebody may be put from their page."""

    found: FoundSet

    @property
    def address(self) -> str:
        """Where deeds with it are sent."""
        return reverse("directory:found_deed", args=[self.found.pk])


def offered(owner: str, person: str, today: date) -> list[Offered]:
    """The sets worked with last in which somebody is not yet."""
    latest = sets(owner, today)[:MOST_OFFERED]
    return [Offered(each) for each in latest if person not in each.people]


def walk(viewer: Viewer, found: FoundSet, person: str, on: date) -> Walk | None:
    """Where somebody stands among those of a set whom the viewer may see; None for who is not."""
    there = {c.id for c in reader.cards(viewer, on=on, ids=found.people, only=_NOTHING)}
    people = [each for each in found.people if each in there]
    if person not in people:
        return None
    place = people.index(person)
    before = people[place - 1] if place else ""
    after = people[place + 1] if place + 1 < len(people) else ""
    return Walk(found, place + 1, len(people), before, after)


@dataclass(frozen=True, slots=True)
class Beside:
    """One field of people who are compared; `same` where all have it alike."""

    label: str
    texts: tuple[str, ...]

    @property
    def same(self) -> bool:
        return len(set(self.texts)) == 1


def beside(
    viewer: Viewer, people: Sequence[str], on: date
) -> tuple[list[reader.Card], list[Beside]]:
    """Some people side by side: whatever field the viewer sees of one who is not they."""
    found = members(viewer, people[:MOST_COMPARED], on, ())
    rows = [Beside(f.label, tuple(f.text(card) for card in found.cards)) for f in found.offered]
    rows = [row for row in rows if any(row.texts)]
    return found.cards, rows


def found_of(owner: str, number: int, today: date) -> Found | None:
    """A set for other apps."""
    held = set_of(owner, number, today)
    return Found(held.pk, held.name, tuple(map(str, held.people))) if held else None
