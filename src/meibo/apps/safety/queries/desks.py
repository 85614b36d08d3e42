"""Who opens the desk at which arrivals are taken, and whom they see there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.organising import at_place, plan_on, posted
from meibo.domain.safety.organising import DEPUTY, HEAD, ROLES, Place
from meibo.platform.layout.waiting import Asker, Matter

_LEADING = frozenset({ROLES[HEAD], ROLES[DEPUTY]})


def led(person: str | None, day: date) -> Place | None:
    """The shelter or base that somebody leads (or stands in for who does) in the disaster
    organisation in force. The headquarters have crisis management at their door."""
    held = posted(day).get(person or "")
    return held.place if held and held.place.bound and held.role in _LEADING else None


def running(now: datetime) -> QuerySet[Check]:
    """The checks for which such a desk is open."""
    return Check.objects.filter(closed_at=None, until__gt=now)


def at_desk(check: Check, place: Place, day: date, taken: set[int]) -> set[int]:
    """The calls that the desk of a place may see and take back: its own people, and whom it took
    itself."""
    plan = plan_on(day)
    return taken | set(at_place(check, plan, place.code) if plan else ())


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that somebody may open now."""

    check: Check
    place: Place

    @property
    def path(self) -> str:
        """Where it is."""
        return reverse("safety:desk", args=[self.check.pk])


def open_desks(person: str | None, day: date, now: datetime) -> list[OpenDesk]:
    """The desks of somebody who leads a place, the newest check first."""
    place = led(person, day)
    return [OpenDesk(each, place) for each in running(now)] if place else []


def waits(asker: Asker) -> Iterator[Matter]:
    """For the first page."""
    for each in open_desks(asker.viewer.person, asker.viewer.today, asker.now):
        text = f"{each.place.name}の到着の受付を開けます（{each.check.title}）"
        yield Matter(text, each.path)


def arrivals(check: Check, seen: set[int] | None) -> QuerySet[Called]:
    """Who has arrived, the last first; `seen`: of these alone."""
    rows = Called.objects.filter(check_asked=check).exclude(arrived_at=None)
    return (rows if seen is None else rows.filter(pk__in=seen)).order_by("-arrived_at")
