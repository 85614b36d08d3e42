"""What a check is to somebody who was asked, and to a head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from meibo.apps.safety.models import Bulletin, Called, Check
from meibo.apps.safety.queries.links import token_of
from meibo.platform.emergency.models import Kind
from meibo.platform.layout.waiting import Asker, Matter


@dataclass(frozen=True, slots=True)
class Own:
    """A check that somebody was asked in. `path`: of the link for answering, which is as well what
    the desk reads."""

    called: Called
    path: str
    bulletins: list[tuple[Bulletin, bool]]


def own(person: str | None, now: datetime) -> list[Own]:
    """Somebody's open checks, the newest first, with the instructions and whether each was read."""
    if not person:
        return []
    rows = Called.objects.filter(person=person, check_asked__until__gt=now)
    rows = rows.filter(check_asked__closed_at=None).select_related("check_asked").order_by("-pk")
    found = []
    for called in rows:
        check = called.check_asked
        read = set(called.receipt_set.values_list("bulletin", flat=True))
        told = [(each, each.pk in read) for each in check.bulletins.all()]
        found.append(
            Own(called, reverse("answer:page", args=[token_of(called.pk, check.until)]), told)
        )
    return found


def watched(now: datetime) -> Check | None:
    """The check that heads look at, and that a roster is taken along for: the newest that still
    runs; a disaster before any drill."""
    rows = Check.objects.filter(closed_at=None, until__gt=now)
    return rows.filter(kind=Kind.DISASTER).first() or rows.first()


def waits(asker: Asker) -> Iterator[Matter]:
    """For the first page: instructions that one has not read."""
    for each in own(asker.viewer.person, asker.now):
        if unread := sum(not read for _, read in each.bulletins):
            title = each.called.check_asked.title
            yield Matter(f"「{title}」の指示が{unread}件あります", reverse("safety:mine"))
