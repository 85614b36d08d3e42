"""A drill that is announced, for the demo ward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.drilling import Drill, plan
from meibo.apps.safety.actions.recurring import plan_series
from meibo.apps.safety.queries.templates import template
from meibo.domain.safety.repeating import By, Every, Repetition
from meibo.platform.audit.actions import Actor


def show(_people: Mapping[str, str], *, now: datetime) -> None:
    """Ten days from now at nine; and one each quarter that nobody is told of."""
    day = now.astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(days=10)
    at = day.replace(hour=9, minute=0, second=0, microsecond=0)
    words = template("drill")
    if words is not None:
        plan(Drill(words.title, words.message, at), actor=Actor("kiki"), now=now)
        later = at + timedelta(days=30)
        drill = Drill("抜き打ちの安否確認", words.message, later, announced=False)
        each = Repetition(later.date(), Every.QUARTER, By.WEEKDAY)
        plan_series(drill, each, until=None, actor=Actor("kiki"), now=now)
