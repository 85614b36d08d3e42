"""Lines of a plan as they are printed before they are orders: 内示書, and 辞令 as a draft.

As pages of plans do, this reads states and not cards: what is told of whom stands in no log that
others read. A note is personnel's own until it is announced, and is on no sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meibo.apps.personnel.actions.deciding.printing import INFORMAL, can_be_made, note_sheet
from meibo.apps.personnel.queries.deciding.reading import Teller, seat_of
from meibo.domain.book import OPEN, Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer, house
from meibo.ledger.drawer import UNKNOWN, DrawerError
from meibo.platform.audit.actions import Actor
from meibo.platform.door import viewer_of_job
from meibo.platform.jobs.kinds import JobError, Progress
from meibo.platform.layout.frame import town
from meibo.platform.papers.beside import Ready
from meibo.platform.papers.orders import (
    OrderRow,
    appointments,
    informal,
    seated,
    unknown_wordings,
)
from meibo.platform.papers.wording import WordingError, wording
from meibo.platform.town import appoints

_TOKYO, _DAY = ZoneInfo("Asia/Tokyo"), timedelta(days=1)
#: What an order does not put into anybody's hand.
_UNPRINTED = frozenset({Effect.VOID, Effect.REMAP})


def printed(number: int) -> list[drawer.DraftLine]:
    """The lines of a plan that would be put into somebody's hand."""
    return [
        draft
        for draft in drawer.lines(number)
        if draft.line.person not in {"", UNKNOWN} and draft.line.effect not in _UNPRINTED
    ]


def sheet_of(
    kind: str, plan: drawer.PlanCard, viewer: Viewer, town: str, people: Collection[str] | None
) -> Ready:
    """A sheet of a plan: for these people, or for everybody whom it speaks to. Who calls has made
    sure that the plan may be seen. Raises WordingError where the town's sentences can't be read."""
    drafts = [d for d in printed(plan.id) if people is None or d.line.person in people]
    told = plan.notice_at.astimezone(_TOKYO).date() if plan.notice_at else None
    rows = rows_of(plan.id, drafts, viewer, told if kind == INFORMAL else None)
    said = wording()
    if kind == INFORMAL:
        sheet = informal(rows, said, town)
    else:
        sheet = appointments(rows, said, town, draft=True)
    unknown = unknown_wordings(rows, said)
    remark = f"文言の表（town/forms/jirei.toml）にない種別があります：{'、'.join(unknown)}"
    count = len({draft.line.person for draft in drafts})
    return Ready(sheet, count, (remark,) if unknown else ())


def own_sheet(viewer: Viewer, noticed: Sequence[drawer.NoticedLine], town: str) -> Ready:
    """内示書 of the reader's own lines, of every plan that speaks to them now."""
    plans: dict[int, list[drawer.NoticedLine]] = {}
    for each in noticed:
        if each.own and each.draft.line.effect not in _UNPRINTED:
            plans.setdefault(each.plan.id, []).append(each)
    rows = []
    for number, own in plans.items():
        at = own[0].plan.notice_at
        told = at.astimezone(_TOKYO).date() if at else None
        rows += rows_of(number, [each.draft for each in own], viewer, told)
    return Ready(informal(rows, wording(), town), 1 if rows else 0)


def rows_of(
    number: int, drafts: Sequence[drawer.DraftLine], viewer: Viewer, told: date | None
) -> list[OrderRow]:
    """Lines of a plan as rows to print. No number: it is given when they are announced."""
    teller = Teller(number, viewer, [draft.line for draft in drafts])
    return [_row(teller, draft, told) for draft in drafts]


def _row(teller: Teller, draft: drawer.DraftLine, told: date | None) -> OrderRow:
    line, codes = draft.line, house.codes()
    day, person = line.effective, line.person
    before = teller.states[day].get(person) or {}
    after = teller.preview.after(person, day) or {}
    state = after or before

    def seat(unit: str | None, post: str | None, on: date) -> tuple[str, str]:
        path = "".join(teller.tree(on).path(unit)) if unit else ""
        return path, codes.name("post", post) or ""

    named, held = (seat(*each, day) for each in ((line.unit, line.post), seat_of(after)))
    unit, post = seated(line.effect, named, held)
    old_unit, old_post = seat(*seat_of(before), day - _DAY)
    return OrderRow(
        name=teller.name(person, day),
        effective=day,
        wording=line.wording or line.effect.value,
        kana=str(state.get("kana") or ""),
        staff_no=str(state.get("staff_no") or draft.newcomer or ""),
        authority=line.authority or _appoints(teller, line, before),
        unit=unit,
        post=post,
        grade=str(line.grade or ""),
        job=codes.name("job", line.job) or "",
        employment=codes.name("employment", line.employment) or "",
        until=_day(line.until),
        term_end=_day(line.term_end),
        body=line.body or "",
        reason=codes.name(line.slot or "leave", line.reason) or "",
        old_unit=old_unit,
        old_post=old_post,
        told=told,
    )


def _appoints(teller: Teller, line: Line, before: Mapping[str, Any]) -> str:
    """Who appoints where the person goes; of an order that names no unit, where they are."""
    if line.unit:
        return appoints(line.unit, teller.tree(line.effective))
    return appoints(seat_of(before)[0], teller.tree(line.effective - _DAY))


def _day(day: date | None) -> date | None:
    return None if day == OPEN else day


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
    plan = note_sheet(number, kind, actor=actor, now=now)
    try:
        ready = sheet_of(kind, plan, viewer, town(), people)
    except WordingError as error:
        raise DrawerError(f"辞令の文言の表を読めません。{error}") from error
    if not ready.count:
        raise DrawerError("書類に載せる人がいません。")
    return ready


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
    return replace(ready, subject=f"{number}/{kind}")


def may_have_sheet(subject: str, *, viewer: Viewer, account: str) -> bool:
    """Whether an account may still have a sheet that was made of a plan: it has the duty, is named
    on the plan, and the plan is where there is such a sheet, or has become orders."""
    number, _, kind = subject.partition("/")
    try:
        plan = drawer.plan(int(number), account)
    except DrawerError:
        return False
    return viewer.holds("hr") and (can_be_made(kind, plan) or plan.state == drawer.ANNOUNCED)
