"""The route of a decision as the town proposes it: `town/approval.csv`, by post or by person."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from meibo.ledger import house, reader, roll, ties
from meibo.platform.accounts.models import Account
from meibo.platform.typed import code

_EVERY = "*"
_DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A turn of the route: who it is today. `account` is empty where nobody could be found."""

    account: str
    person: str
    post: str
    name: str


def proposed(kind: str, today: date) -> list[Proposed]:
    """Who decides on a plan of this kind, in turn. Rows of the very kind go before those for every
    kind; the rows of the demo ward speak of its own accounts alone."""
    rows = _rows()
    demo = Account.objects.filter(is_demo=True).exists()
    own = [row for row in rows if row["kind"] == _DEMO] if demo else []
    own = own or [row for row in rows if row["kind"] == kind]
    own = own or [row for row in rows if row["kind"] == _EVERY]
    return [_who(row, today) for row in sorted(own, key=lambda row: int(row["turn"]))]


def account_named(text: str) -> Account | None:
    """The account of a sign-in name or of a staff number."""
    text = text.strip()
    person = ties.person_numbered(code(text)) if text else None
    open_ones = Account.objects.filter(is_active=True)
    found = open_ones.filter(username=text).first() if text else None
    return found or (open_ones.filter(person=person).order_by("pk").first() if person else None)


def post_of(person: str | None, today: date) -> str:
    """The main post of somebody on a day, with its unit: why it is they who decide."""
    seats = house.posts_of([person], today) if person else []
    if not seats:
        return ""
    seat = seats[0]
    path = house.organisation(today).path(seat.unit)
    return " ".join([*path[-1:], house.codes().name("post", seat.post) or ""]).strip()


def name_of(person: str | None, today: date) -> str:
    """The name at work of somebody who is named on a plan with us; empty where there is none."""
    return (reader.name_today(person, today) or "") if person else ""


def _rows() -> list[Mapping[str, str]]:
    path = Path(settings.MEIBO_TOWN) / "approval.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _who(row: Mapping[str, str], today: date) -> Proposed:
    label = " ".join(part for part in (row["unit"], row["post"]) if part)
    if row["account"]:
        accounts = Account.objects.filter(username=row["account"], is_active=True)
        if row["kind"] == _DEMO:
            accounts = accounts.filter(is_demo=True)
    else:
        people = _sitting(row["unit"], row["post"], today)
        accounts = Account.objects.filter(person__in=people, is_active=True)
    found = accounts.order_by("pk").first()
    if found is None:
        return Proposed("", "", label or row["account"], "")
    post = label or post_of(found.person, today)
    name = name_of(found.person, today)
    return Proposed(found.username, found.person or "", post, name)


def _sitting(unit: str, post: str, today: date) -> list[str]:
    """Who holds a post in a unit today, both by name or by code; without a post, who leads it."""
    tree, codes = house.organisation(today), house.codes()
    units = [c for c, state in tree.states.items() if unit in {c, str(state["name"])}]
    return [
        seat.person
        for seat in house.seats(today, units)
        if (
            codes.leads(seat.post)
            if not post
            else post in {seat.post, codes.name("post", seat.post)}
        )
        and roll.in_service(seat.person, today)
    ]


def heads(today: date) -> list[tuple[str, str]]:
    """Who leads a unit today and has an account: sign-in name, and who that is."""
    codes = house.codes()
    leading = {s.person: s for s in house.seats(today) if codes.leads(s.post)}
    tree = house.organisation(today)
    rows = Account.objects.filter(person__in=leading, is_active=True).values_list(
        "username", "person"
    )
    order = {str(p): tree.order.get(leading[str(p)].unit, 0) for _, p in rows}
    return [
        (str(name), f"{name_of(person, today)} {post_of(person, today)}")
        for name, person in sorted(rows, key=lambda row: order[str(row[1])])
    ]
