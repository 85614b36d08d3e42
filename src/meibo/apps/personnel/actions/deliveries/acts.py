"""Beginning an intake, changing what it is made of, dropping it. Each is noted before it is done.

Every act names the version that its doer saw: of two people at once the second is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from meibo.apps.personnel.actions.deliveries import files
from meibo.apps.personnel.actions.deliveries.files import Offered
from meibo.apps.personnel.actions.intake.findings import digests
from meibo.apps.personnel.models import Intake, OpenFinding
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.feeds import library
from meibo.platform.feeds.recognising import recognise
from meibo.platform.jobs.models import Job

DAYS_KEPT = timedelta(days=14)
"""For so long files lie here that nobody loads."""
SOURCES = {"upload": "画面から", "drop": "受け渡しフォルダーから", "sample": "見本"}


class IntakeError(ValueError):
    """It can't be done; the message says why and what to do."""


def begin(offered: Iterable[Offered], source: str, *, actor: Actor, now: datetime) -> Intake:
    """Take files in for looking at them. Raises UnfitError, and then nothing is kept."""
    noted(None, "intake begin", actor, now, source=source)
    made = Intake.objects.create(
        title="取込",
        source=source,
        begun=now,
        begun_by=actor.name,
        touched=now,
        touched_by=actor.name,
    )
    try:
        files.put(files.files(made.pk), offered)
        _recognise(made)
    except Exception:
        files.remove(made.pk)
        made.delete()
        raise
    made.save()
    return made


def add(
    number: int, offered: Iterable[Offered], version: int, *, actor: Actor, now: datetime
) -> None:
    """Add files to an intake."""

    def deed(found: Intake) -> None:
        files.put(files.files(found.pk), offered)

    _change(number, version, "intake files", deed, actor=actor, now=now)


def take_away(number: int, name: str, version: int, *, actor: Actor, now: datetime) -> None:
    """Take one file out of an intake."""

    def deed(found: Intake) -> None:
        if not files.remove_one(found.pk, name):
            raise IntakeError("そのファイルはもうありません。")

    _change(number, version, "intake files", deed, actor=actor, now=now)


def choose(number: int, key: str, version: int, *, actor: Actor, now: datetime) -> None:
    """Read it with another definition than the one that was recognised."""

    def deed(found: Intake) -> None:
        known = library.find(key)
        if known is None or known.definition is None:
            raise IntakeError("その取込定義は使えません。ほかのものを選んでください。")
        found.definition, found.title = key, known.name

    _change(number, version, "intake definition", deed, actor=actor, now=now)


def discard(number: int, version: int, *, actor: Actor, now: datetime) -> None:
    """Drop an intake: its files go, and what only it had found."""
    with transaction.atomic():
        found = held(number, version)
        noted(found, "intake discard", actor, now)
        _end(found, actor.name, now)
    files.remove(number)


def expire(*, now: datetime) -> int:
    """Drop what nobody has touched for a fortnight; how many that was."""
    left = Intake.objects.filter(
        state__in=[Intake.OPEN, Intake.CHECKED], touched__lt=now - DAYS_KEPT
    )
    count = 0
    for number in list(left.values_list("pk", flat=True)):
        with transaction.atomic():
            found = left.select_for_update().filter(pk=number).first()
            if found is None or is_busy(found):
                continue
            noted(found, "intake expire", Actor("meibo work"), now)
            _end(found, "", now)
        files.remove(number)
        count += 1
    return count


def _end(found: Intake, by: str, now: datetime) -> None:
    found.state = Intake.DISCARDED
    touch(found, by, now)
    OpenFinding.objects.filter(intake=found.pk, pending=True, way="").delete()


def held(number: int, version: int) -> Intake:
    """An intake that can still be changed, in the version that was seen, locked.

    Raises IntakeError where somebody was faster.
    """
    found = Intake.objects.select_for_update().filter(pk=number).first()
    if found is None or found.state in {Intake.LOADED, Intake.DISCARDED}:
        raise IntakeError("この取込はもう終わっています。")
    if is_busy(found):
        raise IntakeError(
            f"{found.touched_by} さんが始めた仕事が動いています。"
            "終わってからもう一度試してください。"
        )
    if found.version != version:
        raise IntakeError(
            f"あなたが見ている間に、{found.touched_by} さんがこの取込を変えました。"
            "いまの様子を表示しています。確かめて、もう一度試してください。"
        )
    return found


def is_busy(found: Intake) -> bool:
    """Whether a job is at it."""
    return Job.objects.filter(pk=found.job, state__in=[Job.WAITING, Job.RUNNING]).exists()


def touch(found: Intake, by: str, now: datetime) -> None:
    """Save a change."""
    found.version += 1
    found.touched, found.touched_by = now, by
    found.save()


def noted(found: Intake | None, what: str, actor: Actor, now: datetime, **more: object) -> None:
    """Write into the audit log what is about to be done."""
    number = {"intake": found.pk} if found else {}
    note(Entry(Act.FEED, {"what": what, **number, **more}), actor=actor, now=now)


def _change(
    number: int,
    version: int,
    what: str,
    deed: Callable[[Intake], None],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """One change of what an intake is made of; what had been checked no longer holds."""
    with transaction.atomic():
        found = held(number, version)
        noted(found, what, actor, now)
        chosen = found.definition
        deed(found)
        _recognise(found, chosen=found.definition if found.definition != chosen else chosen)
        found.state, found.checked, found.report = Intake.OPEN, None, {}
        touch(found, actor.name, now)


def _recognise(found: Intake, chosen: str = "") -> None:
    """Which definition fits; the first time the best one is chosen."""
    place = files.files(found.pk)
    found.digests = digests(place)
    usable = [(k.key, k.definition) for k in library.known() if k.definition is not None]
    fits = recognise(usable, place)
    found.recognised = {fit.key: asdict(fit) for fit in fits}
    best = fits[0] if fits and fits[0].score[0] else None
    if chosen:
        return
    found.definition = best.key if best else ""
    found.title = best.name if best else "読み方の分からないファイル"
