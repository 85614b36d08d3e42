"""Records → rows of cells of one file, and what could not be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from meibo.domain.calendar import wareki
from meibo.domain.findings import Finding, Severity
from meibo.platform.feeds.definition.model import Column, Definition
from meibo.platform.feeds.house import House
from meibo.platform.feeds.outbound.cells import Values, value_of, writer_of
from meibo.platform.feeds.outbound.layout import Layout, file_name, outgoing
from meibo.platform.feeds.outbound.letters import Letters

_LINE_ENDS = {"lf": "\n", "crlf": "\r\n", "": "\r\n"}
_WIDE = frozenset({"xlsx", "json"})
"""Formats that hold any letter."""


@dataclass(frozen=True, slots=True)
class OutRow:
    """One person's record as it goes out. `plain`: header → text before it was put into letters of
    the encoding, of the columns that the job may see: by which two deliveries are compared."""

    person: str
    staff_no: str
    cells: tuple[str, ...]
    plain: Mapping[str, str]


@dataclass(slots=True)
class OutSheet:
    """The file to be: layout, columns, rows; and people of whom something cannot be written."""

    layout: Layout
    columns: tuple[Column, ...]
    rows: list[OutRow] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)  # id → staff number
    findings: list[tuple[str, Finding]] = field(default_factory=list)  # of whom

    def totals(self, rows: Sequence[OutRow], names: Sequence[str]) -> list[int]:
        """The sum of each of these columns: of numbers as such, of signs of their digits."""
        places = {column.name: place for place, column in enumerate(self.columns)}
        return [sum(_number(row.cells[places[n]]) for row in rows) for n in names if n in places]


def _number(text: str) -> int:
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    return int(digits) if digits else 0


def layout_of(definition: Definition, base: date, hidden: Collection[str]) -> OutSheet:
    """The file without rows. `hidden`: fields that the job may not see. Their columns are left
    out, as an empty cell would say that there is nothing; a file of fixed length keeps its places.
    """
    out, spec = outgoing(definition)
    fixed = spec.format == "fixed"
    columns = tuple(c for c in spec.columns if fixed or c.name not in hidden)
    titled = spec.base_from == "title" or spec.format == "json"
    layout = Layout(
        name=file_name(spec, base),
        format=spec.format,
        headers=tuple(column.header for column in columns),
        encoding="utf-8" if spec.format in _WIDE else spec.encoding,
        line_end=_LINE_ENDS[spec.line_end],
        delimiter=spec.delimiter,
        quote=out.quote,
        sheet=spec.sheet,
        header_rows=spec.header_rows,
        title=f"職員名簿（{wareki(base)}現在）" if titled else "",
        trailer="" if spec.format == "json" else spec.trailer,
        widths=tuple(column.bytes or 0 for column in columns) if fixed else (),
    )
    return OutSheet(layout, columns)


def letters_of(definition: Definition, house: House, substitutes: Mapping[str, str]) -> Letters:
    """How this feed writes letters."""
    out, spec = outgoing(definition)
    encoding = "utf-8" if spec.format in _WIDE else spec.encoding
    hosts = house.gaiji.hosts if out.gaiji else {}
    return Letters(encoding, hosts, substitutes, substitute=out.substitute)


def write(
    sheet: OutSheet,
    people: Iterable[tuple[str, Values]],
    house: House,
    letters: Letters,
    base: date,
) -> None:
    """Write each record into the sheet; one that cannot be written whole is held back."""
    steps = [(column, writer_of(column, house, base)) for column in sheet.columns]
    for person, values in people:
        number = str(values.get("staff_no") or "")
        texts = [write_value(value_of(column, values)) for column, write_value in steps]
        cells = [
            _cell(sheet, (person, number), column, text, letters)
            for (column, _), text in zip(steps, texts, strict=True)
        ]
        if any(cell is None for cell in cells):
            sheet.held[person] = number
            continue
        pairs = zip(sheet.columns, texts, strict=True)
        plain = {column.header: text for column, text in pairs if _told(column, values)}
        sheet.rows.append(OutRow(person, number, tuple(c or "" for c in cells), plain))


def _told(column: Column, values: Values) -> bool:
    return column.name in values or column.name.partition(".")[0] in values


def _cell(
    sheet: OutSheet, whose: tuple[str, str], column: Column, text: str, letters: Letters
) -> str | None:
    """The cell in letters of the file; None where it cannot be written."""
    person, number = whose
    written = letters.write(text)

    def tell(severity: Severity, code: str, message: str, action: str) -> None:
        name = sheet.layout.name
        found = Finding(name, None, column.header, number, "", severity, message, action, code)
        sheet.findings.append((person, found))

    if written.lost:
        tell(Severity.REJECT, "unwritable", _lost(written.lost), _ADD_LETTER)
        return None
    if written.replaced:
        tell(Severity.CONFIRM, "substituted", _replaced(written.replaced), _LOOK)
    return _bounded(sheet, column, written.text, tell)


def _bounded(
    sheet: OutSheet, column: Column, text: str, tell: Callable[[Severity, str, str, str], None]
) -> str | None:
    """A file of fixed length has no room for more, and no place for a line break."""
    if sheet.layout.format != "fixed":
        return text
    room = column.bytes or 0
    if "\n" in text or "\r" in text:
        tell(Severity.REJECT, "line-break", "改行があり、固定長では出せません。", _MEND)
        return None
    if len(text.encode(sheet.layout.encoding)) > room:
        said = f"長すぎて{room}バイトに入りません。この人の行は出しませんでした。"
        tell(Severity.REJECT, "too-long", said, "定義の bytes を広げるか、値を短くしてください。")
        return None
    return text


_ADD_LETTER = (
    "外字対応表にこの字を足すか、定義の [out] で substitute = true（代替文字で出す）に"
    "してください。"
)
_LOOK = "給与側の表示と印字で、この字でよいかを確かめてください。"
_MEND = "値から改行を除いてください。"


def _lost(letters: Sequence[str]) -> str:
    shown = "」「".join(dict.fromkeys(letters))
    return f"「{shown}」をこの文字コードで書けません。この人の行は出しませんでした。"


def _replaced(letters: Sequence[str]) -> str:
    shown = "」「".join(dict.fromkeys(letters))
    return f"「{shown}」を代替文字で出しました。"
