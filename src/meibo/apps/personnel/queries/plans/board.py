"""組織: two columns of units, or the whole chart, with the people whom the plan would put there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from meibo.apps.personnel.queries.checking.town import called
from meibo.apps.personnel.queries.plans.lookups import Desk
from meibo.domain import names
from meibo.domain.checking import is_one_year, places_of

_DAY = timedelta(days=1)
LEFT = "left-behind"
"""Stands among the sections for all the units that end and still hold people."""
_KIND = {"main": "別の任用", "concurrent": "兼務", "cross": "併任", "acting": "事務取扱"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a unit. `moves`: the plan puts them there; `kind`: of a post held besides;
    `counts`: holds one of the unit's places (定数), as who is there besides or for a year does
    not."""

    person: str
    name: str
    post: str
    code: str
    kind: str
    moves: bool
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """A unit with its people and the posts of head that nobody would hold. `places`: its 定数, 0
    where none is filed; `gone`: it ends on the plan's day, and these are left without a place."""

    code: str
    name: str
    path: str
    seats: tuple[Seat, ...]
    vacant: tuple[tuple[str, str], ...]
    places: int
    gone: bool = False

    @property
    def strength(self) -> int:
        """How many of the places are taken."""
        return sum(seat.counts for seat in self.seats)

    @property
    def besides(self) -> int:
        """How many are there without taking one."""
        return len(self.seats) - self.strength


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit on the whole chart with all that is below it. `people` and `moving`: how many there
    are in all of it, and how many of them the plan moves; `open`: whether it begins unfolded."""

    card: Card
    below: tuple[Branch, ...]
    people: int
    moving: int
    open: bool


def whole(desk: Desk, opened: Collection[str] = ()) -> tuple[Branch, ...]:
    """Every unit as the plan would have it on its day, from the top down; `opened`: codes of the
    units that begin unfolded, with those above them."""
    tree = desk.tree
    units = set(tree.codes)
    seats, led = _seats(desk, units), _led_before(desk, units)
    unfolded = {above for code in opened for above in tree.codes.get(code, ())}

    def branch(unit: str) -> Branch:
        below = tuple(map(branch, tree.children(unit)))
        own = seats.get(unit, [])
        return Branch(
            _card(desk, unit, own, led.get(unit, ())),
            below,
            len(own) + sum(each.people for each in below),
            sum(seat.moves for seat in own) + sum(each.moving for each in below),
            unit in unfolded,
        )

    ending = [Branch(card, (), len(card.seats), 0, True) for card in left_behind(desk)]
    return (*ending, *map(branch, tree.children(None)))


def left_behind(desk: Desk) -> list[Card]:
    """The units that are there no more on the plan's day and of which somebody would still hold a
    post then: nobody says where they go."""
    before = desk.tree_before
    gone = set(before.states) - set(desk.tree.states)
    seats = _seats(desk, gone) if gone else {}
    return [
        Card(
            unit,
            f"（廃止）{before.paths[unit][-1]}：行き先のない人",
            " ".join(before.paths[unit][:-1]),
            tuple(replace(seat, moves=False) for seat in seats[unit]),
            (),
            0,
            gone=True,
        )
        for unit in sorted(seats, key=before.order.__getitem__)
    ]


def sections(desk: Desk) -> list[tuple[str, str]]:
    """The units that a column can show, with everything below: those on the second floor, and top
    ones without any; before them, all those that end and still hold people."""
    tree = desk.tree
    ending = left_behind(desk)
    found = [(LEFT, f"廃止される組織：行き先のない人（{len(ending)}組織）")] if ending else []
    for code in sorted(tree.codes, key=tree.order.__getitem__):
        depth = len(tree.codes[code])
        if depth == 2 or (depth == 1 and not tree.children(code)):
            found.append((code, " ".join(tree.paths[code])))
    return found


def column(desk: Desk, section: str, beside: str = "") -> list[Card]:
    """A section and the units below it, as the plan would have them on its day; before them those
    that have been below it and end, with who is left there, unless they stand in the column
    beside."""
    ending = [] if LEFT == beside != section else left_behind(desk)
    if section == LEFT:
        return ending
    if section not in desk.tree.states:
        return []
    units = desk.tree.below(section)
    seats = _seats(desk, set(units))
    led = _led_before(desk, set(units))
    own = [card for card in ending if section in desk.tree_before.codes[card.code]]
    return own + [_card(desk, unit, seats.get(unit, []), led.get(unit, ())) for unit in units]


def _card(desk: Desk, unit: str, seats: list[Seat], led: tuple[str, ...]) -> Card:
    heads = {code for code, post in desk.posts.items() if post.head}
    vacant = () if any(seat.code in heads for seat in seats) else led
    state = desk.tree.states[unit]
    return Card(
        unit,
        str(state["name"]),
        " ".join(desk.tree.paths[unit][:-1]),
        tuple(seats),
        tuple((code, desk.post_text(code)) for code in vacant),
        sum(places_of(state.get("establishment")).values()),
    )


def _seats(desk: Desk, units: set[str]) -> dict[str, list[Seat]]:
    found: dict[str, list[tuple[int, str, Seat]]] = defaultdict(list)
    ranks = {code: n for n, code in enumerate(desk.posts)}
    planned = set(desk.preview.people)
    employments = called("employment")
    for person, state in desk.preview.everyone(desk.day).items():
        for unit, post, kind in _held(state):
            if unit in units:
                name = str(state.get("name") or "").replace("\u3000", " ")
                told = _KIND.get(kind, "")
                counts = not told and not is_one_year(employments, state)
                moves = person in planned
                seat = Seat(person, name, desk.post_text(post), post, told, moves, counts)
                kana = names.collation_key(str(state.get("kana") or ""))
                found[unit].append((ranks.get(post, len(ranks)), kana, seat))
    return {unit: [s for *_, s in sorted(own, key=lambda e: e[:2])] for unit, own in found.items()}


def _held(state: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    own = [(str(state.get("unit") or ""), str(state.get("post") or ""), "")]
    more = state.get("further", ())
    return own + [(str(s["unit"]), str(s["post"] or ""), str(s["kind"])) for s in more]


def _led_before(desk: Desk, units: set[str]) -> dict[str, tuple[str, ...]]:
    """The posts of head that a unit has had on the day before."""
    heads = {code for code, post in desk.posts.items() if post.head}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for state in desk.preview.house(desk.day - _DAY).values():
        for unit, post, _ in _held(state):
            if unit in units and post in heads:
                found[unit][post] = None
    return {unit: tuple(own) for unit, own in found.items()}
