"""Who is in a master and not in the books: entered as the master has them, or told."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.opening import open_account
from meibo.domain.book import Effect
from meibo.domain.calendar import day_in_japan
from meibo.domain.findings import Severity
from meibo.platform.feeds import Record


def masters(desk: Desk) -> dict[date, list[Record]]:
    """The records of each master by its 基準日, oldest first."""
    found: dict[date, list[Record]] = defaultdict(list)
    for record in desk.package.records.get("master", []):
        found[record.base or day_in_japan(desk.now)].append(record)
    return dict(sorted(found.items()))


def open_accounts(desk: Desk) -> None:
    """Enter everyone whom neither the books nor an order of this package bring in.

    Where orders come as files, nobody hired after the first master enters without one.
    """
    by_base = masters(desk)
    entering = _entering(desk)
    ordered = any(str(spec.role) == "orders" for spec in desk.definition.files)
    newest = {r.values["staff_no"]: r for records in by_base.values() for r in records}
    before = desk.known_until or min(by_base, default=None)
    refused, lost = _refused(desk), _hirings_not_taken(desk)
    for base, records in by_base.items():
        for record in records:
            number, hired = record.values["staff_no"], record.values["hired"]
            if desk.person(number) or entering.get(number, date.max) <= base:
                continue
            late = before is not None and base > before
            enters = not late or not ordered or (before is not None and (hired or base) <= before)
            if late and number not in refused:
                _unannounced_hire(desk, record, entered=enters, ordered=number in lost)
            if enters:
                open_account(desk, record, newest[number])


def _refused(desk: Desk) -> set[str]:
    """Staff numbers of rows of masters that were not taken: those people are not new."""
    files = {r.file for r in desk.package.records.get("master", [])}
    column = desk.header("master", "staff_no")
    return {
        f.staff_no
        for f in desk.package.findings
        if f.file in files and f.severity is Severity.REJECT and f.column in ("", column)
    }


def _hirings_not_taken(desk: Desk) -> set[str]:
    """Staff numbers of those about whom a row of orders was refused: it may be the 採用."""
    taken = {(r.file, r.number) for r in desk.package.records.get("orders", [])}
    files = {file for file, _ in taken}
    return {
        f.staff_no
        for f in desk.package.findings
        if f.file in files and f.record and (f.file, f.record) not in taken
    }


def _unannounced_hire(desk: Desk, record: Record, *, entered: bool, ordered: bool) -> None:
    """Someone in a later master whom no order brought in: orders win, so this is told."""
    done = "マスタの内容で登録しました。" if entered else "登録しませんでした。"
    message = "前のマスタにも採用の発令にもない職員です。"
    action = "採用の発令漏れでないか、職員番号の誤りでないかを確かめてください。"
    if ordered:
        message = "前のマスタにない職員で、発令の行は取り込めませんでした。"
        action = "発令ファイルのこの職員の行の指摘を直して、もう一度取り込んでください。"
    code = "new_without_order"
    desk.find(record, "staff_no", Severity.CONFIRM, code, f"{message}{done}", action)


def _entering(desk: Desk) -> dict[str, date]:
    """Staff number → day of the first order that brings someone in."""
    found: dict[str, date] = {}
    for record in desk.package.records.get("orders", []):
        v = record.values
        term = desk.definition.terms.get(v["kind"] or "")
        if term is not None and term.effect is Effect.ENTER and v["effective"]:
            found[v["staff_no"]] = min(v["effective"], found.get(v["staff_no"], date.max))
    return found
