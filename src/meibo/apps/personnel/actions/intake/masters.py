"""The master files of a package, oldest first."""

from __future__ import annotations

from datetime import date, datetime

from meibo.apps.personnel.actions.intake.compare import compare
from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.apps.personnel.actions.intake.filings import (
    FROM_THE_FIRST_DAY,
    NEVER_CHANGE,
    RECORD_FIELDS,
    filed_values,
)
from meibo.apps.personnel.actions.intake.free import file_free
from meibo.apps.personnel.actions.intake.led import kept_here
from meibo.apps.personnel.actions.intake.memory import Mark
from meibo.apps.personnel.actions.intake.newcomers import masters
from meibo.apps.personnel.actions.intake.telling import told_again
from meibo.domain.calendar import day_in_japan
from meibo.domain.findings import Finding, Severity
from meibo.domain.names import alike
from meibo.platform.feeds import Record, better_reading

_READINGS = {"kana": "name", "maiden_kana": "maiden_name"}
_NAMES = frozenset({"name", "kana", "uses_maiden_name", "maiden_name", "maiden_kana"})


def compare_masters(desk: Desk) -> None:
    """Hold every master against the orders; then say who is missing from it."""
    earlier: date | None = None
    desk.mark = Mark(len(desk.batch.lines), len(desk.batch.filings))
    for base, records in masters(desk).items():
        seen: set[str] = set()
        told = len(desk.findings)
        for record in records:
            person = desk.person(record.values["staff_no"])
            if person is None:
                continue
            seen.add(person)
            if _stranger(desk, record, person, base):
                continue
            file_attributes(desk, record, person, base, earlier)
            file_free(desk, record, person, desk.free)
            compare(desk, record, person, base)
        again = told_again(desk)
        if again:  # in their places among the others
            found = sorted([*desk.findings[told:], *again], key=lambda f: f.record or 0)
            desk.findings[told:] = found
        _missing(desk, records, seen, base)
        earlier = base


def _stranger(desk: Desk, record: Record, person: str, base: date) -> bool:
    """Whether the roster has somebody else under this number; nothing of the row is taken then."""
    name, born = record.values["name"], record.values["birth_date"]
    filed = desk.shelf.filings.get(person, ())
    known = {f.value for f in filed if f.field == "name" and f.value}
    if not name or not born or not known or name in known:
        return False
    if desk.value(person, "birth_date", base) in (None, born.isoformat()):
        return False
    if any(alike(name, other) for other in known):
        return False
    desk.find(
        record,
        "staff_no",
        Severity.REJECT,
        "another_person",
        "名簿でこの職員番号の人と、氏名も生年月日も違います。この行の値は取り込みませんでした。",
        "職員番号の誤りでないかを確かめ、人事給与側を直して出力し直してください。",
    )
    return True


def file_attributes(
    desk: Desk, record: Record, person: str, base: date, earlier: date | None
) -> None:
    """What is filed, not ordered: the master leads, and a change of it is a new filing."""
    recorded = min(midnight(base), desk.now)
    for name, value in filed_values(record.values).items():
        current = desk.value(person, name, base)
        if current == value or (current and _flagged(desk, record, name)):
            continue  # what is doubtful itself never takes the place of a value
        if kept_here(desk, record, person, name, value):
            continue
        renamed = _renamed(desk, person, earlier, base) if name in _NAMES else None
        if renamed and name != "name":
            desk.file(person, name, value, renamed, recorded)
        elif not desk.filed(person, name) or _was_doubtful(desk, record, name):
            desk.file(person, name, value, _first_day(desk, person, name, base), recorded)
        elif name == "name" or name in NEVER_CHANGE:
            _differs(desk, record, name, value)
        elif name in _READINGS and current:
            _other_reading(desk, record, person, name, value, current)
        else:
            desk.file(person, name, value, base, recorded)
    renamed = _renamed(desk, person, earlier, base)
    if renamed:
        _end_maiden_name(desk, record, person, renamed, recorded)


def _other_reading(
    desk: Desk, record: Record, person: str, name: str, value: str, current: str
) -> None:
    """A reading that is not the roster's, of a name that nobody changed: one of them is a slip."""
    base = record.base or day_in_japan(desk.now)
    of = _READINGS[name]
    own, theirs = desk.value(person, of, base), record.values.get(of)
    if not own or not theirs:
        return
    if not alike(own, theirs):
        if of == "maiden_name":  # another 旧姓 comes with its own reading
            desk.file(person, name, value, base, min(midnight(base), desk.now))
        return
    used = better_reading(own, current, value)
    desk.find(
        record,
        name,
        Severity.CONFIRM,
        f"differs_{name}",
        f"名簿にある読み（{current}）と違い、氏名の変更もありません。"
        + (
            "その漢字の読みとして確かなこちらを使いました。" if used else "名簿の読みを残しました。"
        ),
        "本人に読みを確かめ、違っていれば届出で直してください。",
        value,
    )
    if used:
        first = _first_day(desk, person, name, base)
        desk.file(person, name, value, first, min(midnight(base), desk.now))


def _was_doubtful(desk: Desk, record: Record, name: str) -> bool:
    """Whether what an earlier master said of this was found wrong, and this one's is not."""
    if _flagged(desk, record, name):
        return False
    number, base = record.values["staff_no"], record.base
    older = [r for r in desk.masters_of(number) if r.base and base and r.base < base]
    return any(_flagged(desk, r, name) for r in older)


def _flagged(desk: Desk, record: Record, name: str) -> bool:
    """Whether something was found wrong with a cell that the filing is made of."""
    return any(desk.flagged(record, part) for part in RECORD_FIELDS.get(name, (name,)))


def _end_maiden_name(
    desk: Desk, record: Record, person: str, day: date, recorded: datetime
) -> None:
    """A new name without 旧姓使用 ends one that was used before."""
    if not record.values.get("uses_maiden_name") and desk.value(person, "uses_maiden_name", day):
        desk.file(person, "uses_maiden_name", None, day, recorded)


def _renamed(desk: Desk, person: str, earlier: date | None, base: date) -> date | None:
    """The day of a 氏名変更 since the master before."""
    days = [
        p.starts
        for p in desk.filed(person, "name")[1:]
        if p.starts <= base and (earlier is None or p.starts > earlier)
    ]
    return max(days, default=None)


def _first_day(desk: Desk, person: str, name: str, base: date) -> date:
    """From when a value learned late counts: from the first day in service, or of the place."""
    if name in FROM_THE_FIRST_DAY:
        return min((x.effective for x in desk.standing(person)), default=base)
    state = desk.state(person, base)
    since = state["since"] if state else None
    return date.fromisoformat(since) if since else base


def _differs(desk: Desk, record: Record, name: str, value: str) -> None:
    if desk.flagged(record, name):
        return
    order = _renaming(desk, record, value) if name == "name" else None
    message = "名簿にある値と違い、変更の発令もありません。名簿の値を残しました。"
    action = "どちらが正しいかを確かめ、届出または発令で直してください。"
    if order is not None:
        v = order.values
        message = (
            f"氏名変更の発令（発令番号 {v['order_no']}）の後なのに、変更前の氏名のままです。"
            "発令を正としました。読みも新しいものがないので、前のままです。"
        )
        action = "人事給与側の氏名と読みを直して出力し直すか、発令が正しいかを確かめてください。"
    desk.find(record, name, Severity.CONFIRM, f"differs_{name}", message, action, value)


def _renaming(desk: Desk, record: Record, value: str) -> Record | None:
    """The 氏名変更 of the package by which the name in this master is the one before."""
    number, base = record.values["staff_no"], record.base
    terms = desk.definition.terms
    for order in desk.package.records.get("orders", []):
        v = order.values
        term = terms.get(v["kind"] or "")
        if v["staff_no"] != number or term is None or term.effect is not None:
            continue
        if base and v["effective"] <= base and v["old_name"] in (None, value):
            return order
    return None


def _missing(desk: Desk, records: list[Record], seen: set[str], base: date) -> None:
    """People in service by orders who are not in the master of that day."""
    if not records:
        return
    file = records[0].file
    told = {f.staff_no for f in desk.package.findings if f.file == file}
    told |= {f.staff_no for f in desk.package.findings if f.code == "order-newcomer"}
    absent = desk.before.absent if desk.before else {}
    spared = desk.package.seen.spared if desk.package.seen else {}
    numbers = desk.shelf.numbers
    unseen = sorted(n for n in numbers.keys() - spared.keys() if numbers[n] not in seen)
    known = {numbers[number] for number in spared} if unseen else set()
    for number in unseen:
        person = numbers[number]
        if person in known or number in told or absent.get(number, 0) > base.toordinal():
            continue
        if desk.state(person, base, base) is None:
            continue
        desk.findings.append(
            Finding(
                file=file,
                record=None,
                column=desk.header("master", "staff_no"),
                staff_no=number,
                value="",
                severity=Severity.CONFIRM,
                message="発令では在職していますが、このマスタにありません。発令を正としました。",
                action="退職の発令漏れか、マスタの出力漏れかを確かめてください。",
                code="missing_from_master",
            )
        )
