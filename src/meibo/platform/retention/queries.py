"""What is due by the town's table, and how far each proposal has got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from meibo.domain import retention
from meibo.domain.disclosure import Viewer
from meibo.domain.findings import Finding
from meibo.domain.retention import Table
from meibo.ledger import reader, shredding
from meibo.platform.retention.models import Proposal

NEEDED = 2


@dataclass(frozen=True, slots=True)
class Due:
    """Someone whose record has been kept long enough."""

    person: str
    last_day: date
    due: date


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: `name` only as far as the viewer sees it."""

    person: str
    name: str
    unit: str
    last_day: date
    due: date
    proposal: Proposal | None = None
    approvals: tuple[str, ...] = ()
    ready: bool = False


def table() -> tuple[Table, tuple[Finding, ...]]:
    """保存年限表 in force, and what is wrong with the town's file; without a file all is kept."""
    path = Path(settings.MEIBO_TOWN) / retention.FILE
    if not path.is_file():
        return retention.FOR_EVER, ()
    return retention.parse(path.read_text(encoding="utf-8-sig"))


def due(on: date) -> list[Due]:
    """Who is due on a day, the longest first."""
    rules, _ = table()
    if rules.years is None:
        return []
    found = [(p, last, rules.due(last)) for p, last in shredding.gone(on).items()]
    listed = [Due(p, last, day) for p, last, day in found if day is not None and day <= on]
    return sorted(listed, key=lambda each: (each.due, each.person))


def open_proposals() -> list[Proposal]:
    """Those that wait, and those that were broken off while being carried out."""
    states = [Proposal.PROPOSED, Proposal.CARRYING]
    return list(Proposal.objects.filter(state__in=states).prefetch_related("approvals"))


def lines(viewer: Viewer, *, now: datetime, on: date) -> tuple[list[Line], list[Line]]:
    """Those who are due and not proposed yet, and those who are proposed."""
    proposals = open_proposals()
    held = {each.person for each in proposals}
    free = [each for each in due(on) if each.person not in held]
    people = [(each.person, each.last_day) for each in free]
    people += [(each.person, each.last_day) for each in proposals]
    names = _named(viewer, people)
    waiting = [
        Line(
            *(p.person, *names[p.person], p.last_day, p.due, p),
            approvals=tuple(a.account for a in p.approvals.all()),
            ready=p.not_before is not None and p.not_before <= now,
        )
        for p in proposals
    ]
    return [Line(e.person, *names[e.person], e.last_day, e.due) for e in free], waiting


def _named(viewer: Viewer, people: Sequence[tuple[str, date]]) -> dict[str, tuple[str, str]]:
    """Name and unit on the last day, as the viewer may see them."""
    found: dict[str, tuple[str, str]] = {person: ("", "") for person, _ in people}
    for day in sorted({day for _, day in people}):
        ids = [person for person, own in people if own == day]
        for card in reader.cards(viewer, on=day, ids=ids):
            unit = " ".join(card.get("unit_path") or [])
            found[card.id] = (str(card.get("name") or ""), unit)
    return found
