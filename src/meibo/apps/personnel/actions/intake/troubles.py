"""What the fold could not follow, told as findings; lines that can't be right are taken back."""

from __future__ import annotations

from datetime import date

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.domain.book import OPEN, Career, Trouble
from meibo.domain.findings import Finding, Severity
from meibo.ledger.writer import UNIT

_COLUMNS = {
    "not_in_service": "effective",
    "already_in_service": "kind",
    "nothing_to_relieve": "old_unit",
    "already_held": "new_unit",
    "nothing_to_resume": "kind",
}
_KEPT = frozenset({"nothing_to_resume"})
_ACTIONS = {
    "not_in_service": "退職・採用の発令と日付を確かめてください。",
    "already_in_service": "職員番号と、退職の発令漏れを確かめてください。",
    "nothing_to_relieve": "兼務の発令と所属を確かめてください。",
    "already_held": "二重の発令でないかを確かめてください。",
    "nothing_to_resume": "休職・派遣の発令漏れでないかを確かめてください。",
}


def settle_troubles(desk: Desk) -> None:
    """Fold everyone this intake touches; tell troubles, and drop lines that can't stand."""
    people = {x.person for x in desk.batch.lines if x.person} | _of_the_house(desk)
    for person in sorted(people):
        for _ in range(5):  # dropping one line may bring another trouble to light
            troubles = desk.career(person).troubles
            fresh = [t for t in troubles if t.code not in _KEPT and _new(desk, t)]
            for trouble in fresh[:1]:
                _tell(desk, person, trouble, Severity.REJECT)
                line = next(x for x in desk.shelf.lines[person] if x.no == trouble.line)
                desk.drop(line)
            if not fresh:
                break
        for trouble in desk.career(person).troubles:
            if trouble.line in desk.origins:
                _tell(desk, person, trouble, Severity.CONFIRM)


def _of_the_house(desk: Desk) -> set[str]:
    """Everyone, when this intake reorganises the house."""
    if any(not x.person for x in desk.batch.lines):
        return {p for p in desk.shelf.lines if p}
    return {p for p in desk.shelf.lines if any(x.no in desk.origins for x in desk.shelf.lines[p])}


def _new(desk: Desk, trouble: Trouble) -> bool:
    return trouble.line in desk.batch.sources and trouble.line not in desk.dropped


def _tell(desk: Desk, person: str, trouble: Trouble, severity: Severity) -> None:
    record = desk.origins.get(trouble.line)
    if record is None:
        return
    taken = "取り込みませんでした。" if severity is Severity.REJECT else ""
    message = f"{trouble.message}。{taken}"
    column, action = _COLUMNS[trouble.code], _ACTIONS[trouble.code]
    desk.find(record, column, severity, trouble.code, message, action)


def seats_in_abolished_units(desk: Desk) -> None:
    """Someone whose post stands in a unit on the day that it is abolished, and no order moves."""
    people = {x.person for x in desk.batch.lines if x.person} | _of_the_house(desk)
    ends = _unit_ends(desk) if people else {}
    for person in sorted(people):
        for day, unit in _left_behind(desk.career(person), ends):
            number = next((n for n, p in desk.shelf.numbers.items() if p == person), "")
            desk.findings.append(
                Finding(
                    file=_succession_file(desk),
                    record=None,
                    column=desk.header("successions", "old"),
                    staff_no=number,
                    value=unit,
                    severity=Severity.CONFIRM,
                    message=f"{day.isoformat()}に廃止される所属に残っています。",
                    action="行き先の発令を出してください。",
                    code="seat_in_abolished_unit",
                )
            )


def _left_behind(career: Career, ends: dict[str, date]) -> list[tuple[date, str]]:
    return [
        (ends[s.unit], s.unit)
        for s in career.seats
        if s.unit in ends and s.starts < ends[s.unit] < s.ends
    ]


def _unit_ends(desk: Desk) -> dict[str, date]:
    """The day on which each unit ceases, of those that do."""
    found: dict[str, date] = {}
    desk.shelf.know_units()
    for subject in desk.shelf.filings:
        if subject.startswith(UNIT):
            periods = desk.filed(subject, "name")
            last = max((p.ends for p in periods), default=OPEN)
            if last != OPEN:
                found[subject.removeprefix(UNIT)] = last
    return found


def _succession_file(desk: Desk) -> str:
    records = desk.package.records.get("successions", [])
    return records[0].file if records else ""
