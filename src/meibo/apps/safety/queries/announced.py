"""What staff are told of drills beforehand, on their first page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from meibo.apps.safety.models import PlannedDrill
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.ledger.reader.people import states_on
from meibo.platform.layout.waiting import Asker, Matter

TOKYO = ZoneInfo("Asia/Tokyo")
AHEAD = timedelta(days=14)


def tell(asker: Asker) -> Iterator[Matter]:
    """Announced drills of the next two weeks, for whom they are meant and for who leads them."""
    if not asker.viewer.held:
        return
    crisis = asker.viewer.holds("crisis")
    rows = PlannedDrill.objects.filter(
        announced=True,
        started_at=None,
        cancelled_at=None,
        at__gt=asker.now,
        at__lte=asker.now + AHEAD,
    )
    for drill in rows:
        if not crisis and not _meant(drill, asker):
            continue
        at = drill.at.astimezone(TOKYO)
        text = f"訓練の予告：{at.month}月{at.day}日 {at:%H:%M}「{drill.title}」"
        own = reverse("safety:drills") if crisis else reverse("safety:drill", args=(drill.pk,))
        yield Matter(text, own)


def held(asker: Asker) -> Iterator[Matter]:
    """For crisis management: drills whose time came in the middle of a disaster."""
    if asker.viewer.holds("crisis"):
        rows = PlannedDrill.objects.filter(started_at=None, cancelled_at=None)
        for drill in rows.filter(held_at__isnull=False):
            text = f"訓練「{drill.title}」を、災害のため始めずに止めています"
            yield Matter(text, reverse("safety:drills"))


def _meant(drill: PlannedDrill, asker: Asker) -> bool:
    if not drill.target:
        return True
    person, today = asker.viewer.person, asker.viewer.today
    states = states_on(today, ids=[person] if person else [])
    return bool(targeted(Target.of(drill.target), today, states))
