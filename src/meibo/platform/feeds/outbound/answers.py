"""The acknowledgement file: what the other side took, and what not."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass

from meibo.platform.feeds.definition.outbound import Answer


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
    headers = {_fold(name): name for name in rows.fieldnames or []}
    needed = (answer.delivery, answer.staff_no, answer.result)
    missing = [name for name in needed if _fold(name) not in headers]
    if missing:
        raise AnswerError(f"受領ファイルに「{'」「'.join(missing)}」の列がありません。")

    def cell(row: dict[str, str], name: str) -> str:
        return (row.get(headers.get(_fold(name), "")) or "").strip() if name else ""

    return [
        AnswerRow(
            cell(row, answer.delivery),
            cell(row, answer.staff_no),
            cell(row, answer.result) in answer.accepted,
            cell(row, answer.reason),
        )
        for row in rows
    ]


def _fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
