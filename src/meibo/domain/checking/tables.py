"""Tables that somebody pasted or uploaded → rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from meibo.domain.checking.cells import COLUMNS, key

HEADERS = {
    "職員番号": "person",
    "番号": "person",
    "職員番号氏名": "person",
    "職員コード": "person",
    "職員NO": "person",
    "職員": "person",
    "氏名": "name",
    "名前": "name",
    "職員氏名": "name",
    "漢字氏名": "name",
    "用語": "wording",
    "異動用語": "wording",
    "発令": "wording",
    "異動種別": "wording",
    "発令種別": "wording",
    "異動区分": "wording",
    "発令日": "effective",
    "発令年月日": "effective",
    "異動日": "effective",
    "異動年月日": "effective",
    "新所属": "unit",
    "所属": "unit",
    "異動先": "unit",
    "異動先所属": "unit",
    "異動後所属": "unit",
    "配属先": "unit",
    "新職": "post",
    "職名": "post",
    "職": "post",
    "新職名": "post",
    "役職": "post",
    "異動後職名": "post",
    "級": "grade",
    "新級": "grade",
    "期限": "until",
    "任期": "until",
    "任期末": "until",
    "備考": "note",
    "よみ": "kana",
    "カナ": "kana",
    "生年月日": "birth_date",
    "性別": "sex",
    "任用形態": "employment",
    "任用": "employment",
    "職種": "job",
    "勤務時間": "hours",
    "週の勤務時間": "hours",
    "週勤務時間": "hours",
    "任用の番号": "appointment",
}
"""What a header may say of a column. よみ, 生年月日 and 性別 are those of people who enter."""
_COUNTS = frozenset({"NO", "NO.", "行", "連番", "項番", "通番"})
"""Headers of columns that count the rows and say nothing."""
_ABOVE = 6
"""So many rows of title may stand above a header."""


def headed(row: Sequence[str]) -> list[str] | None:
    """The columns that a header names, in its order ("" for one that it calls otherwise); None
    where the row is no header."""
    found = [HEADERS.get(key(text), "") for text in row]
    return found if sum(map(bool, found)) >= 2 and not any(map(_digits, row)) else None


def _digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def rows_of(table: Sequence[Sequence[str]]) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of a pasted or uploaded table as cells, by its header or in the grid's order, empty
    rows left out; and the titles of columns that are not known, whose texts go into the note."""
    table = [row for row in table if any(text.strip() for text in row)]
    heads = ((n, headed(row)) for n, row in enumerate(table[: _ABOVE + 1]))
    at, columns = next(((n, columns) for n, columns in heads if columns), (0, None))
    if columns is None:
        return [_cells(COLUMNS, (), row) for row in table], []
    titles = list(table[at])
    counts = [n for n, title in enumerate(titles) if key(title) in _COUNTS]
    odd = [titles[n] for n, name in enumerate(columns) if not name and n not in counts]
    body = ([t for n, t in enumerate(row) if n not in counts] for row in table[at + 1 :])
    left = [n for n in range(len(titles)) if n not in counts]
    names = [columns[n] for n in left]
    return [_cells(names, [titles[n] for n in left], row) for row in body], odd


def _cells(names: Sequence[str], titles: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    more = []
    for place, text in enumerate(row):
        name = names[place] if place < len(names) else ""
        if name:
            cells[name] = text.strip()
        elif text.strip():
            title = titles[place] if place < len(titles) else f"{place + 1}列目"
            more.append(f"{title}：{text.strip()}")
    if more:
        cells["note"] = "　".join(filter(None, (cells.get("note", ""), *more)))
    return cells


def text_table(text: str) -> list[list[str]]:
    """Tab-separated text, as spreadsheets put it on the clipboard: a cell in quotation marks may
    hold line breaks."""
    table: list[list[str]] = []
    row: list[str] = []
    cell, quoted, place = "", False, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while place < len(text):
        letter = text[place]
        if quoted and letter == '"' and text[place + 1 : place + 2] == '"':
            cell, place = cell + '"', place + 1
        elif letter == '"' and (quoted or not cell):
            quoted = not quoted
        elif letter == "\t" and not quoted:
            row, cell = [*row, cell], ""
        elif letter == "\n" and not quoted:
            table, row, cell = [*table, [*row, cell]], [], ""
        else:
            cell += letter
        place += 1
    return [*table, [*row, cell]] if row or cell else table
