"""The town's rules: which things fall due, how long before to begin, and who must act."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from meibo.domain.findings import Finding, Severity

FILE, AGES_FILE = "due_rules.csv", "retirement_age.csv"
KINDS = frozenset(
    {"term_end", "probation", "probation_yearly", "retirement", "post_age", "consent"}
    | {"licence", "leave_end", "dispatch_end"}
)
#: Rules that can't be reckoned without their number (months, years of age).
NUMBERED = frozenset({"probation", "probation_yearly", "post_age", "consent"})


@dataclass(frozen=True, slots=True)
class DueRule:
    """`applies`: names of 任用形態, none for every one; `lead_days`: how long before to begin;
    `late_days`: how long after the day it is still called late and not forgotten."""

    rule: str
    label: str
    lead_days: int
    late_days: int
    who: str
    applies: frozenset[str]
    number: int
    note: str


@dataclass(frozen=True, slots=True)
class DueRules:
    """The rules that are on, by name, and what is wrong with the file."""

    rules: Mapping[str, DueRule]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Ages:
    """定年: from which day on which age holds, in order of days."""

    steps: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int | None:
        """The age in force on a day; None before the table begins."""
        held = [age for first, age in self.steps if first <= day]
        return held[-1] if held else None


@lru_cache(maxsize=4)
def parse_rules(text: str) -> DueRules:
    """Read `due_rules.csv`. A row that can't be used is left out and told of."""
    rules: dict[str, DueRule] = {}
    findings: list[Finding] = []
    for record, row in enumerate(csv.DictReader(io.StringIO(text)), 1):
        cells = {name: (cell or "").strip() for name, cell in row.items() if name}
        kind, lead, number = cells.get("rule", ""), cells.get("lead_days", ""), cells.get("number")
        if kind not in KINDS:
            findings.append(_wrong(record, "rule", kind, f"{'、'.join(sorted(KINDS))} から選ぶ"))
        elif kind in rules:
            findings.append(_wrong(record, "rule", kind, "同じ rule は一行にする"))
        elif not lead.isdecimal():
            findings.append(_wrong(record, "lead_days", lead, "0以上の日数を書く"))
        elif not (late := cells.get("late_days") or "60").isdecimal():
            findings.append(_wrong(record, "late_days", late, "0以上の日数を書く"))
        elif kind in NUMBERED and not (number or "").isdecimal():
            findings.append(_wrong(record, "number", number or "", "月数か年齢を書く"))
        elif cells.get("on") == "1":
            rules[kind] = DueRule(
                *(
                    kind,
                    cells.get("label") or kind,
                    int(lead),
                    int(late),
                    cells.get("who") or "人事",
                ),
                *(frozenset(cells.get("applies", "").split()), int(number or 0)),
                cells.get("note", ""),
            )
    return DueRules(rules, tuple(findings))


@lru_cache(maxsize=4)
def parse_ages(text: str) -> Ages:
    """Read `retirement_age.csv`. Raises ValueError naming the row."""
    steps = []
    for record, row in enumerate(csv.DictReader(io.StringIO(text)), 1):
        try:
            steps.append((date.fromisoformat(row["from"].strip()), int(row["age"])))
        except (KeyError, ValueError, AttributeError):
            raise ValueError(f"{AGES_FILE} {record}行: from（日）と age（年齢）を書く") from None
    return Ages(tuple(sorted(steps)))


def _wrong(record: int, column: str, value: str, action: str) -> Finding:
    code = f"due_{column}"
    return Finding(FILE, record, column, "", value, Severity.REJECT, "使えません", action, code)
