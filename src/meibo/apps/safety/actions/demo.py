"""For the demo ward: a drill of last autumn that has ended, so that the board has something to
tell, and the curve of the next something to be laid beside."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions import organising
from meibo.apps.safety.actions.demo_said import speak
from meibo.apps.safety.actions.expecting import expect
from meibo.apps.safety.models import Answer, Bulletin, Called, Check, Receipt
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.domain.safety.words import HURT, LATER, NO, NOW, SAFE
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import EmergencyEvent, Kind

TOKYO = ZoneInfo("Asia/Tokyo")
_REACHED = 0.86
"""So many of a ward answer a drill, as wards of this size have published; a third of the answers
come in ten minutes."""
_QUICK = 0.31
_SURE = 0.02  # of those who answer, so many act as if they were hurt
_BATCH = 1_000
_APRIL = 4


def show(who: Mapping[str, str], *, now: datetime) -> None:
    """Write it. `who`: sign-in name → person; it is as good without any of them."""
    rng = random.Random(4)  # nosec B311  # a story, not a secret
    today = now.astimezone(TOKYO)
    started = (today - timedelta(days=40)).replace(hour=9, minute=30, second=0, microsecond=0)
    ended = started + timedelta(hours=5)
    check = Check.objects.create(
        kind=Kind.DRILL,
        event=_event(started, ended),
        title="秋の安否確認訓練",
        message="これは訓練です。震度6弱の地震が起きたとして、下のリンクから答えてください。",
        target={},
        started_at=started,
        started_by="kiki",
        until=started + timedelta(days=7),
        closed_at=ended,
        closed_by="kiki",
    )
    people = targeted(Target(), today.date())
    called = [_called(check, person, unit, rng) for person, unit in sorted(people.items())]
    Called.objects.bulk_create(called, batch_size=_BATCH)
    expect(called, now=started)
    Answer.objects.bulk_create(
        [
            Answer(called=c, at=c.first_at, status=c.status, comes=c.comes, arrives_at=c.arrives_at)
            for c in called
            if c.first_at
        ],
        batch_size=_BATCH,
    )
    _told(check, called, rng)
    speak(check, rng)
    _organised(today.date(), now)


def _organised(today: date, now: datetime) -> None:
    """This year's disaster organisation, drafted by one and approved by another."""
    year = today.year if today.month >= _APRIL else today.year - 1
    starts, kiki = date(year, _APRIL, 1), Actor("kiki")
    plan = organising.draft(f"{year}年度の災対組織", starts, actor=kiki, now=now)
    organising.approve(plan, plan.version, actor=Actor("demo"), now=now)


def _event(started: datetime, ended: datetime) -> EmergencyEvent:
    return EmergencyEvent.objects.create(
        kind=Kind.DRILL,
        title="秋の安否確認訓練",
        purpose="訓練の連絡のため",
        opened_by="kiki",
        opened_at=started,
        closes_at=started + timedelta(hours=24),
        closed_by="kiki",
        closed_at=ended,
    )


def _called(check: Check, person: str, unit: str, rng: random.Random) -> Called:
    called = Called(check_asked=check, person=person, unit=unit)
    if rng.random() > _REACHED:
        return called
    after = rng.uniform(0.5, 10) if rng.random() < _QUICK else 10 + rng.expovariate(1 / 55)
    at = check.started_at + timedelta(minutes=min(after, 290))
    called.status = HURT if rng.random() < _SURE else SAFE
    called.comes = rng.choices((NOW, LATER, NO), (70, 18, 12))[0]
    if called.comes != NO:
        called.arrives_at = at + timedelta(hours=rng.choice((1, 1, 3, 3, 6)))
    called.first_at = called.answered_at = called.opened_at = at
    if called.comes == NOW and rng.random() < 0.4:
        called.arrived_at = at + timedelta(minutes=rng.uniform(5, 180))
    return called


def _told(check: Check, called: list[Called], rng: random.Random) -> None:
    at = check.started_at + timedelta(minutes=45)
    text = "訓練の指示：着いた人は、1階の受付で二次元コードを見せてください。"
    told = Bulletin.objects.create(check_asked=check, at=at, by="kiki", text=text)
    Receipt.objects.bulk_create(
        [
            Receipt(bulletin=told, called=each, at=at + timedelta(minutes=rng.uniform(1, 120)))
            for each in called
            if each.status and rng.random() < 0.5
        ],
        batch_size=_BATCH,
    )
