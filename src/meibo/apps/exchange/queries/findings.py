"""What a delivery could not say, in words: the rows of 「確かめること」."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from meibo.apps.exchange.queries.records import BEYOND, Values
from meibo.domain.disclosure import Viewer
from meibo.domain.findings import Finding, Severity
from meibo.ledger import policy
from meibo.platform.feeds.outbound import OutSheet


def hidden_columns(sheet: OutSheet, headers: list[str]) -> Finding:
    """Columns that the table does not show to payroll."""
    return _told(
        sheet,
        f"公開基準で送り先に見せない項目なので、出しませんでした：{'、'.join(headers)}",
        "送る必要があるときは、公開基準の「給与」の欄を変える案を出してください。",
        "not-disclosed",
    )


def unsayable(sheet: OutSheet, count: int) -> Finding:
    """People who are gone, of whom a difference of this definition has no word."""
    return _told(
        sheet,
        f"前に送った人のうち{count}人はもう在籍していませんが、差分では知らせられません。",
        "定義の [out.difference] に kind（異動区分の列）を書くか、全件で送ってください。",
        "gone-unsaid",
    )


def without_a_place(
    sheet: OutSheet, people: Mapping[str, Values], viewer: Viewer
) -> Iterator[tuple[str, Finding]]:
    """Of each person whose list is longer than the columns: who, and how much is missing."""
    labels = {row.field: row.label for row in policy.table(viewer.today).rows}
    for person, values in people.items():
        further = values.get(BEYOND)
        if not isinstance(further, Mapping) or person in sheet.held:
            continue
        for head, (count, room) in further.items():
            said = f"{labels.get(head, head)}が{count}件あり、{room}件までしか出していません。"
            action = "残りは別に給与へ知らせるか、定義の列を増やしてください。"
            number = str(values.get("staff_no") or "")
            yield person, _told(sheet, said, action, "no-place", staff_no=number)


def _told(sheet: OutSheet, message: str, action: str, code: str, *, staff_no: str = "") -> Finding:
    return Finding(
        file=sheet.layout.name,
        record=None,
        column="",
        staff_no=staff_no,
        value="",
        severity=Severity.WARN,
        message=message,
        action=action,
        code=code,
    )
