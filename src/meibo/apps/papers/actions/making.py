"""Making a form as a file: at once, or beside the pages when it takes its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from meibo.apps.papers.actions import keeping
from meibo.apps.papers.queries.asked import Asked, Made, PaperError, Progress
from meibo.apps.papers.queries.catalogue import FORMS, Form
from meibo.domain.disclosure import Viewer
from meibo.ledger.witness import watching
from meibo.platform import door
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.jobs.kinds import Done, JobError
from meibo.platform.layout.frame import town
from meibo.platform.papers import beside, setting
from meibo.platform.papers.files import as_xlsx
from meibo.platform.watching import of_command

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KIND = "papers.form"
AT_ONCE = beside.AT_ONCE
_TOKYO = ZoneInfo("Asia/Tokyo")
_SHEET_NAME = 31  # characters that a spreadsheet allows


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out."""

    name: str
    kind: str
    content: bytes


def as_file(made: Made, ending: str, *, now: datetime) -> File:
    """The form as PDF or as a workbook. Raises PaperError for a workbook of what is no list."""
    name = f"{made.sheet.title}_{made.sheet.on or now.astimezone(_TOKYO).date():%Y%m%d}.{ending}"
    if ending == "pdf":
        return File(name, setting.PDF, setting.pdf(made.sheet, now=now))
    if made.table is None:
        raise PaperError("この帳票はExcelにできません。PDFを使ってください。")
    title = "".join(c for c in made.table.title if c not in "[]:*?/\\'")[:_SHEET_NAME]
    return File(name, XLSX, as_xlsx(title, *made.table.flat()))


def noted(
    form: str, asked: Asked, ending: str, *, actor: Actor, purpose: str, now: datetime
) -> None:
    """Write down that a form is made, before it is. People are named where it is for some."""
    detail: dict[str, object] = {
        "form": f"papers:{form}",
        "kind": ending,
        "on": asked.on.isoformat(),
    }
    detail |= {"unit": asked.unit} if asked.unit else {}
    detail |= {"from": asked.first.isoformat()} if asked.first else {}
    detail |= {"to": asked.last.isoformat()} if asked.last else {}
    note(Entry(Act.FORM, detail, asked.people, purpose), actor=actor, now=now)


def arguments(form: Form, asked: Asked, ending: str, purpose: str) -> dict[str, Any]:
    """What a job is told: which form, of which day, for whom (ids), what for."""
    return {
        "form": form.key,
        "ending": ending,
        "on": asked.on.isoformat(),
        "unit": asked.unit,
        "people": list(asked.people),
        "first": asked.first.isoformat() if asked.first else "",
        "last": asked.last.isoformat() if asked.last else "",
        "purpose": purpose,
    }


def make(arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress) -> Done:
    """Make a form beside the pages, through the eyes that whoever asked has today, and keep it for
    them to fetch."""
    form, ending, purpose = FORMS[arguments["form"]], arguments["ending"], arguments["purpose"]
    viewer = _viewer(actor, now)
    if not form.open_to(viewer):
        raise JobError("この帳票を作る立場ではなくなりました。")
    asked = replace(_asked(arguments, viewer), progress=progress)
    noted(form.key, asked, ending, actor=actor, purpose=purpose, now=now)
    try:
        with watching() as seen:
            made = form.make(asked)
        read = [replace(each, purpose=purpose) for each in of_command(seen, f"papers:{form.key}")]
        note(*read, actor=actor, now=now)
        progress("PDFにする" if ending == "pdf" else "表にする", 2, 3)
        file = as_file(made, ending, now=now)
    except PaperError as error:
        raise JobError(str(error)) from error
    of = keeping.Origin(form=form.key)
    kept = keeping.keep(file, owner=actor.name, made=made, of=of, now=now)
    words = f"{form.label}ができました（{made.count:,}{'人' if form.key != 'orders' else '件'}）。"
    return Done(
        " ".join([words, *made.remarks, f"{keeping.HOURS}時間、受け取れます。"]),
        reverse("papers:kept", args=[kept.pk]),
    )


def make_sheet(
    arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress
) -> Done:
    """Set a sheet that another part of the house gives, and keep it for them to fetch."""
    give = beside.source(arguments["source"])
    ready = give(arguments, actor=actor, now=now, progress=progress)
    progress("PDFにする", 2, 3)
    made = Made(ready.sheet, ready.count, remarks=ready.remarks)
    of = keeping.Origin(source=arguments["source"], subject=ready.subject)
    file = as_file(made, "pdf", now=now)
    kept = keeping.keep(file, owner=actor.name, made=made, of=of, now=now)
    words = f"{ready.sheet.title}ができました（{ready.count:,}人）。"
    return Done(
        " ".join([words, *ready.remarks, f"{keeping.HOURS}時間、受け取れます。"]),
        reverse("papers:kept", args=[kept.pk]),
    )


def _viewer(actor: Actor, now: datetime) -> Viewer:
    viewer = door.viewer_of_job(actor.name, now.astimezone(_TOKYO).date())
    if viewer is None:
        raise JobError("サインインが止まっているため、作れません。")
    return viewer


def _asked(arguments: Mapping[str, Any], viewer: Viewer) -> Asked:
    def day(name: str) -> date | None:
        return date.fromisoformat(arguments[name]) if arguments[name] else None

    return Asked(
        viewer,
        date.fromisoformat(arguments["on"]),
        town(),
        arguments["unit"],
        tuple(arguments["people"]),
        day("first"),
        day("last"),
    )
