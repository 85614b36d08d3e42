"""発令 as a job: asked for on the page that confirms it, done once, told as it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from meibo.apps.personnel.actions.deciding.blocking import refuse_errors
from meibo.apps.personnel.actions.deciding.noting import note_deed
from meibo.apps.personnel.actions.deciding.submitting import of_editor
from meibo.apps.personnel.models import Submission
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import ANNOUNCED, APPROVED, NOTICED, DrawerError
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.kinds import Done, JobError, Progress
from meibo.platform.jobs.models import Job
from meibo.platform.numbering import numbering

KIND = "personnel.announce"
_TOKYO = ZoneInfo("Asia/Tokyo")


def ask_to_announce(
    number: int, *, version: int, actor: Actor, now: datetime, early: bool = False
) -> Job:
    """Ask for a plan to be announced as it was looked at. `early`: although the hour of its 内示
    has not come; what is announced can be looked up at once."""
    plan = of_editor(number, actor)
    if plan.state not in {APPROVED, NOTICED}:
        raise DrawerError("決裁が済んでいないか、もう発令した異動案です。")
    if plan.version != version:
        raise DrawerError("見ていた間に異動案が変わりました。もう一度確かめてください。")
    if plan.waits_for_notice(now) and not early:
        raise DrawerError("内示の時刻がまだです。それでも発令するときは、欄に印を付けてください。")
    note_deed(number, "発令を始める", actor=actor, now=now)
    arguments = {"plan": number, "version": version}
    return jobs.ask(KIND, f"異動案 {number} の発令", arguments, actor=actor, now=now)


def run_announce(
    arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress
) -> Done:
    """Announce. Killed before its end nothing was announced; killed after it, the next run finds
    that it was."""
    number = int(arguments["plan"])
    address = reverse("personnel:plan_deciding", args=[number])
    try:
        plan = of_editor(number, actor)
        if plan.state == ANNOUNCED:
            return Done(f"{plan.lines}件を発令しました。", address)
        with transaction.atomic():
            writer.lock()
            progress("指摘を確かめる", 0, plan.lines)
            refuse_errors(number, now.astimezone(_TOKYO).date())
            progress("発令簿に書く", 0, plan.lines)
            _note(number, actor, now)
            done = drawer.announce(
                number,
                actor=actor.name,
                now=now,
                version=int(arguments["version"]),
                numbering=numbering(),
                progress=progress,
            )
            Submission.objects.filter(plan=number).update(snapshot="[]")
    except DrawerError as error:
        raise JobError(str(error)) from error
    return Done(f"{done.orders}件を発令しました。", address)


def _note(number: int, actor: Actor, now: datetime) -> None:
    """Before it is done: whose orders. From here on it is no secret."""
    people = {draft.line.person for draft in drawer.lines(number)} - {""}
    detail = {"plan": number, "deed": "発令", "people": len(people)}
    note(Entry(Act.ORDER, detail, people), actor=actor, now=now)
