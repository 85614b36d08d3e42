"""What a reconciliation found, for who looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from meibo.apps.exchange.models import Difference, Run
from meibo.apps.exchange.queries.causes import CAUSES, WHAT_TO_DO
from meibo.apps.exchange.queries.people import names_of
from meibo.apps.exchange.queries.records import filed_as, row_of
from meibo.apps.exchange.queries.sealing import Sealer
from meibo.domain.disclosure import Viewer
from meibo.ledger import draw_units, house
from meibo.ledger.sight import Sight
from meibo.platform.layout.wording import SEX
from meibo.platform.proposals.queries import asking

KINDS = {"here": "名簿にだけいる", "there": "給与にだけいる", "differs": "値が違う"}
KINDS |= {"unreadable": "読めない値", "broken": "読めない行", "double": "重なる行"}
WHOLE = "ファイル全体"
HEADS = ("職員番号", "氏名", "種類", "項目", "名簿", "給与", "考えられる原因", "いつから", "説明")
_TABLES = {"post": "post", "job": "job", "employment": "employment"}
_TABLES |= {"leave": "leave", "dispatch": "dispatch"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see of a run."""

    kind: str = ""
    field: str = ""
    cause: str = ""
    state: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words. `seen`: whether this viewer may see the field."""

    row: Difference
    name: str
    kind: str
    ours: str
    theirs: str
    cause: str
    hint: str
    note: str
    seen: bool
    asked: bool
    number: str

    def cells(self) -> tuple[str, ...]:
        """As a row of a file."""
        since = self.row.since.isoformat() if self.row.since else ""
        explained = self.note or ("説明ずみ" if self.row.explained_at else "")
        return (
            *(self.number, self.name, self.kind, self.row.header),
            *(self.ours, self.theirs, self.cause, since, explained),
        )


def rate(run: Run) -> float | None:
    """データ連携率: equal values of all that both sides should have, in percent; rounded down, so
    that it says 100 only where every one of them is equal."""
    return 10000 * run.equal // run.compared / 100 if run.compared else None


def noted(run: Run) -> list[tuple[str, ...]]:
    """What was wrong with the file as a whole, as rows of the list."""
    empty = [""] * len(HEADS)
    place = HEADS.index("考えられる原因")
    return [("", "", WHOLE, *empty[3:place], said, *empty[place + 1 :]) for said in run.notes]


def chosen(run: Run, wish: Wish) -> QuerySet[Difference]:
    """The differences that a wish leaves."""
    rows = run.differences.all()
    for name in ("kind", "field", "cause"):
        if value := getattr(wish, name):
            rows = rows.filter(**{name: value})
    if wish.number:
        rows = rows.filter(staff_no=wish.number)
    if wish.state:
        rows = rows.filter(explained_at__isnull=wish.state == "open")
    return rows


def told(viewer: Viewer, rows: Iterable[Difference]) -> list[Told]:
    """Differences in words; values only of fields that this viewer may see of that person."""
    rows = list(rows)
    people = {row.person for row in rows if row.person}
    names, sight, sealer = names_of(viewer, people), Sight(viewer), Sealer(people)
    names_asked = {row.field for row in rows if row.field}
    asked = {f: asking("payroll", [filed_as(f)]) for f in names_asked}
    found = []
    for row in rows:
        fields = sight.seen(row.person, sight.ties(row.person)) if row.person else frozenset()
        seen = row_of(row.field or "staff_no") in fields
        values = (row.ours, row.theirs) if seen else ("", "")
        ours, theirs = (sealer.open(row.person, v) for v in values)
        ours = _words(row.field, ours, row.run.as_of)
        if row.kind == "differs":
            theirs = _words(row.field, theirs, row.run.as_of)
        note = sealer.open(row.person, row.note) if row.person else row.note
        found.append(
            Told(
                row,
                names.get(row.person, ""),
                KINDS[row.kind],
                ours,
                theirs,
                CAUSES[row.cause],
                WHAT_TO_DO[row.cause],
                note,
                seen,
                row.person in asked.get(row.field, ()),
                row.staff_no if not row.person or "staff_no" in fields else "",
            )
        )
    return found


def _words(field: str, value: str, on: date) -> str:
    """A code with its name, or as people say it."""
    if not value:
        return ""
    if field == "sex":
        return SEX.get(value, value)
    if field == "unit":
        return f"{value} {draw_units.unit_name(value, on)}"
    table = _TABLES.get(field)
    name = house.codes().name(table, value) if table else None
    return f"{value} {name}" if name and name != value else value
