"""The two long pieces of work: looking at a delivery, and loading it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from meibo.apps.personnel.actions.deliveries import files, kept
from meibo.apps.personnel.actions.deliveries.acts import IntakeError, held, noted, touch
from meibo.apps.personnel.actions.deliveries.differences import count_kinds, differences
from meibo.apps.personnel.actions.deliveries.survey import report_of
from meibo.apps.personnel.actions.intake import lay_out, take_in
from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.findings import amendments_of, keep_findings
from meibo.apps.personnel.actions.intake.undisturbed import keeping_everything
from meibo.apps.personnel.models import Intake
from meibo.ledger import writer
from meibo.ledger.edition import edition
from meibo.platform.audit.actions import Actor
from meibo.platform.feeds import Amendments, DefinitionError, library
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.kinds import Done, JobError, Progress
from meibo.platform.jobs.models import Job

CHECK, LOAD = "intake check", "intake load"
STALE = (
    "確かめた後に、名簿か指摘の片付け方が変わりました。何も取り込んでいません。"
    "もう一度「確かめる」から始めてください。"
)


def ask(kind: str, number: int, version: int, *, actor: Actor, now: datetime) -> Job:
    """Ask for one of the two; the second of two people is told."""
    with transaction.atomic():
        found = held(number, version)
        if kind == LOAD and found.state != Intake.CHECKED:
            raise IntakeError("まだ確かめていません。先に「確かめる」を押してください。")
        if kind == LOAD and is_stale(found):
            raise IntakeError(STALE)
        if not found.definition:
            raise IntakeError("読み方（取込定義）が決まっていません。選んでください。")
        if not found.digests:
            raise IntakeError("ファイルがありません。加えてください。")
        title = "取込の内容を確かめる" if kind == CHECK else "取り込む"
        job = jobs.ask(kind, f"{title}：{found.title}", {"intake": number}, actor=actor, now=now)
        found.job = job.pk
        touch(found, actor.name, now)
    return job


def is_stale(found: Intake) -> bool:
    """Whether the preview no longer holds: books or settlements are others by now."""
    return found.books != edition() or found.settled != _mark(_amendments(found))


def check(arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress) -> Done:
    """Look at a delivery: what would happen, and what was found. Writes nothing into the books."""
    found = Intake.objects.get(pk=arguments["intake"])
    if found.state in {Intake.LOADED, Intake.DISCARDED}:
        raise JobError("この取込はもう終わっています。")
    noted(found, CHECK, actor, now)
    amendments = _amendments(found)
    with keeping_everything():
        seen = edition()  # before the books are read: whoever writes meanwhile makes this stale
        desk = _laid_out(found, now, progress, amendments)
        progress("違いをまとめる", 5, 6)
        entries = differences(desk)
        report = report_of(desk, count_kinds(entries))
    kept.keep(found.pk, entries)
    with transaction.atomic():
        keep_findings(desk.definition.name, desk.findings, now, found.digests, intake=found.pk)
        found.report, found.checked, found.state = report, now, Intake.CHECKED
        found.books, found.settled = seen, _mark(amendments)
        touch(found, actor.name, now)
    return Done(_told(report, "確かめました。まだ何も書き込んでいません。"), _address(found))


def load(arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress) -> Done:
    """Load a delivery that was looked at: all of it, or nothing.

    It is laid out before the books are locked, so that others wait for the writing alone; under
    the lock the books must still be in the edition that it was laid out against.
    """
    found = Intake.objects.get(pk=arguments["intake"])
    if found.state == Intake.LOADED:
        return Done("取り込みました。", _address(found))
    noted(found, LOAD, actor, now)
    with keeping_everything():
        _must_hold(found)
        desk = _laid_out(found, now, progress, _amendments(found))
        progress("書き込む", 5, 6)
        report = report_of(desk, count_kinds(differences(desk)))
        with transaction.atomic():
            writer.lock()
            found = Intake.objects.select_for_update().get(pk=found.pk)
            _must_hold(found)
            take_in(desk, actor=actor.name, now=now, progress=progress)
            name = desk.definition.name
            keep_findings(name, desk.findings, now, found.digests, intake=found.pk, loaded=True)
            found.report, found.state = report, Intake.LOADED
            touch(found, actor.name, now)
    files.remove(found.pk)
    return Done(_told(report, "取り込みました。"), _address(found))


def _must_hold(found: Intake) -> None:
    """Raises JobError where what was looked at is no longer what there is."""
    if found.state != Intake.CHECKED or is_stale(found):
        raise JobError(STALE)


def _laid_out(found: Intake, now: datetime, progress: Progress, amendments: Amendments) -> Desk:
    definition = _definition(found)
    place = files.files(found.pk)
    try:
        return lay_out(definition, place, now, progress, amendments)
    except DefinitionError as error:
        raise JobError(f"取込定義に誤りがあります。{error}") from error


def _definition(found: Intake) -> Path:
    known = library.find(found.definition)
    if known is None:
        raise JobError("取込定義がなくなっています。別の取込定義を選んでください。")
    return known.path


def _amendments(found: Intake) -> Amendments:
    known = library.find(found.definition)
    return amendments_of(known.name, found.digests) if known else {}


def _mark(amendments: Amendments) -> str:
    """The same for the same settlements, whatever their order."""
    said = sorted(repr(each) for row in amendments.values() for each in row)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _told(report: Mapping[str, Any], done: str) -> str:
    read = sum(line["read"] for line in report["files"])
    found = sum(report["findings"]["severity"].values())
    changes = sum(kind["changes"] for kind in report["kinds"].values())
    return f"{done}読んだ行 {read:,}、変わること {changes:,}件、指摘 {found:,}件です。"


def _address(found: Intake) -> str:
    return reverse("personnel:intake_one", args=(found.pk,))
