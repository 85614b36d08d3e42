"""定数現員表 and 年齢・級構成: numbers, for personnel, who see everybody counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from meibo.apps.papers.queries.asked import Asked, Card, Made, listed
from meibo.domain import calendar
from meibo.ledger import reader
from meibo.ledger.establishment import Quota, establishment
from meibo.platform import town
from meibo.platform.layout.wording import as_date
from meibo.platform.papers.cells import Number
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Column, Section, Table

GRADES = (6, 5, 4, 3, 2, 1, 0)
_SECTION = 2
_YOUNGEST, _OLDEST, _BAND = 20, 65, 5


def strength(asked: Asked) -> Made:
    """定数現員表: establishment against those present, by section (課) and grade. Present is who
    has the main post there and counts by the town's terms; those away are counted and told."""
    present, away = _present(asked.cards())
    allowed = establishment(asked.on)
    units = {unit.code: unit for unit in reader.units(asked.viewer, on=asked.on)}
    sums: dict[str, _Sum] = {}
    for code, unit in units.items():
        if asked.unit and asked.unit not in unit["codes"]:
            continue
        own = _Sum(allowed.get(code, {}), present.get(code, Counter()), away[code])
        for at in _levels(unit, units):
            sums[at] = sums.get(at, _Sum()) + own
    sections, book = _sections(units, sums, _Sum.on_paper), _sections(units, sums, _Sum.apart)
    columns = (
        *(Column("組織", 4), Column("定数", 1, right=True), Column("現員", 1, right=True)),
        *(Column("過不足", 1, right=True), Column("うち不在", 1.1, right=True)),
        *(Column(_grade(grade), 1.2, right=True) for grade in GRADES),
    )
    apart = (
        *columns[: -len(GRADES)],
        *(Column(f"{_grade(g)} {side}") for g in GRADES for side in ("定数", "現員")),
    )
    note = (
        "級の欄は「定数／現員」。過不足は現員から定数を引いた数。"
        "現員は本務で数え、休職・派遣（不在）の人を含む。"
    )
    title = " ".join(filter(None, (asked.unit_name(), "定数現員表")))
    made = listed(asked, Table(title, columns, sections, note, landscape=True, group="部"))
    return replace(made, table=Table(title, apart, book, group="部"))


class _Sum:
    """What a unit may have and has."""

    def __init__(self, allowed: Quota | None = None, present: Quota | None = None, away: int = 0):
        self.allowed: Mapping[int, int] = allowed or {}
        self.present: Mapping[int, int] = present or {}
        self.away = away

    def __add__(self, other: _Sum) -> _Sum:
        return _Sum(
            Counter(self.allowed) + Counter(other.allowed),
            Counter(self.present) + Counter(other.present),
            self.away + other.away,
        )

    def on_paper(self) -> tuple[str, ...]:
        """The cells of the list: a grade's two numbers in one."""
        return (*self._sums(), *(self._cell(grade) for grade in GRADES))

    def apart(self) -> tuple[str, ...]:
        """The cells of the workbook, where each number has a cell of its own."""
        pairs = ((self.allowed.get(grade, 0), self.present.get(grade, 0)) for grade in GRADES)
        known = bool(self.allowed)
        cells = (
            Number.plain(each) if any(pair) and (known or place) else ""
            for pair in pairs
            for place, each in enumerate(pair)
        )
        return (*self._sums(), *cells)

    def _sums(self) -> tuple[str, ...]:
        allowed, present = sum(self.allowed.values()), sum(self.present.values())
        known = bool(self.allowed)
        return (
            Number.plain(allowed) if known else "―",
            Number.plain(present),
            Number.signed(present - allowed) if known else "―",
            _some(self.away),
        )

    def _cell(self, grade: int) -> str:
        allowed, present = self.allowed.get(grade, 0), self.present.get(grade, 0)
        if not self.allowed:
            return str(present or "")
        return f"{allowed}／{present}" if allowed or present else ""


def _some(count: int) -> str:
    """A number; nothing for none."""
    return Number.plain(count) if count else ""


def _present(cards: Iterable[Card]) -> tuple[dict[str, Counter[int]], Counter[str]]:
    outside = town.words("outside_establishment")
    present: dict[str, Counter[int]] = {}
    away: Counter[str] = Counter()
    for card in cards:
        term = str(card.get("employment") or "")
        code = str(card.get("unit_code") or "")
        if not code or any(word in term for word in outside):
            continue
        present.setdefault(code, Counter())[int(card.get("grade") or 0)] += 1
        if card.get("leave_from") or card.get("dispatch_body"):
            away[code] += 1
    return present, away


def _levels(unit: reader.UnitCard, units: Mapping[str, reader.UnitCard]) -> list[str]:
    """The units of the table in which a unit is counted: its 部 and its 課, and the house."""
    return ["", *(code for code in unit["codes"] if units[code]["level"] <= _SECTION)]


def _sections(
    units: Mapping[str, reader.UnitCard],
    sums: Mapping[str, _Sum],
    cells: Callable[[_Sum], tuple[str, ...]],
) -> tuple[Section, ...]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for code, unit in units.items():
        if code in sums:
            top = unit["path"][0]
            name = f"{top}　計" if unit["level"] < _SECTION else unit["name"]
            rows.setdefault(top, []).append((name, *cells(sums[code])))
    total = (Section("合計", (("合計", *cells(sums[""])),)),) if sums else ()
    return (*(Section(top, own) for top, own in rows.items()), *total)


def _grade(grade: int) -> str:
    return f"{grade}級" if grade else "級なし"


def ages(asked: Asked) -> Made:
    """年齢・級構成: a pyramid by sex and age, and grade by age, as numbers and bars."""
    cards = asked.cards()
    bands = [_band(age) for age in range(_YOUNGEST - _BAND, _OLDEST + _BAND, _BAND)]
    by_sex: Counter[tuple[str, str]] = Counter()
    by_grade: Counter[tuple[int, str]] = Counter()
    years: list[int] = []
    for card in cards:
        born = as_date(card.get("birth_date"))
        if born is None:
            continue
        years.append(calendar.age_on(born, asked.on))
        band = _band(years[-1])
        by_sex[str(card.get("sex") or ""), band] += 1
        by_grade[int(card.get("grade") or 0), band] += 1
    grades = _grade_rows(by_grade, bands)
    data = {
        "pyramid": [
            {"band": band, "men": by_sex["M", band], "women": by_sex["F", band]}
            for band in reversed(bands)
        ],
        "most": max([by_sex[sex, band] for sex in "MF" for band in bands], default=0),
        "grades": grades,
        "bands": bands,
        "mean": f"{sum(years) / len(years):.1f}" if years else "―",
        "count": len(years),
        "unknown": len(cards) - len(years),
    }
    title = " ".join(filter(None, (asked.unit_name(), "年齢・級構成")))
    columns = (Column("級", 1), *(Column(band, 1, right=True) for band in (*bands, "計")))
    table = Table(title, columns, (Section("", grades),))
    return Made(Sheet("ages", title, data, asked.town, asked.on), len(cards), table)


def _band(age: int) -> str:
    low = age - age % _BAND
    if age < _YOUNGEST:
        return f"{_YOUNGEST}歳未満"
    return f"{_OLDEST}歳以上" if age >= _OLDEST else f"{low}–{low + _BAND - 1}歳"


def _grade_rows(counts: Mapping[tuple[int, str], int], bands: Sequence[str]) -> list[list[str]]:
    rows = []
    for grade in GRADES:
        own = [counts.get((grade, band), 0) for band in bands]
        if sum(own):
            rows.append([_grade(grade), *map(_some, own), Number.plain(sum(own))])
    sums = [sum(counts.get((grade, band), 0) for grade in GRADES) for band in bands]
    return [*rows, ["計", *map(_some, sums), Number.plain(sum(sums))]]
