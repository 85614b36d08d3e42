"""The acknowledgement file: what the other side took, and what not."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from meibo.platform.feeds.definition.outbound import Answer
from meibo.platform.feeds.reading.headers import folded_name


class AnswerError(ValueError):
    """The file is no acknowledgement of this kind; the message says why."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line: of one person, or (without a number) of the whole delivery. `count`: how many
    records of the delivery the other side had before it, where it says so."""

    delivery: str
    staff_no: str
    accepted: bool
    reason: str
    count: str = ""


def read_answer(data: bytes, answer: Answer) -> list[AnswerRow]:
    """The lines of an acknowledgement. Raises AnswerError, also where the file was cut off or
    contradicts itself: what it does not say must not be taken for an answer."""
    try:
        text = data.rstrip(b"\x1a").decode(answer.encoding.replace("utf-8", "utf-8-sig"))
    except (UnicodeDecodeError, LookupError) as error:
        raise AnswerError(f"文字コード（{answer.encoding}）が違います。") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    headers = {folded_name(name): name for name in reader.fieldnames or []}
    needed = (answer.delivery, answer.staff_no, answer.result)
    missing = [name for name in needed if folded_name(name) not in headers]
    if missing:
        raise AnswerError(f"受領ファイルに「{'」「'.join(missing)}」の列がありません。")
    rows = _closed(list(reader), answer.trailer)
    for number, row in enumerate(rows, 1):
        if any(row[headers[folded_name(name)]] is None for name in needed):
            raise AnswerError(f"{number}件目の行の列が足りません。{_CUT}")

    def cell(row: dict[str, str], name: str) -> str:
        return (row.get(headers.get(folded_name(name), "")) or "").strip() if name else ""

    return _agreeing(
        [
            AnswerRow(
                cell(row, answer.delivery),
                cell(row, answer.staff_no),
                cell(row, answer.result) in answer.accepted,
                cell(row, answer.reason),
                cell(row, answer.count),
            )
            for row in rows
        ]
    )


_CUT = "ファイルが途中で切れていないかを確かめ、給与側に出し直してもらってください。"


def _closed(rows: list[dict[str, str]], mark: str) -> list[dict[str, str]]:
    """The lines without the closing one, which must be there and be right."""
    if not mark:
        return rows
    last = [str(cell or "").strip() for cell in rows[-1].values()] if rows else []
    if not last or last[0] != mark:
        raise AnswerError(f"終わりの行（{mark}）がありません。{_CUT}")
    stated = last[1] if len(last) > 1 else ""
    if stated != str(len(rows) - 1):
        raise AnswerError(
            f"終わりの行の件数（{stated}）が、実際の件数（{len(rows) - 1}）と違います。{_CUT}"
        )
    return rows[:-1]


def _agreeing(rows: list[AnswerRow]) -> list[AnswerRow]:
    """The same lines. Raises AnswerError where two of them say the contrary of one record."""
    said: dict[tuple[str, str], bool] = {}
    for row in rows:
        if said.setdefault((row.delivery, row.staff_no), row.accepted) != row.accepted:
            whose = f"職員番号 {row.staff_no}" if row.staff_no else "送出全体"
            raise AnswerError(
                f"{whose}に、受け取られたという行と受け取られなかったという行があります。"
                "給与側に確かめてください。"
            )
    return rows
