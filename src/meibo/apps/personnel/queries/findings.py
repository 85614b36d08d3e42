"""取込の指摘: the list, filtered, grouped, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet

from meibo.apps.personnel.actions.deliveries.settling import WAYS
from meibo.apps.personnel.models import OpenFinding
from meibo.domain.findings import SEVERITY_LABELS

WAITING, SETTLED, ALL = "waiting", "settled", "all"
STATES = {WAITING: "待っているもの", SETTLED: "片付けたもの", ALL: "すべて"}
SEVERITIES = {s.value: label for s, label in SEVERITY_LABELS.items()}
_RANK = {value: rank for rank, value in enumerate(SEVERITIES)}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `intake`: of one intake, 0 for everything that was loaded."""

    intake: int = 0
    state: str = WAITING
    severity: str = ""
    code: str = ""
    file: str = ""
    text: str = ""

    @property
    def query(self) -> str:
        """The same as parameters of an address."""
        told = {"state": self.state, "severity": self.severity, "code": self.code}
        told |= {"file": self.file, "text": self.text}
        return urlencode({name: value for name, value in told.items() if value})


def wish_of(asked: Mapping[str, Any], intake: int = 0) -> Wish:
    """What an address asks for; what it does not know is left out."""
    state, severity = asked.get("state", ""), asked.get("severity", "")
    return Wish(
        intake,
        state if state in STATES else WAITING,
        severity if severity in SEVERITIES else "",
        str(asked.get("code", ""))[:60],
        str(asked.get("file", ""))[:200],
        str(asked.get("text", "")).strip()[:60],
    )


def found(wish: Wish) -> QuerySet[OpenFinding]:
    """The findings that are asked for, by file and row."""
    rows = _of(wish)
    for name in ("severity", "code", "file"):
        value = getattr(wish, name)
        rows = rows.filter(**{name: value}) if value else rows
    if not wish.severity:
        rows = rows.exclude(severity="normalised")
    if wish.text:
        rows = rows.filter(Q(staff_no__icontains=wish.text) | Q(message__icontains=wish.text))
    return rows.order_by("file", "record", "column", "pk")


def _of(wish: Wish) -> QuerySet[OpenFinding]:
    rows = OpenFinding.objects.all()
    rows = rows.filter(intake=wish.intake) if wish.intake else rows.filter(pending=False)
    if wish.state == WAITING:
        return rows.filter(way="")
    return rows.exclude(way="") if wish.state == SETTLED else rows


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind in one file, with one of them as an example."""

    code: str
    file: str
    severity: str
    label: str
    count: int
    example: str


def groups(wish: Wish) -> list[Group]:
    """By code and file, the gravest and the most first."""
    rows = (
        found(Wish(wish.intake, wish.state, wish.severity, text=wish.text))
        .order_by()
        .values("code", "file", "severity")
        .annotate(count=Count("pk"), first=Min("pk"))
    )
    examples = dict(
        OpenFinding.objects.filter(pk__in=[r["first"] for r in rows]).values_list("pk", "message")
    )
    told = [
        Group(
            r["code"],
            r["file"],
            r["severity"],
            SEVERITIES.get(r["severity"], ""),
            r["count"],
            examples.get(r["first"], ""),
        )
        for r in rows
    ]
    return sorted(told, key=lambda g: (_RANK.get(g.severity, 9), -g.count, g.code, g.file))


def way_words(finding: OpenFinding) -> str:
    """How it was settled, in words; empty while it waits."""
    return WAYS.get(finding.way, "")
