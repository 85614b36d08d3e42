"""What is found in a plan (異動案): values, each with ways to settle it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
SEVERITY_LABELS = {ERROR: "直す", WARNING: "確かめる", INFO: "知らせ"}


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """One thing that is wrong or worth knowing. `ways`: what can be done about it, each a sentence.
    `lines`: ids of the plan's lines that it is about; `cell`: the column that it stands at;
    `person`, `unit`: whom and what it is about, empty where nobody in particular."""

    code: str
    severity: str
    message: str
    ways: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    person: str = ""
    unit: str = ""
    cell: str = ""


def blocking(findings: Iterable[PlanFinding]) -> list[PlanFinding]:
    """Those with which a plan can't be announced."""
    return [each for each in findings if each.severity == ERROR]


def counted(findings: Iterable[PlanFinding]) -> dict[str, int]:
    """How many of each severity, gravest first."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for each in findings:
        counts[each.severity] += 1
    return counts
