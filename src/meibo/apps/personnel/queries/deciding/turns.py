"""Who decides in which turn, and how they decided, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.models import Turn
from meibo.apps.personnel.queries.deciding.route import name_of
from meibo.ledger import drawer
from meibo.platform.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Told:
    """One turn: who, as what, and what they did. `deputy`: who decided instead (代決)."""

    turn: Turn
    name: str
    deputy: str


def told(turns: Iterable[Turn], today: date) -> list[Told]:
    """Turns with names; an account without a person is called by its sign-in name."""
    return [
        Told(
            turn,
            called(turn.account, turn.person, today),
            called(turn.taken_by, turn.taker, today) if turn.by_deputy else "",
        )
        for turn in turns
    ]


def called(account: str, person: str, today: date) -> str:
    """The name of an account's person at work, else the sign-in name."""
    return name_of(person or None, today) or account


@dataclass(frozen=True, slots=True)
class Named:
    """Who may open a plan, and what they may do with it."""

    account: str
    name: str
    role: str


def named(number: int, today: date) -> list[Named]:
    """Everybody who is named on a plan, by name."""
    roles = drawer.named(number)
    people = dict(Account.objects.filter(username__in=roles).values_list("username", "person"))
    return [
        Named(account, name_of(people.get(account), today), role) for account, role in roles.items()
    ]
