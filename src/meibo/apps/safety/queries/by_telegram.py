"""What telegrams did in the last day, for the first page of crisis management."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.fallen import fell
from meibo.platform.layout.waiting import Asker, Matter
from meibo.platform.telegrams.queries import informed

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = timedelta(days=1)
_LETTERS = 90


def waits(asker: Asker) -> Iterator[Matter]:
    """Checks that telegrams began or joined, and what is for information only."""
    if not asker.viewer.holds("crisis"):
        return
    for check in begun(asker.now):
        answered = check.called.exclude(answered_at=None).count()
        state = "終わりました" if check.closed_at else f"{answered:,}人が答えました"
        text = f"電文による安否確認「{check.title}」：{check.called.count():,}人に聞き、{state}"
        gone = fell(check)
        if gone is not None and check.closed_at is None:
            text = f"安否確認「{check.title}」：{gone.text}。終わりにするか、指示を出してください"
        yield Matter(text, reverse("safety:board", args=[check.pk]))
    for row in informed(asker.now - DAY):
        at = f"{row.at.astimezone(TOKYO):%H:%M}"
        text = f"電文（{at}、知らせるだけ）：{row.reason}"
        yield Matter(text[:_LETTERS], reverse("telegrams:received"))


def begun(now: datetime) -> list[Check]:
    """Those that run, and those of the last day."""
    recent = Q(closed_at=None, until__gt=now) | Q(started_at__gt=now - DAY)
    return list(Check.objects.filter(recent, alarmed__isnull=False).distinct())
