"""Flaws: departures found in a cell, a row or a file, before they are told as findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from meibo.domain.findings import Finding, Severity
from meibo.platform.feeds.wording import WORDING


@dataclass(frozen=True, slots=True)
class Flaw:
    """One departure: its code in the catalogue of wordings, and the words to put into it.

    `severity`, `message`, `action` overrule the catalogue (rules of a definition bring their own).
    """

    code: str
    words: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    message: str = ""
    action: str = ""

    @property
    def gravity(self) -> Severity:
        """How grave it is."""
        return self.severity or WORDING[self.code].severity


@dataclass(frozen=True, slots=True)
class Flawed:
    """What a converter returns where something was wrong: the value taken, and what was wrong."""

    value: object
    flaws: tuple[Flaw, ...]


def flawed(value: object, code: str, /, **words: object) -> Flawed:
    """A value with one flaw."""
    return Flawed(value, (Flaw(code, words),))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a flaw was found, as a finding tells it."""

    file: str
    record: int | None = None
    column: str = ""
    staff_no: str = ""
    value: str = ""


_EMPTIED = "空にして取り込みました。"
_ROW_REFUSED = "これがないと取り込めないので、行を取り込みませんでした。"


def as_refusal(flaw: Flaw) -> Flaw:
    """The same flaw where the loss of the value costs the whole row."""
    wording = WORDING.get(flaw.code)
    message = flaw.message or (wording.message.format_map(flaw.words) if wording else "")
    if not message.endswith(_EMPTIED):
        return flaw
    return replace(flaw, message=message.removesuffix(_EMPTIED) + _ROW_REFUSED)


def told(flaw: Flaw, place: Place) -> Finding:
    """The finding that tells a flaw."""
    wording = WORDING.get(flaw.code)
    message, action = flaw.message, flaw.action
    if wording is not None:
        message = message or wording.message.format_map(flaw.words)
        action = action or wording.action.format_map(flaw.words)
    return Finding(
        file=place.file,
        record=place.record,
        column=place.column,
        staff_no=place.staff_no,
        value=place.value,
        severity=flaw.gravity,
        message=message,
        action=action,
        code=flaw.code,
    )
