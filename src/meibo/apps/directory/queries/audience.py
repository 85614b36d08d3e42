"""Who sees what, in words: the disclosure table as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meibo.domain.disclosure import (
    CHOSEN,
    TIES,
    Protection,
    Table,
    Viewer,
    protected,
    shared_with,
)
from meibo.ledger import policy

#: Who is named as everybody of the house where a colleague sees a field.
_HOUSE = frozenset({"staff", "unit", "clerk", "head", "self", "hr", "payroll", "crisis"})
#: Ties that only a colleague holds: they come besides that of staff.
_NEAR = frozenset({"unit", "clerk", "head"})
_UNIT_PREFIX = "unit."


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees one field: the ties by name, and who only while an event is open."""

    always: tuple[str, ...]
    in_event: tuple[str, ...]
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody chose for the fields in CHOSEN, and how far they are protected today."""

    choices: Mapping[str, str]
    level: Protection | None = None


def audiences(own: Own, today: date) -> Mapping[str, Audience]:
    """Field of the disclosure table → who sees it of this person, besides the person."""
    table = policy.table(today)
    seeing = {tie: _seen(table, own, tie, event=False) for tie in TIES if tie != "self"}
    events = {tie: _seen(table, own, tie, event=True) - seeing[tie] for tie in seeing}
    return {
        row.field: _audience(
            [tie for tie, fields in seeing.items() if row.field in fields],
            [tie for tie, fields in events.items() if row.field in fields],
        )
        for row in table.rows
    }


def _seen(table: Table, own: Own, tie: str, *, event: bool) -> frozenset[str]:
    """What one tie sees of this person; nothing where it may not know that they are there."""
    ties = frozenset({tie, "staff"} if tie in _NEAR else {tie})
    seen = protected(table.seen(ties, event=event), own.level, ties)
    if "exists" not in seen:
        return frozenset()
    return frozenset(
        name
        for name in seen
        if name not in CHOSEN or shared_with(own.choices.get(name, "all"), ties)
    )


def _audience(seeing: list[str], event: list[str]) -> Audience:
    everyone = "staff" in seeing
    named = ["庁内のすべての職員"] if everyone else []
    named += [TIES[tie] for tie in seeing if not (everyone and tie in _HOUSE)]
    waiting = [TIES[tie] for tie in event if not (everyone and tie in _HOUSE)]
    return Audience(tuple(named), tuple(waiting), everyone)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table in words; `mark` is short, `words` say it in full."""

    mark: str
    words: str


_CELLS = {
    "vs": Cell("◎", "見られる、さがせる"),
    "v": Cell("○", "見られる"),
    "s": Cell("△", "さがすときだけ使える（値は見えない）"),
    "e": Cell("災", "災害などの間だけ見られる"),
    "": Cell("―", "見られない"),
}


def cell(letters: str) -> Cell:
    """What a cell's letters mean."""
    for known in ("vs", "v", "s", "e"):
        if set(known) <= set(letters):
            return _CELLS[known]
    return _CELLS[""]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table as a page shows it."""

    label: str
    cells: tuple[Cell, ...]


def table_lines(table: Table) -> tuple[list[Line], list[Line]]:
    """The rows about people, then those about units; a cell a tie, in the order of TIES."""
    people: list[Line] = []
    units: list[Line] = []
    for row in table.rows:
        line = Line(row.label, tuple(cell(row.cells.get(tie, "")) for tie in TIES))
        (units if row.field.startswith(_UNIT_PREFIX) else people).append(line)
    return people, units


def horizon(days: Mapping[str, int | None]) -> list[str]:
    """How far from today each tie looks, in words, in the order of TIES."""
    return [_reach(days.get(tie, 0)) for tie in TIES]


def _reach(days: int | None) -> str:
    if days is None:
        return "いつまでも"
    return f"{days}日" if days else "今日だけ"


def search_words(ties: frozenset[str], today: date) -> list[str]:
    """The names of the fields that these ties may search by, for the page that found nothing."""
    table = policy.table(today)
    searched = table.searched(ties)
    return [row.label for row in table.rows if row.field in searched and row.field != "exists"]


def looks_at(viewer: Viewer, day: date) -> bool:
    """Whether this viewer may look at people as of a day."""
    table = policy.table(viewer.today)
    return "exists" in table.seen(table.reaching(viewer.ties, day, viewer.today))
