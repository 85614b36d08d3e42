"""Plans as a whole: begun, copied, taken over, described, thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from meibo.ledger import drawer
from meibo.ledger.drawer import EDIT, DrawerError
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


def noted(number: int, what: str, *, actor: Actor, now: datetime, **more: object) -> None:
    """Write down that something is done with a plan."""
    note(Entry(Act.PLAN, {"plan": number, "what": what, **more}), actor=actor, now=now)


def begin(title: str, day: date | None, like: int, *, actor: Actor, now: datetime) -> int:
    """A new plan, empty or like another one that the actor is named on. Returns its number."""
    if like:
        drawer.plan(like, actor.name)
        number = drawer.copy(like, title, account=actor.name, now=now)
        card = drawer.plan(number, actor.name)
        drawer.describe(
            number,
            title=title,
            day=day,
            note=card.note,
            version=card.version,
            account=actor.name,
            now=now,
        )
    else:
        number = drawer.begin(title, account=actor.name, now=now, day=day)
    noted(number, "begin", actor=actor, now=now)
    return number


def claim(number: int, *, actor: Actor, now: datetime) -> None:
    """Take over a plan that nobody is named on."""
    if number not in {plan.id for plan in drawer.unclaimed()}:
        raise DrawerError("この異動案は、もう引き取られています。")
    noted(number, "claim", actor=actor, now=now)
    drawer.name(number, actor.name, EDIT, by=actor.name)


def describe(number: int, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Another title, day or note. Raises StaleError when the plan has changed meanwhile."""
    noted(number, "describe", actor=actor, now=now)
    drawer.describe(
        number,
        title=values["title"],
        day=values["day"],
        note=values["note"],
        version=values["version"],
        account=actor.name,
        now=now,
    )


def name(number: int, account: str, role: str, *, actor: Actor, now: datetime) -> None:
    """Let an account open a plan. Raises DrawerError where there is no such account."""
    if not Account.objects.filter(username=account).exists():
        raise DrawerError("このサインイン名のアカウントはありません。")
    noted(number, "named", actor=actor, now=now, role=role)
    drawer.name(number, account, role, by=actor.name)


def unname(number: int, account: str, *, actor: Actor, now: datetime) -> None:
    """Let an account open a plan no more."""
    noted(number, "unnamed", actor=actor, now=now)
    drawer.unname(number, account, by=actor.name)


def discard(number: int, *, actor: Actor, now: datetime) -> None:
    """Throw a plan away."""
    drawer.plan(number, actor.name)
    noted(number, "discard", actor=actor, now=now)
    drawer.discard(number, account=actor.name)
