"""公開基準 while it is being changed: written as CSV, compared, looked over for what is odd."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meibo.domain.disclosure import TIES, Row, Table
from meibo.domain.free_fields import WRITERS

PAST, FUTURE = "*past_days", "*future_days"
HORIZONS: Mapping[str, str] = {PAST: "さかのぼって見られる日数", FUTURE: "先を見られる日数"}
#: What a cell may hold, in the order in which a chooser offers it.
CELLS = ("", "v", "vs", "s", "e", "se")
_UNIT = "unit."
#: Whose values find a person at home: to search by them tells who lives or calls there.
_HOME = frozenset({"address", "contacts", "emergency", "birth_date", "commuting", "family"})


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that two tables have otherwise; of a horizon the days, `*` for any."""

    field: str
    label: str
    tie: str
    before: str
    after: str

    @property
    def horizon(self) -> bool:
        """Whether it is how far a tie looks, and not a field."""
        return self.field in HORIZONS

    def gains(self, letter: str) -> bool:
        """Whether the tie may do from now on what it could not."""
        return not self.horizon and letter in self.after and letter not in self.before

    def loses(self, letter: str) -> bool:
        """Whether the tie can't do any more what it could."""
        return not self.horizon and letter in self.before and letter not in self.after


def ordered(letters: str) -> str:
    """The letters of a cell in one order, so that equal cells are equal text."""
    return "".join(letter for letter in "vse" if letter in letters)


def days_text(days: int | None) -> str:
    """A horizon as the table writes it."""
    return "*" if days is None else str(days)


def written(table: Table) -> str:
    """The table as CSV, in the spelling of the town's file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    kinds = ["kind"] if any(row.kind for row in table.rows) else []
    writer.writerow(["field", "label", *TIES, *kinds])
    for name, days in ((PAST, table.past), (FUTURE, table.future)):
        writer.writerow(
            [
                name,
                HORIZONS[name],
                *(days_text(days.get(tie, 0)) for tie in TIES),
                *([""] if kinds else []),
            ]
        )
    for row in table.rows:
        cells = (ordered(row.cells.get(tie, "")) for tie in TIES)
        writer.writerow([row.field, row.label, *cells, *([row.kind] if kinds else [])])
    return out.getvalue()


def differences(old: Table, new: Table) -> list[CellChange]:
    """Every cell that differs, horizons first, then in the order of the new table; a field that
    only the old one has comes last and is empty in the new one."""
    found = list(_horizons(old, new))
    before = {row.field: row for row in old.rows}
    gone = [row for row in old.rows if row.field not in {each.field for each in new.rows}]
    for row in (*new.rows, *(Row(row.field, row.label, {}) for row in gone)):
        known = before.get(row.field)
        for tie in TIES:
            was = ordered(known.cells.get(tie, "")) if known else ""
            now = ordered(row.cells.get(tie, ""))
            if was != now:
                found.append(CellChange(row.field, row.label, tie, was, now))
    return found


@dataclass(frozen=True, slots=True)
class RowChange:
    """A field that one of two tables has alone, or that the two call or read otherwise; empty
    where it is not."""

    field: str
    before: str
    after: str


def row_changes(old: Table, new: Table) -> list[RowChange]:
    """What differs in the rows themselves, whoever may see them."""
    was, now = _described(old), _described(new)
    return [
        RowChange(name, was.get(name, ""), now.get(name, ""))
        for name in dict.fromkeys([*now, *was])
        if was.get(name, "") != now.get(name, "")
    ]


def _described(table: Table) -> dict[str, str]:
    found = {row.field: row.label for row in table.rows}
    for name, field in table.free.items():
        choices = f"：{'・'.join(field.choices)}" if field.choices else ""
        by = "、".join(words for key, words in WRITERS.items() if key in field.by)
        writers = f"、{by}も書ける" if by else ""
        found[name] = f"{field.label}（{field.type_label}{choices}{writers}）"
    return found


def _horizons(old: Table, new: Table) -> Iterable[CellChange]:
    for name, was, now in ((PAST, old.past, new.past), (FUTURE, old.future, new.future)):
        for tie in TIES:
            a, b = days_text(was.get(tie, 0)), days_text(now.get(tie, 0))
            if a != b:
                yield CellChange(name, HORIZONS[name], tie, a, b)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd in a table, by row and column. What is `grave` can't be approved."""

    field: str
    tie: str
    message: str
    grave: bool = False


def doubts(table: Table) -> list[Doubt]:
    """What whoever approves a table should have thought of."""
    cells = {row.field: row.cells for row in table.rows}
    labels = {row.field: row.label for row in table.rows}
    found = [
        Doubt("exists", tie, f"{TIES[tie]}が在籍を見られなくなると、その人の仕事が止まります", True)
        for tie in ("self", "hr")
        if "v" not in cells.get("exists", {}).get(tie, "")
    ]
    for name, row in cells.items():
        if name.startswith(_UNIT) or name == "exists":
            continue
        for tie, letters in row.items():
            if letters and "v" not in cells.get("exists", {}).get(tie, ""):
                said = "在籍していることが見られない立場なので、この字は効きません"
                found.append(Doubt(name, tie, said))
            elif name in _HOME and "s" in letters and tie not in ("self", "hr"):
                said = f"{labels[name]}を知っている人なら、だれの{labels[name]}かが分かります"
                found.append(Doubt(name, tie, said))
        if "v" in row.get("hr", "") and name != "note" and "v" not in row.get("self", ""):
            found.append(Doubt(name, "self", "人事担当に見えて本人に見えない項目になります"))
    return found
