"""Findings about masters, said as the roster has it.

Whoever reads a file can say what became of a value only as far as the file goes. What the roster
shows in the end may come from another master of the package, from an order, or from before; then
a finding that says "left empty" or "taken as written" would not be true.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.filings import FILED_AS, filed_values
from meibo.domain.findings import Finding, Severity
from meibo.platform.feeds import Record

_FATES = (
    "空にして取り込みました。",
    "空のまま取り込みました。",
    "書かれたまま取り込みました。",
    "字を残したまま取り込みました。",
)
_STATED = ("unit", "post", "grade", "job", "employment", "term_end", "hired", "unit_since")
_GRAVE = (Severity.REJECT, Severity.CONFIRM)
_LET_BE = frozenset({"kana-differs", "kana-differs-used", "maiden-differs"})
"""Findings that say themselves which master's value is used."""


def tell_the_truth(desk: Desk) -> None:
    """Reword what findings of masters say of a value that the roster has otherwise."""
    records = {(r.file, r.number): r for r in desk.package.records.get("master", [])}
    fields = _fields(desk)
    for index, finding in enumerate(desk.findings):
        record = records.get((finding.file, finding.record or 0))
        name = fields.get(finding.column)
        if record is None or name is None or finding.severity not in _GRAVE:
            continue
        if finding.code not in _LET_BE and "_" not in finding.code:
            desk.findings[index] = _reworded(desk, finding, record, name)


def _fields(desk: Desk) -> dict[str, str]:
    """Header → field, of the columns of masters."""
    return {
        column.header: column.name
        for spec in desk.definition.files
        if str(spec.role) == "master"
        for column in spec.columns
    }


def _reworded(desk: Desk, finding: Finding, record: Record, name: str) -> Finding:
    person = desk.person(record.values["staff_no"])
    base = record.base
    if person is None or base is None:
        return finding
    if name.startswith("concurrent."):
        return _of_a_seat(desk, finding, record, person, base)
    told = desk.inferred.get((record.file, record.number, name))
    if told is None:
        own, ours = _own(record, name), _roster(desk, person, name, base)
        if ours is None or own == ours:
            return finding
        told = f"{_supplier(desk, record, name, ours)}を使いました。"
    if finding.code == "missing":
        return _said(finding, "空のまま取り込みました。", told)
    for fate in _FATES:
        if finding.message.endswith(fate):
            return _said(finding, fate, f"このファイルの値は使わず、{told}")
    return replace(finding, message=f"{finding.message}名簿には{told}")


def _said(finding: Finding, old: str, new: str) -> Finding:
    return replace(finding, message=finding.message.removesuffix(old) + new)


def _own(record: Record, name: str) -> str | None:
    """What the record itself amounts to."""
    if name in _STATED:
        value = record.values[name]
        return value.isoformat() if isinstance(value, date) else _text(value)
    return filed_values(record.values).get(FILED_AS.get(name, name))


def _roster(desk: Desk, person: str, name: str, base: date) -> str | None:
    """What the roster has on the day of the master."""
    if name in _STATED:
        state = desk.state(person, base)
        return _text((state or {}).get("since" if name == "unit_since" else name))
    return desk.value(person, FILED_AS.get(name, name), base)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _supplier(desk: Desk, record: Record, name: str, ours: str) -> str:
    """Where the value of the roster comes from."""
    for other in desk.masters_of(str(record.values["staff_no"])):
        if other.base != record.base and other.base and _own(other, name) == ours:
            return f"{other.base.isoformat()} の職員マスタの値"
    return "発令の内容" if name in _STATED else "すでに名簿にある値"


def _of_a_seat(desk: Desk, finding: Finding, record: Record, person: str, base: date) -> Finding:
    """A concurrent post that no order gives is not in the roster, whatever its unit is called."""
    held = {(s["unit"], s["post"]) for s in (desk.state(person, base) or {}).get("further", [])}
    stated = [tuple(seat) for seat in record.values["concurrent"] or ()]
    if not stated or any(seat in held for seat in stated):
        return finding
    said = finding.message.rpartition("。")[0].rpartition("。")[0] + "。"
    shown = "、".join("/".join(str(part) for part in seat) for seat in stated)
    return replace(
        finding,
        message=f"{said}兼務（{shown}）の発令がないので、名簿には入れませんでした。",
        action="兼務の発令漏れか、マスタの誤りかを確かめてください。",
    )
