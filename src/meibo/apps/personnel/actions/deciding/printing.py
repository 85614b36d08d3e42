"""内示書 and drafts of 辞令 of a plan, for those who may open it: at once, or as a job."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from meibo.apps.personnel.actions.deciding.noting import note_deed
from meibo.apps.personnel.queries.deciding.sheets import KINDS, can_be_made, sheet_of
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer
from meibo.ledger.drawer import DrawerError
from meibo.platform.audit.actions import Actor
from meibo.platform.door import viewer_of_job
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.kinds import JobError, Progress
from meibo.platform.jobs.models import Job
from meibo.platform.layout.frame import town
from meibo.platform.papers import beside
from meibo.platform.papers.beside import Ready
from meibo.platform.papers.wording import WordingError

SOURCE = "personnel.plan"
_TOKYO = ZoneInfo("Asia/Tokyo")


def set_sheet(
    number: int,
    kind: str,
    people: Collection[str] | None,
    viewer: Viewer,
    *,
    actor: Actor,
    now: datetime,
) -> Ready:
    """A sheet of a plan, written down before it is made. `people`: None for everybody whom the plan
    speaks to. Raises DrawerError."""
    plan = drawer.plan(number, actor.name)
    if not can_be_made(kind, plan):
        raise DrawerError("いまの案の段階では、この書類は作れません。")
    note_deed(number, f"{KINDS[kind].label}を作る", actor=actor, now=now)
    try:
        ready = sheet_of(kind, plan, viewer, town(), people)
    except WordingError as error:
        raise DrawerError(f"辞令の文言の表を読めません。{error}") from error
    if not ready.count:
        raise DrawerError("書類に載せる人がいません。")
    return ready


def ask_for_sheet(
    number: int, kind: str, people: Collection[str] | None, *, actor: Actor, now: datetime
) -> Job:
    """Ask for it as a job. Raises DrawerError."""
    plan = drawer.plan(number, actor.name)
    if not can_be_made(kind, plan):
        raise DrawerError("いまの案の段階では、この書類は作れません。")
    chosen = None if people is None else sorted(people)
    arguments = {"source": SOURCE, "plan": number, "sheet": kind, "people": chosen}
    title = f"異動案 {number} の{KINDS[kind].label}"
    return jobs.ask(beside.KIND, title, arguments, actor=actor, now=now)


def give_sheet(
    arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress
) -> Ready:
    """The sheet for the job, if who asked may still open the plan."""
    viewer = viewer_of_job(actor.name, now.astimezone(_TOKYO).date())
    if viewer is None or not viewer.holds("hr"):
        raise JobError("この書類を作る立場ではなくなりました。")
    progress("異動案を読む", 0, 3)
    number, kind = int(arguments["plan"]), arguments["sheet"]
    try:
        ready = set_sheet(number, kind, arguments["people"], viewer, actor=actor, now=now)
    except DrawerError as error:
        raise JobError(str(error)) from error
    progress("用紙を組む", 1, 3)
    return ready
