"""The grid of a plan: each line as a row of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.queries.plans.lookups import Desk
from meibo.domain.book import OPEN, Effect, Line
from meibo.domain.checking.cells import COLUMNS, UNKNOWN
from meibo.ledger.drawer import DraftLine

#: The columns in order: name, title, whether it is typed into.
TITLES = {
    "person": "職員番号",
    "name": "氏名",
    "wording": "用語",
    "effective": "発令日",
    "unit": "新所属",
    "post": "新職",
    "grade": "級",
    "until": "期限",
    "note": "備考",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `unread`: what is in it could not be read."""

    name: str
    text: str
    unread: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the plan. `place`: its number in the grid; `now`: where the person is before."""

    id: int
    version: int
    place: int
    cells: tuple[Cell, ...]
    now: str
    person: str
    newcomer: bool
    fixed: bool

    def text(self, name: str) -> str:
        """What stands in a cell."""
        return next(cell.text for cell in self.cells if cell.name == name)


def rows(desk: Desk, drafts: Iterable[DraftLine], first: int = 1) -> list[Row]:
    """These lines as rows; `first` is the place of the first of them."""
    return [row(desk, draft, place) for place, draft in enumerate(drafts, first)]


def row(desk: Desk, draft: DraftLine, place: int = 0) -> Row:
    """One line as a row. A reorganisation is made on a page of its own, and fixed here."""
    line = draft.line
    state = desk.states.get(line.person)
    known = state or desk.newcomers.get(line.person) or {}
    texts = _texts(desk, line, known)
    fixed = line.effect is Effect.REMAP
    cells = tuple(
        Cell(
            name,
            draft.unread.get(name, texts[name]),
            name in draft.unread,
            fixed or (name == "name" and line.person != UNKNOWN and draft.newcomer is None),
        )
        for name in COLUMNS
    )
    now = "" if state is None else _place(desk, state)
    newcomer = draft.newcomer is not None
    return Row(draft.id, draft.version, place, cells, now, line.person, newcomer, fixed)


def _texts(desk: Desk, line: Line, known: Mapping[str, object]) -> dict[str, str]:
    house = line.effect is Effect.REMAP
    return {
        "person": "" if house else str(known.get("staff_no") or ""),
        "name": "（全庁）" if house else str(known.get("name") or "").replace("\u3000", " "),
        "wording": line.wording,
        "effective": line.effective.isoformat(),
        "unit": desk.unit_text(line.unit),
        "post": desk.post_text(line.post),
        "grade": "" if line.grade is None else str(line.grade),
        "until": _day(line.until or line.term_end),
        "note": line.note or "",
    }


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return "期限なし" if day == OPEN else day.isoformat()


def _place(desk: Desk, state: Mapping[str, object]) -> str:
    code = str(state.get("unit") or "")
    unit = " ".join((desk.tree_before.path(code) or desk.tree.path(code))[1:])
    grade = f"（{state['grade']}級）" if state.get("grade") else ""
    since = str(state.get("since") or "")
    coming = f"（{since}から）" if since >= desk.day.isoformat() else ""
    return f"{unit} {desk.post_text(str(state.get('post') or ''))}{grade}{coming}".strip()
