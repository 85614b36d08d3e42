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
    """One line: of one person, or (without a number) of the whole delivery."""

    delivery: str
    staff_no: str
    accepted: bool
    reason: str


def read_answer(data: bytes, answer: Answer) -> list[AnswerRow]:
    """The lines of an acknowledgement. Raises AnswerError."""
    try:
        text = data.rstrip(b"\x1a").decode(answer.encoding.replace("utf-8", "utf-8-sig"))
    except (UnicodeDecodeError, LookupError) as error:
        raise AnswerError(f"文字コード（{answer.encoding}）が違います。") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    headers = {folded_name(name): name for name in rows.fieldnames or []}
    needed = (answer.delivery, answer.staff_no, answer.result)
    missing = [name for name in needed if folded_name(name) not in headers]
    if missing:
        raise AnswerError(f"受領ファイルに「{'」「'.join(missing)}」の列がありません。")

    def cell(row: dict[str, str], name: str) -> str:
        return (row.get(headers.get(folded_name(name), "")) or "").strip() if name else ""

    return [
        AnswerRow(
            cell(row, answer.delivery),
            cell(row, answer.staff_no),
            cell(row, answer.result) in answer.accepted,
            cell(row, answer.reason),
        )
        for row in rows
    ]
