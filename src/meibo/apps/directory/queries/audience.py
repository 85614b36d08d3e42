"""Who sees what, in words: the disclosure table as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meibo.domain.disclosure import TIES, Row, Table, Viewer
from meibo.ledger import policy

#: Who is named when everybody of the house sees a field anyway.
_HOUSE = frozenset({"staff", "unit", "clerk", "head", "self", "hr", "payroll", "crisis"})
_UNIT_PREFIX = "unit."


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees one field: the ties by name, and who only while an event is open."""

    always: tuple[str, ...]
    in_event: tuple[str, ...]
    everyone: bool = False


def audiences(today: date) -> Mapping[str, Audience]:
    """Field of the disclosure table → who sees it besides the person."""
    return {row.field: _audience(row) for row in policy.table(today).rows}


def _audience(row: Row) -> Audience:
    seeing = [tie for tie in TIES if "v" in row.cells.get(tie, "") and tie != "self"]
    event = [TIES[tie] for tie in TIES if "e" in row.cells.get(tie, "")]
    if "public" in seeing:
        return Audience(("庁内のすべての職員", "住民"), tuple(event), everyone=True)
    if "staff" in seeing:
        others = [TIES[tie] for tie in seeing if tie not in _HOUSE]
        return Audience(("庁内のすべての職員", *others), tuple(event), everyone=True)
    return Audience(tuple(TIES[tie] for tie in seeing), tuple(event))


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
    table = policy.table()
    return "exists" in table.seen(table.reaching(viewer.ties, day, viewer.today))
