"""Starting a check: who is asked is worked out from the roster of this moment and written down with
the messages that go to them, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.safety.actions.expecting import expect
from meibo.apps.safety.actions.queueing import Asked, Read, queue
from meibo.apps.safety.models import Called, CallRound, Check, Message
from meibo.apps.safety.queries.fallen import stopped
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.ledger import bulk
from meibo.ledger.reader.people import States, states_on
from meibo.ledger.vault import Vault
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.emergency.models import Kind
from meibo.platform.emergency.queries import open_event

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = 7
"""So long are its links good."""
REOPENS = timedelta(days=1)
"""So long after it was ended it can be taken up again."""


class CheckError(ValueError):
    """It can't be done; the message says why, and what to do."""


class StartedError(Exception):
    """This very start was made already; `check` is what it began."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        self.check = check


@dataclass(frozen=True, slots=True)
class Next:
    """Who is called where those before do not suffice."""

    label: str
    target: Target


@dataclass(frozen=True, slots=True)
class Rounds:
    """One group after the other: the next where fewer than `need` said within `minutes` that they
    come."""

    need: int = 0
    minutes: int = 0
    then: tuple[Next, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be asked of whom. `once`: a word by which this very start is known, so that what
    is sent twice starts once."""

    kind: Kind
    title: str
    message: str
    target: Target = field(default_factory=Target)
    rounds: Rounds = field(default_factory=Rounds)
    once: str = ""


@transaction.atomic
def start(wanted: Wanted, *, actor: Actor, now: datetime) -> Check:
    """Ask now. Raises CheckError where nobody would be asked, and StartedError where this very
    start has been made already."""
    if wanted.once and (made := Check.objects.filter(once=wanted.once).first()):
        raise StartedError(made)
    today = now.astimezone(TOKYO).date()
    states = states_on(today, ids=wanted.target.people or None)
    people = targeted(wanted.target, today, states)
    if not people:
        raise CheckError("この宛先には、いま在籍する職員がいません。宛先を選び直してください。")
    detail = {"what": "check", "kind": wanted.kind.value, "people": len(people)}
    note(Entry(Act.EMERGENCY, detail, (), wanted.title), actor=actor, now=now)
    check = Check.objects.create(
        kind=wanted.kind,
        event=open_event(now),
        title=wanted.title,
        message=wanted.message,
        target=wanted.target.kept(),
        started_at=now,
        started_by=actor.name,
        until=now + timedelta(days=DAYS),
        once=wanted.once or None,
    )
    call(check, people, states=states, now=now)
    _plan(check, wanted.rounds, now)
    return check


def _plan(check: Check, rounds: Rounds, now: datetime) -> None:
    """Write down who comes next; `escalating.escalate` calls them when their time has come."""
    CallRound.objects.bulk_create(
        CallRound(
            check_asked=check,
            number=number,
            label=each.label,
            target=each.target.kept(),
            need=rounds.need,
            due_at=now + number * timedelta(minutes=rounds.minutes),
        )
        for number, each in enumerate(rounds.then, 1)
    )


def call(
    check: Check,
    people: Mapping[str, str],
    *,
    group: int = 0,
    states: States | None = None,
    now: datetime,
) -> int:
    """Ask these people (id → unit) besides who is asked already; returns how many that were.
    `states`: of this day, where they were read already."""
    known = set(Called.objects.filter(check_asked=check).values_list("person", flat=True))
    fresh = {person: unit for person, unit in people.items() if person not in known}
    rows: list[tuple[Any, ...]] = [
        (check.pk, person, unit, group, "", "") for person, unit in fresh.items()
    ]
    fields = ("check_asked_id", "person", "unit", "group", "status", "comes")
    bulk.insert(Called, fields, rows)
    asked = Called.objects.filter(check_asked=check, group=group).values_list("person", "pk")
    called = [Asked(person, number) for person, number in asked if person in fresh]
    if states is None:
        states = states_on(now.astimezone(TOKYO).date(), ids=fresh)
    read = Read(states, Vault())
    queue(check, called, read=read, now=now)
    expect(called, read=read, now=now)
    return len(fresh)


@transaction.atomic
def close(check: Check, *, actor: Actor, now: datetime) -> bool:
    """Nobody is asked any more; late answers are still taken until the links end. False where it
    was ended already."""
    if not Check.objects.select_for_update().filter(pk=check.pk, closed_at=None).exists():
        return False
    detail = {"what": "check-close", "check": check.pk}
    note(Entry(Act.EMERGENCY, detail, (), check.title), actor=actor, now=now)
    rows = Check.objects.filter(pk=check.pk, closed_at=None)
    return bool(rows.update(closed_at=now, closed_by=actor.name))


def reopens_until(check: Check) -> datetime | None:
    """Until when an ended check can be taken up again; None for one that runs."""
    if check.closed_at is None:
        return None
    return min(check.closed_at + REOPENS, check.until)


@transaction.atomic
def reopen(check: Check, *, actor: Actor, now: datetime) -> bool:
    """Take up again what was ended by mistake: who has not answered is asked on, and what waited to
    be sent to them waits again. False where it runs, or was ended too long ago."""
    held = Check.objects.select_for_update().get(pk=check.pk)
    until = reopens_until(held)
    if until is None or now >= until:
        return False
    detail = {"what": "check-reopen", "check": check.pk}
    note(Entry(Act.EMERGENCY, detail, (), check.title), actor=actor, now=now)
    held.closed_at, held.closed_by = None, ""
    held.save(update_fields=["closed_at", "closed_by"])
    if stopped(held):  # its telegram was taken back: who still asks does so by hand
        return True
    unsent = Message.objects.filter(
        called__check_asked=held, called__answered_at=None, bulletin=None
    )
    unsent.filter(state=Message.DROPPED).update(state=Message.QUEUED, due_at=now)
    return True
