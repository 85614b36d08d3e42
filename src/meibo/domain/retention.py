"""保存年限: how long what is kept of a person, as the town's table says, never less than the law.

労働基準法109条 and 附則143条: the roster of workers is kept five years, three for now, from the day
of retirement, dismissal or death (同法施行規則56条). That is a minimum, not a date of disposal.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from meibo.domain.findings import Finding, Severity

FILE = "retention.csv"
LAW_YEARS, LAW_YEARS_NOW = 5, 3
KINDS: Mapping[str, str] = {
    "book": "発令簿",
    "career": "氏名と職歴",
    "roster": "労働者名簿の事項",
    "filings": "届出",
}
#: What hangs on the key of one person, and so goes together, when the longest of them has ended.
OF_A_PERSON = ("career", "roster", "filings")
_WAIT = "*wait"
_SHORTEST_WAIT = 1
_FROM_LEAVING = "leave"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of record is kept, in years from leaving; None for ever."""

    kind: str
    label: str
    years: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """保存年限表. `wait_days`: from the second approval until something may be removed."""

    rules: tuple[Rule, ...]
    wait_days: int

    @property
    def years(self) -> int | None:
        """How long a person's record is kept: as long as its longest part; None for ever."""
        own = [rule.years for rule in self.rules if rule.kind in OF_A_PERSON]
        found = [years for years in own if years is not None]
        return max(found) if len(found) == len(own) == len(OF_A_PERSON) else None

    def due(self, left: date) -> date | None:
        """The first day on which the record of someone who left may go; `left` is the last day in
        service. None for never. Years are counted from the day after (民法140条, 143条)."""
        years = self.years
        if years is None:
            return None
        start = date.fromordinal(left.toordinal() + 1)
        try:
            return start.replace(year=start.year + years)
        except ValueError:  # 29 February: where there is none, the day after its last day
            return date(start.year + years, 3, 1)


#: In force where the town's table can't be used: nothing is ever due.
FOR_EVER = Table(tuple(Rule(kind, label, None) for kind, label in KINDS.items()), 14)


@lru_cache(maxsize=4)
def parse(text: str) -> tuple[Table, tuple[Finding, ...]]:
    """Read the table from CSV text. A table with a finding that rejects is not in force at all:
    `FOR_EVER` is returned beside the findings."""
    rules: dict[str, Rule] = {}
    findings: list[Finding] = []
    wait: int | None = None
    for record, row in enumerate(csv.DictReader(io.StringIO(text)), 1):
        cells = {name or "": (cell or "").strip() for name, cell in row.items() if name}
        if cells.get("kind") == _WAIT:
            wait = _wait(cells, record, findings)
            continue
        rule = _rule(cells, record, findings)
        if rule is not None and rule.kind in rules:
            findings.append(_wrong(record, "kind", rule.kind, "二度書かれています", "一行にする"))
        elif rule is not None:
            rules[rule.kind] = rule
    missing = [kind for kind in KINDS if kind not in rules]
    if missing and not findings:
        text = f"行がありません: {'、'.join(missing)}"
        findings.append(_wrong(None, "kind", "", text, "4種類の記録すべてに行を書く"))
    if any(finding.severity is Severity.REJECT for finding in findings):
        return FOR_EVER, tuple(findings)
    days = FOR_EVER.wait_days if wait is None else wait
    return Table(tuple(rules.values()), days), tuple(findings)


def _wait(cells: Mapping[str, str], record: int, findings: list[Finding]) -> int | None:
    text = cells.get("years", "")
    if text.isdecimal() and int(text) >= _SHORTEST_WAIT:
        return int(text)
    findings.append(_wrong(record, "years", text, "日数ではありません", "1以上の日数を書く"))
    return None


def _rule(cells: Mapping[str, str], record: int, findings: list[Finding]) -> Rule | None:
    kind, text = cells.get("kind", ""), cells.get("years", "")
    if kind not in KINDS:
        findings.append(
            _wrong(record, "kind", kind, "知らない種類です", f"{'、'.join(KINDS)} から")
        )
        return None
    label = cells.get("label") or KINDS[kind]
    if cells.get("permanent") in {"1", "永久"} and not text:
        return Rule(kind, label, None)
    if kind == "book":
        what = "発令簿は永久に保存します。行は消せません"
        findings.append(_wrong(record, "permanent", text, what, "permanent に 1 を書く"))
        return None
    if cells.get("from") != _FROM_LEAVING:
        what = "起算日は退職・解雇・死亡の日です（労働基準法施行規則56条）"
        findings.append(_wrong(record, "from", cells.get("from", ""), what, "leave と書く"))
        return None
    if not text.isdecimal() or int(text) < LAW_YEARS_NOW:
        what = (
            f"法律の下限（{LAW_YEARS}年、当分の間{LAW_YEARS_NOW}年）より短いか、年数ではありません"
        )
        action = "年数を直す（労働基準法109条・附則143条）"
        findings.append(_wrong(record, "years", text, what, action))
        return None
    if int(text) < LAW_YEARS:
        what = f"本則の{LAW_YEARS}年より短く、当分の間の{LAW_YEARS_NOW}年によっています"
        findings.append(_wrong(record, "years", text, what, "5年以上を勧めます", Severity.WARN))
    return Rule(kind, label, int(text))


def _wrong(
    record: int | None,
    column: str,
    value: str,
    message: str,
    action: str,
    severity: Severity = Severity.REJECT,
) -> Finding:
    return Finding(
        FILE, record, column, "", value, severity, message, action, f"retention_{column}"
    )
