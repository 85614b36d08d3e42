"""The list: who passes the filters, in which columns and order. Everything is decided on cards, so
that nothing unseen can be filtered by, sorted by or counted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from meibo.apps.directory.queries.fields import BY_KEY, FIELDS, Field, seen
from meibo.domain.disclosure import Viewer
from meibo.domain.names import collation_key
from meibo.ledger import reader

Card = Mapping[str, Any]
FIRST_COLUMNS = ("name", "kana", "post", "unit_path", "extension", "mail")
#: Filters by value; each offers the values that the viewer's own cards hold.
CHOICES = ("post", "job", "employment", "place")
#: Not for a column: they would take the width of all others.
NOT_LISTED = frozenset({"note"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for. `sort` is a key of a column, with a minus for descending."""

    unit: str
    kind: str
    away: bool
    chosen: Mapping[str, str]
    columns: tuple[str, ...]
    sort: str

    @property
    def active(self) -> bool:
        """At least one filter is set."""
        return bool(self.unit or self.chosen["post"] or self.further)

    @property
    def further(self) -> int:
        """How many of the filters that are folded away are set."""
        values = [value for key, value in self.chosen.items() if key != "post"]
        return sum(map(bool, [*values, self.kind, self.away]))


def wish_of(parameters: QueryDict) -> Wish:
    """Read the address; what it says wrongly counts as not said."""
    columns = tuple(key for key in parameters.getlist("col") if key in BY_KEY)
    sort = parameters.get("sort", "")
    return Wish(
        unit=parameters.get("unit", ""),
        kind=parameters.get("kind", "") if parameters.get("kind") in KINDS else "",
        away=parameters.get("away") == "1",
        chosen={key: parameters.get(key, "") for key in CHOICES},
        columns=columns or FIRST_COLUMNS,
        sort=sort if sort.removeprefix("-") in BY_KEY else "",
    )


KINDS: Mapping[str, str] = {"with": "兼務などのある人", "without": "本務だけの人"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter by value: its field and the values to choose from."""

    field: Field
    values: list[str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as a page and an export show it."""

    wish: Wish
    cards: list[reader.Card]
    columns: tuple[Field, ...]
    offered: tuple[Field, ...]
    choices: list[Choice]
    knows_away: bool


def listing(viewer: Viewer, wish: Wish, on: date) -> Listing:
    """Everyone who passes, in order; by organisation, post and reading unless sorted."""
    cards = reader.cards(viewer, on=on, unit=wish.unit or None)
    # What one holds of oneself alone is no column of a list of others.
    others = [card for card in cards if card.id != viewer.person]
    offered = tuple(f for f in seen(others) if f.key not in NOT_LISTED)
    held = {field.key for field in offered}
    columns = tuple(f for f in FIELDS if f.key in wish.columns and f.key in held)
    choices = [_choice(cards, key, wish.chosen[key]) for key in CHOICES if key in held]
    passing = [card for card in cards if all(test(card) for test in _tests(wish))]
    ordered = _sorted(passing, wish.sort if wish.sort.removeprefix("-") in held else "")
    return Listing(wish, ordered, columns, offered, choices, "away" in held)


def _choice(cards: Iterable[Card], key: str, chosen: str) -> Choice:
    values = {str(card[key]): None for card in cards if card.get(key)}
    ordered = list(values) if key == "post" else sorted(values)
    return Choice(BY_KEY[key], ordered, chosen)


def _tests(wish: Wish) -> list[Callable[[Card], bool]]:
    tests: list[Callable[[Card], bool]] = [
        lambda card, key=key, value=value: str(card.get(key) or "") == value  # type: ignore[misc]  # mypy infers no lambda with defaults
        for key, value in wish.chosen.items()
        if value
    ]
    if wish.kind:
        tests.append(lambda card: bool(card.get("concurrent")) is (wish.kind == "with"))
    if wish.away:
        tests.append(lambda card: bool(card.get("away")))
    return tests


def _sorted(cards: list[reader.Card], sort: str) -> list[reader.Card]:
    """By one column; who has nothing in it comes last, whichever way the order runs. Name goes by
    reading; 所属 and 職 are in their own order already, which `cards` comes in."""
    key = sort.removeprefix("-")
    if not key:
        return cards
    field = BY_KEY[key]
    filled = [card for card in cards if field.text(card)]
    empty = [card for card in cards if not field.text(card)]
    return sorted(filled, key=_order(field), reverse=sort.startswith("-")) + empty


def _order(field: Field) -> Callable[[Card], Any]:
    if field.key in {"name", "kana"}:
        return lambda card: collation_key(str(card.get("kana") or ""))
    if field.key == "post":
        return lambda card: (str(card.get("post_code") or "~"), field.text(card))
    if field.key == "unit_path":
        return lambda card: tuple(card.get("unit_codes") or ())
    if field.key in {"grade", "step"}:  # numbers, as a rule; 号給 may be text
        return lambda card: (len(str(card[field.key])), str(card[field.key]))
    return lambda card: str(card[field.key])


def rows(found: Listing) -> list[list[str]]:
    """The cells of the list in words, a line a person: what the page shows and what is exported."""
    return [[column.text(card) for column in found.columns] for card in found.cards]
