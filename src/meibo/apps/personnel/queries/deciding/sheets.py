"""Lines of a plan as they are printed before they are orders: 内示書, and 辞令 as a draft.

As pages of plans do, this reads states and not cards: what is told of whom stands in no log that
others read. A note is personnel's own until it is announced, and is on no sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meibo.apps.personnel.queries.deciding.reading import Teller
from meibo.domain.book import OPEN, Effect
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer, house
from meibo.ledger.drawer import ANNOUNCED, APPROVED, DRAFT, NOTICED, SUBMITTED, UNKNOWN
from meibo.platform.papers.beside import Ready
from meibo.platform.papers.orders import OrderRow, appointments, informal, unknown_wordings
from meibo.platform.papers.wording import wording

_TOKYO = ZoneInfo("Asia/Tokyo")
#: What an order does not put into anybody's hand.
_UNPRINTED = frozenset({Effect.VOID, Effect.REMAP})


@dataclass(frozen=True, slots=True)
class Kind:
    """A sheet of a plan, and the states of the plan in which there is one."""

    label: str
    states: frozenset[str]


INFORMAL, LETTER = "informal", "jirei"
KINDS: Mapping[str, Kind] = {
    INFORMAL: Kind("内示書", frozenset({APPROVED, NOTICED})),
    LETTER: Kind("辞令（案）", frozenset({DRAFT, SUBMITTED, APPROVED, NOTICED})),
}


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
    state = teller.preview.after(person, day) or before

    def place(unit: str | None, on: date) -> str:
        return "".join(teller.tree(on).path(unit)) if unit else ""

    return OrderRow(
        name=teller.name(person, day),
        effective=day,
        wording=line.wording or line.effect.value,
        kana=str(state.get("kana") or ""),
        staff_no=str(state.get("staff_no") or draft.newcomer or ""),
        authority=line.authority or "",
        unit=place(line.unit, day),
        post=codes.name("post", line.post) or "",
        grade=str(line.grade or ""),
        job=codes.name("job", line.job) or "",
        employment=codes.name("employment", line.employment) or "",
        until=_day(line.until),
        term_end=_day(line.term_end),
        body=line.body or "",
        reason=codes.name(line.slot or "leave", line.reason) or "",
        old_unit=place(_text(before, "unit"), day - timedelta(days=1)),
        old_post=codes.name("post", _text(before, "post")) or "",
        told=told,
    )


def _text(state: Mapping[str, Any], name: str) -> str | None:
    return str(state[name]) if state.get(name) else None


def _day(day: date | None) -> date | None:
    return None if day == OPEN else day


def can_be_made(kind: str, plan: drawer.PlanCard) -> bool:
    """Whether a plan has such a sheet as it stands."""
    return kind in KINDS and plan.state in KINDS[kind].states and plan.state != ANNOUNCED
