"""The list: who passes the filters, in which columns and order. Everything is decided on cards, so
that nothing unseen can be filtered by, sorted by or counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from meibo.apps.directory.queries.fields import BY_KEY, Field, catalogue, seen
from meibo.domain.disclosure import Viewer
from meibo.domain.free_fields import is_free
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
    columns = columns_of(parameters)
    sort = parameters.get("sort", "")
    return Wish(
        unit=parameters.get("unit", ""),
        kind=parameters.get("kind", "") if parameters.get("kind") in KINDS else "",
        away=parameters.get("away") == "1",
        chosen={key: parameters.get(key, "") for key in CHOICES},
        columns=columns or FIRST_COLUMNS,
        sort=sort if _is_field(sort.removeprefix("-")) else "",
    )


def columns_of(parameters: QueryDict) -> tuple[str, ...]:
    """The columns asked for."""
    return tuple(key for key in parameters.getlist("col") if _is_field(key))


def _is_field(key: str) -> bool:
    return key in BY_KEY or is_free(key)


KINDS: Mapping[str, str] = {"with": "兼務などのある人", "without": "本務だけの人"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter by value: its field and the values to choose from."""

    field: Field
    values: list[str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as a page and an export show it. `refused`: fields by which this viewer may not
    filter and was not filtered; `told`: the filters in force, in words."""

    wish: Wish
    cards: list[reader.Card]
    columns: tuple[Field, ...]
    offered: tuple[Field, ...]
    choices: list[Choice]
    knows_away: bool
    refused: list[Field]
    told: list[str]


def listing(viewer: Viewer, wish: Wish, on: date, *, strict: bool = False) -> Listing:
    """Everyone who passes, in order; by organisation, post and reading unless sorted.
    `strict`: nobody but the viewer passes a filter that the viewer may not use on others, instead
    of everybody."""
    cards = reader.cards(viewer, on=on, unit=wish.unit or None)
    # What one holds of oneself alone is no column of a list of others.
    others = [card for card in cards if card.id != viewer.person]
    fields = catalogue(viewer.today)
    offered = tuple(f for f in seen(others, fields) if f.key not in NOT_LISTED)
    held = {field.key for field in offered}
    columns = tuple(
        f for f in fields.values() if f.key in wish.columns and (f.key in held or not others)
    )
    choices = [_choice(cards, key, wish.chosen[key]) for key in CHOICES if key in held]
    tests, refused = _tests(wish, {key for card in others for key in card}, strict=strict)
    refused = refused if others else []
    passing = [card for card in cards if all(test(card) for test in tests)]
    ordered = _sorted(passing, wish.sort if wish.sort.removeprefix("-") in held else "", fields)
    told = _told(wish, refused, _unit_name(viewer, wish.unit, on))
    return Listing(wish, ordered, columns, offered, choices, "away" in held, refused, told)


def _unit_name(viewer: Viewer, code: str, on: date) -> str:
    unit = reader.unit(viewer, code, on=on) if code else None
    return " ".join(unit["path"]) if unit else code


def _told(wish: Wish, refused: list[Field], unit: str) -> list[str]:
    """The filters in force, in words, for the heading on paper."""
    out = {field.key for field in refused}
    words = [
        f"{BY_KEY[key].label}：{value}"
        for key, value in wish.chosen.items()
        if key not in out and value
    ]
    kind = KINDS.get(wish.kind, "") if "concurrent" not in out else ""
    away = "不在の人だけ" if wish.away and "away" not in out else ""
    return [each for each in (unit, *words, kind, away) if each]


def _choice(cards: Iterable[Card], key: str, chosen: str) -> Choice:
    values = {str(card[key]): None for card in cards if card.get(key)}
    ordered = list(values) if key == "post" else sorted(values)
    return Choice(BY_KEY[key], ordered, chosen)


def _tests(
    wish: Wish, known: set[str], *, strict: bool
) -> tuple[list[Callable[[Card], bool]], list[Field]]:
    """What a card must pass, and the fields that were asked for and are on no card: not
    to be filtered by, which is said, since nobody found would read like an answer."""
    wanted: list[tuple[str, Callable[[Card], bool]]] = [
        (key, lambda card, key=key, value=value: str(card.get(key) or "") == value)  # type: ignore[misc]  # mypy infers no lambda with defaults
        for key, value in wish.chosen.items()
        if value
    ]
    if wish.kind:
        with_others = wish.kind == "with"
        wanted.append(("concurrent", lambda card: bool(card.get("concurrent")) is with_others))
    if wish.away:
        wanted.append(("away", lambda card: bool(card.get("away"))))
    tests = [test for key, test in wanted if strict or key in known]
    return tests, [BY_KEY[key] for key, _ in wanted if key not in known]


def _sorted(cards: list[reader.Card], sort: str, fields: Mapping[str, Field]) -> list[reader.Card]:
    """By one column; who has nothing in it comes last, whichever way the order runs. Name goes by
    reading; 所属 and 職 are in their own order already, which `cards` comes in."""
    key = sort.removeprefix("-")
    if not key:
        return cards
    field = fields[key]
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


def rows(cards: Iterable[Card], columns: Sequence[Field]) -> list[list[str]]:
    """The cells of a list in words, a line a person: what a page shows and what is exported."""
    return [[column.text(card) for column in columns] for card in cards]
