"""Intakes for the screens: where each stands, what fits it, what would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count

from meibo.apps.personnel.actions.deliveries import files, kept
from meibo.apps.personnel.actions.deliveries.acts import DAYS_KEPT, SOURCES, is_busy
from meibo.apps.personnel.actions.deliveries.differences import KINDS
from meibo.apps.personnel.actions.deliveries.work import is_stale
from meibo.apps.personnel.models import Intake, OpenFinding
from meibo.domain.disclosure import Viewer
from meibo.domain.findings import SEVERITY_LABELS
from meibo.ledger import policy
from meibo.platform.feeds import library
from meibo.platform.jobs.models import Job

STATES = {
    Intake.OPEN: "確かめる前",
    Intake.CHECKED: "確かめた",
    Intake.LOADED: "取り込んだ",
    Intake.DISCARDED: "取りやめ",
}
COLUMNS = ("changes", "unchanged", "looked_up", "refused", "left_out")
HIDDEN = "（見られません）"
#: Fields of a state and of filings → the row of the disclosure table that decides.
_SHOWN_BY = {
    "since": "unit_since",
    "further": "concurrent",
    "postcode": "address",
    "uses_maiden_name": "maiden_name",
    "maiden_kana": "maiden_name",
}
_OF_UNITS = frozenset({"units", "house"})


@dataclass(frozen=True, slots=True)
class Standing:
    """One intake and where it stands."""

    intake: Intake
    state: str
    source: str
    busy: bool
    stale: bool
    job: Job | None
    waiting: int


def standing(found: Intake) -> Standing:
    """Where an intake stands now."""
    checked = found.state == Intake.CHECKED
    return Standing(
        found,
        STATES[found.state],
        SOURCES.get(found.source, ""),
        is_busy(found),
        checked and is_stale(found),
        Job.objects.filter(pk=found.job).first(),
        OpenFinding.objects.filter(intake=found.pk, way="").exclude(severity="normalised").count(),
    )


def on_the_way() -> list[Standing]:
    """Intakes that are neither loaded nor dropped, the newest first."""
    rows = Intake.objects.filter(state__in=[Intake.OPEN, Intake.CHECKED])
    return [standing(row) for row in rows]


def waiting(_viewer: Viewer) -> int | None:
    """How many deliveries wait to be loaded."""
    return Intake.objects.filter(state__in=[Intake.OPEN, Intake.CHECKED]).count() or None


def waiting_findings(_viewer: Viewer) -> int | None:
    """How many findings of what was loaded wait to be settled."""
    rows = OpenFinding.objects.filter(way="", pending=False).exclude(severity="normalised")
    return rows.count() or None


def past() -> list[Intake]:
    """What was loaded."""
    return list(Intake.objects.filter(state=Intake.LOADED))


def has_drop() -> bool:
    """Whether deliveries are picked up from a watched folder."""
    return settings.MEIBO_DROP_DIR is not None


@dataclass(frozen=True, slots=True)
class Choice:
    """A definition that an intake could be read with."""

    key: str
    name: str
    fits: int
    of: int
    missing: tuple[str, ...]
    chosen: bool


def choices(found: Intake) -> list[Choice]:
    """Every usable definition, the best first."""
    told: Mapping[str, Any] = found.recognised
    rows = [
        Choice(
            key,
            fit["name"],
            sum(seen["fits"] for seen in fit["files"]),
            len(found.digests),
            tuple(fit["missing"]),
            key == found.definition,
        )
        for key, fit in told.items()
        if library.find(key) is not None
    ]
    return sorted(rows, key=lambda row: (-row.fits, len(row.missing)))


def file_lines(found: Intake) -> list[dict[str, Any]]:
    """Each file: its size, what the chosen definition says of it, and why."""
    fit: Mapping[str, Any] = found.recognised.get(found.definition, {"files": []})
    by_name: dict[str, list[dict[str, Any]]] = {}
    for seen in fit["files"]:
        by_name.setdefault(seen["file"], []).append(seen)
    if found.state in {Intake.LOADED, Intake.DISCARDED}:
        return []
    return [
        {"name": name, "size": size, "seen": by_name.get(name, [])}
        for name, size in files.names(found.pk)
    ]


def missing(found: Intake) -> list[str]:
    """Files that the chosen definition needs and that are not there."""
    return list(found.recognised.get(found.definition, {}).get("missing", ()))


def totals(report: Mapping[str, Any]) -> dict[str, int]:
    """The sums of the columns of all files."""
    names = ("read", *COLUMNS)
    return {name: sum(line[name] for line in report.get("files", ())) for name in names}


def kinds(report: Mapping[str, Any]) -> list[tuple[str, str, int, int]]:
    """Key, label, changes and people of every kind of difference there is."""
    counted: Mapping[str, Mapping[str, int]] = report.get("kinds", {})
    return [
        (key, KINDS[key], counted[key]["changes"], counted[key]["people"])
        for key in KINDS
        if key in counted
    ]


def severities(report: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Key, label and number of the findings of each severity."""
    counted: Mapping[str, int] = report.get("findings", {}).get("severity", {})
    return [(s.value, label, counted.get(s.value, 0)) for s, label in SEVERITY_LABELS.items()]


def ways(found: Intake) -> dict[str, int]:
    """How many findings of an intake were settled in which way; `""` for those that wait."""
    rows = OpenFinding.objects.filter(intake=found.pk).exclude(severity="normalised")
    return dict(rows.order_by().values_list("way").annotate(Count("pk")))


def kept_until(found: Intake) -> Any:
    """Until when its files lie here."""
    return found.touched + DAYS_KEPT - timedelta(days=1)


def entries(
    found: Intake, viewer: Viewer, *, kind: str = "", person: str = ""
) -> Iterator[dict[str, Any]]:
    """The differences of a kind or of a person, as far as the viewer may see values."""
    seen = policy.table(viewer.today).seen(viewer.ties, event=viewer.event)
    for entry in kept.read(found.pk):
        if kind and entry["kind"] != kind:
            continue
        if person and entry["person"] != person:
            continue
        whole = entry["kind"] in _OF_UNITS
        shown = [row if whole or _may(row[0], seen) else _hidden(row) for row in entry["rows"]]
        yield {**entry, "rows": shown, "label": KINDS[entry["kind"]]}


def _may(name: str, seen: Iterable[str]) -> bool:
    shown_by = _SHOWN_BY.get(name, name)
    return name.startswith("kept:") or shown_by in seen


def _hidden(row: list[str]) -> list[str]:
    name, label, before, after = row
    return [name, label, HIDDEN if before else "", HIDDEN if after else ""]
