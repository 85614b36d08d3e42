"""People on a day, as cards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from meibo.domain import names
from meibo.domain.book import SeatKind
from meibo.domain.disclosure import Viewer
from meibo.domain.free_fields import is_free
from meibo.ledger import draw, house
from meibo.ledger.card import Card
from meibo.ledger.cards import SEAT_LABELS, Dealer
from meibo.ledger.models import Seat, Stretch
from meibo.ledger.sealed import SEALED, Unsealer
from meibo.ledger.sight import Sight
from meibo.ledger.witness import witness

_CHUNK = 900
_LAST = 10**9
_KIND_ORDER = [SeatKind.MAIN, SeatKind.ACTING, SeatKind.CONCURRENT, SeatKind.CROSS]
States = dict[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who holds a post in a unit: by main post, or besides another one."""

    card: Card
    post: str | None
    kind: str
    kind_label: str


def states_on(
    on: date, *, ids: Iterable[str] | None = None, known: datetime | None = None
) -> States:
    """The state of everyone in service on a day (or of these people), as known at a moment."""
    wanted = None if ids is None else list(dict.fromkeys(ids))
    if known is not None:
        return _folded(on, wanted, known)
    rows = Stretch.objects.filter(starts__lte=on, ends__gt=on)
    if wanted is None:
        return _parsed(rows)
    found: States = {}
    for i in range(0, len(wanted), _CHUNK):
        chunk = rows.filter(person__in=wanted[i : i + _CHUNK])
        found |= _parsed(chunk)
    return {p: found[p] for p in wanted if p in found}


def _parsed(rows: QuerySet[Stretch]) -> States:
    """Person → state. All states are parsed in one go, which takes half the time."""
    found = list(rows.values_list("person", "state"))
    states = json.loads("[" + ",".join(state for _, state in found) + "]")
    return dict(zip((person for person, _ in found), states, strict=True))


def _folded(on: date, wanted: list[str] | None, known: datetime) -> States:
    """What was believed at a moment: the same fold over the lines recorded by then."""
    people = sorted(draw.everyone(known)) if wanted is None else wanted
    found: States = {}
    for i in range(0, len(people), 500):
        for drawing in draw.drawings(people[i : i + 500], known):
            piece = next((p for p in drawing.pieces if p.starts <= on < p.ends), None)
            if piece is not None:
                found[drawing.person] = piece.state
    return found


def deal(
    viewer: Viewer,
    states: States,
    on: date,
    known: datetime | None = None,
    *,
    only: frozenset[str] | None = None,
) -> list[Card]:
    """Cards of these states, in their order, without those the viewer may not see at all. `only`:
    the fields that are wanted, so that nothing else is opened."""
    sight = Sight(viewer, only)
    unseal = Unsealer(known)
    dealer = Dealer(sight, house.organisation(on, known), house.codes(), unseal)
    ties = {p: sight.ties(p, on) for p in states}
    for own in set(ties.values()):
        fields = _sealed(sight.open(own))
        if fields:
            unseal.preload({p: states[p] for p in states if ties[p] == own}, fields)
    found = [dealer.card(p, state, ties[p]) for p, state in states.items()]
    return [c for c in found if c is not None]


def _sealed(seen: frozenset[str]) -> list[str]:
    """Which sealed values a card with these fields will open."""
    known = [f for f in SEALED if f in seen or (f == "postcode" and "address" in seen)]
    return known + [f for f in seen if is_free(f)]


def card(viewer: Viewer, person_id: str, *, on: date, known: datetime | None = None) -> Card | None:
    """One person on a day; None when not in service then or not to be seen by this viewer."""
    found = deal(viewer, states_on(on, ids=[person_id], known=known), on, known)
    return found[0] if found else None


def cards(
    viewer: Viewer,
    *,
    on: date,
    unit: str | None = None,
    ids: Iterable[str] | None = None,
    known: datetime | None = None,
    only: frozenset[str] | None = None,
) -> list[Card]:
    """Everyone in service on a day, once each, by organisation, rank and reading, each as far as
    the viewer sees it.

    `unit`: only those whose main post is seen to lie in this unit or below it. `only`: with these
    fields alone, which is quicker.
    """
    tree = house.organisation(on, known)
    states = states_on(on, ids=ids, known=known)
    if unit is not None:
        inside = set(tree.below(unit))
        states = {p: s for p, s in states.items() if s.get("unit") in inside}
    codes = house.codes()
    found = deal(viewer, states, on, known, only=only)
    if unit is not None:
        found = [card for card in found if "unit_code" in card]

    def place(card: Card) -> tuple[int, int, str, str]:
        order = tree.order.get(card.get("unit_code") or "", _LAST)
        kana = states[card.id].get("kana") if "kana" in card else None
        return order, codes.rank(card.get("post_code")), names.collation_key(kana or ""), card.id

    return sorted(found, key=place)


def members(viewer: Viewer, unit_code: str, *, on: date) -> list[Member]:
    """Everyone who is seen to have a post in just this unit, main posts first, by rank and
    reading."""
    seats: dict[str, Seat] = {}
    for seat in house.seats(on, [unit_code]):
        held = seats.get(seat.person)
        if held is None or _kind_rank(seat) < _kind_rank(held):
            seats[seat.person] = seat
    codes = house.codes()
    found = deal(viewer, states_on(on, ids=seats), on)
    result = [
        Member(c, codes.name("post", post_shown(c, seat)), seat.kind, SEAT_LABELS[seat.kind])
        for c in found
        if ("unit_code" if _is_main(seat := seats[c.id]) else "concurrent") in c
    ]
    return sorted(result, key=lambda m: _member_order(m, seats[m.card.id], codes))


def _is_main(seat: Seat) -> bool:
    return seat.kind == SeatKind.MAIN.value


def post_shown(card: Card, seat: Seat) -> str | None:
    """The code of the post that somebody holds in a seat, where their card tells of both."""
    telling = {"unit_code", "post"} if _is_main(seat) else {"concurrent"}
    return seat.post if telling <= card.keys() else None


def _member_order(member: Member, seat: Seat, codes: house.Codes) -> tuple[int, int, str]:
    kana = names.collation_key(member.card.get("kana") or "")
    return codes.rank(post_shown(member.card, seat)), _kind_rank(seat), kana


def _kind_rank(seat: Seat) -> int:
    return _KIND_ORDER.index(SeatKind(seat.kind))


def day_in_service(viewer: Viewer, person_id: str, *, on: date) -> date | None:
    """Of somebody who is not in service on a day: the last day of service before it, else the
    first one after it. Such a day is what an order says, so it is told where the viewer may see
    this person's orders of that day, and nowhere else."""
    pieces = Stretch.objects.filter(person=person_id)
    before = pieces.filter(ends__lte=on).order_by("-ends").values_list("ends", flat=True)[:1]
    after = pieces.filter(starts__gt=on).order_by("starts").values_list("starts", flat=True)[:1]
    days = [ends - timedelta(days=1) for ends in before] + list(after)
    sight, watcher = Sight(viewer), witness()
    for day in days:
        if {"exists", "orders"} <= sight.seen(person_id, sight.ties(person_id, day)):
            if watcher and person_id != viewer.person and "orders" in sight.table.sensitive:
                watcher.saw(person_id, "orders")
            return day
    return None


def name_today(person: str, on: date) -> str | None:
    """The name a person goes by at work on a day: for one's own greeting, not for lists."""
    state = states_on(on, ids=[person]).get(person)
    return state.get("name") if state else None


def last_name(person: str) -> str | None:
    """The name of somebody who is in service no more, as it was last: for personnel, who mend the
    orders of those as well."""
    rows = Stretch.objects.filter(person=person).order_by("-starts").values_list("state", flat=True)
    state = rows.first()
    return json.loads(state).get("name") if state else None
