"""What is wrong with data that came from outside: a value beside the result, never an exception.

One bad row never hides the others: whoever reads a file returns what is right and, for each
departure, one `Finding` that says where it is, what happened to the value and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MASK = "************"
"""Stands for a value that is neither stored, shown nor logged (個人番号)."""


class Severity(StrEnum):
    """What became of the value. The manual (docs/manual/取込定義.md) explains them to its users."""

    REJECT = "reject"  # the row or the value was not taken; the finding stays open
    CONFIRM = "confirm"  # taken, but a person must confirm it
    WARN = "warn"  # taken, suspicious
    NORMALISED = "normalised"  # taken in a mended form that is certainly right


SEVERITY_LABELS: dict[Severity, str] = {
    Severity.REJECT: "取り込まない",
    Severity.CONFIRM: "要確認",
    Severity.WARN: "注意",
    Severity.NORMALISED: "補正済み",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure of a file from what its specification says.

    `record` counts data records from 1 after the header; a record with a line break inside
    quotation marks is one record. None: the finding is about the whole file. `column` is the
    header as the file has it, empty for the whole record. `staff_no` is the mended staff number
    where one can be known, else what the file has, else empty. `value` is what the file has
    (`MASK` for a 個人番号). `message` says in plain Japanese what is wrong and what happened to
    the value, `action` what to do about it. `code` is a stable English slug for the kind.
    """

    file: str
    record: int | None
    column: str
    staff_no: str
    value: str
    severity: Severity
    message: str
    action: str
    code: str

    def as_dict(self) -> dict[str, str | int | None]:
        """The finding as JSON knows it (`meibo intake check --format json`)."""
        return {
            "file": self.file,
            "record": self.record,
            "column": self.column,
            "staff_no": self.staff_no,
            "value": self.value,
            "severity": self.severity.value,
            "message": self.message,
            "action": self.action,
            "code": self.code,
        }


def tally(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, gravest first, none left out."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}
