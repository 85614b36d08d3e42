"""For the demo ward: drills of this spring and autumn that have ended, so that the board has
something to tell, and the next something to be laid beside."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions import organising
from meibo.apps.safety.actions.demo_said import speak
from meibo.apps.safety.actions.expecting import expect
from meibo.apps.safety.models import Answer, Bulletin, Called, Check, Question, Receipt
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.domain.safety.words import HURT, LATER, NO, NOW, SAFE
from meibo.domain.telegram.codec import level_to_json
from meibo.domain.telegram.level import Level as Told
from meibo.domain.telegram.scale import Intensity
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


@dataclass(frozen=True, slots=True)
class _Drill:
    """What there was: how many days ago, and how it was answered."""

    title: str
    days: int
    reached: float
    quick: float
    message: str


_SPRING = _Drill(
    *("春の安否確認訓練", 215, 0.74, 0.24),
    "これは訓練です。大雨の特別警報が出たとして、下のリンクから答えてください。",
)
_AUTUMN = _Drill(
    *("秋の安否確認訓練", 40, _REACHED, _QUICK),
    "これは訓練です。震度6弱の地震が起きたとして、下のリンクから答えてください。",
)


def show(who: Mapping[str, str], *, now: datetime) -> None:
    """Write it. `who`: sign-in name → person; it is as good without any of them."""
    rng = random.Random(4)  # nosec B311  # a story, not a secret
    today = now.astimezone(TOKYO)
    people = targeted(Target(), today.date())
    _drilled(_SPRING, people, today, rng)
    speak(_drilled(_AUTUMN, people, today, rng), rng)
    _organised(today.date(), now)
    _asked(now)


def _drilled(
    drill: _Drill, people: Mapping[str, str], today: datetime, rng: random.Random
) -> Check:
    started = today - timedelta(days=drill.days)
    started = started.replace(hour=9, minute=30, second=0, microsecond=0)
    ended = started + timedelta(hours=5)
    check = Check.objects.create(
        kind=Kind.DRILL,
        event=_event(drill.title, started, ended),
        title=drill.title,
        message=drill.message,
        target={},
        started_at=started,
        started_by="kiki",
        until=started + timedelta(days=7),
        closed_at=ended,
        closed_by="kiki",
        supported_at=started + timedelta(minutes=rng.uniform(45, 75)),
    )
    called = [_called(check, person, unit, drill, rng) for person, unit in sorted(people.items())]
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
    return check


def _asked(now: datetime) -> None:
    """An aftershock for which somebody decided that nobody need be asked."""
    at = now - timedelta(days=9)
    level = Told(intensity=Intensity.FIVE_LOWER)
    Question.objects.create(
        event=f"{at:%Y%m%d%H%M%S}",
        asked_at=at,
        level=level_to_json(level),
        title="震源・震度に関する情報",
        headline="見本の電文です。",
        reason="震源・震度に関する情報（発表）。震度5弱。",
        answer=Question.STOPPED,
        answered_at=at + timedelta(minutes=2),
        answered_by="kiki",
    )


def _organised(today: date, now: datetime) -> None:
    """This year's disaster organisation, drafted by one and approved by another; and next year's,
    which waits for that."""
    year = today.year if today.month >= _APRIL else today.year - 1
    starts, kiki = date(year, _APRIL, 1), Actor("kiki")
    plan = organising.draft(f"{year}年度の災対組織", starts, actor=kiki, now=now)
    organising.approve(plan, plan.version, actor=Actor("kikicho"), now=now)
    coming = starts.replace(year=year + 1)
    organising.draft(f"{year + 1}年度の災対組織", coming, actor=kiki, now=now)


def _event(title: str, started: datetime, ended: datetime) -> EmergencyEvent:
    return EmergencyEvent.objects.create(
        kind=Kind.DRILL,
        title=title,
        purpose="訓練の連絡のため",
        opened_by="kiki",
        opened_at=started,
        closes_at=started + timedelta(hours=24),
        closed_by="kiki",
        closed_at=ended,
    )


def _called(check: Check, person: str, unit: str, drill: _Drill, rng: random.Random) -> Called:
    called = Called(check_asked=check, person=person, unit=unit)
    if rng.random() > drill.reached:
        return called
    after = rng.uniform(0.5, 10) if rng.random() < drill.quick else 10 + rng.expovariate(1 / 55)
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
