"""Which feed definition a delivery is for: by the names of its files and by their headers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from meibo.platform.feeds.definition.kinds import TABLE_LABELS, Role
from meibo.platform.feeds.definition.model import Definition, FileSpec
from meibo.platform.feeds.reading.decode import LABELS, decode_as_found
from meibo.platform.feeds.reading.delimited import read_delimited
from meibo.platform.feeds.reading.folder import find_files
from meibo.platform.feeds.reading.headers import SEARCHED, find_header, positions
from meibo.platform.feeds.reading.workbook import UnreadableError, open_workbook, read_sheet

ROLE_LABELS = {
    Role.GAIJI: "外字対応表",
    Role.CODES: "コード表",
    Role.UNITS: "所属",
    Role.SUCCESSIONS: "組織改編対応表",
    Role.DUTIES: "分掌",
    Role.MASTER: "職員マスタ",
    Role.HISTORY: "異動履歴",
    Role.ORDERS: "発令",
    Role.CORRECTIONS: "発令の訂正",
    Role.TRAINING: "研修",
    Role.LICENCES: "資格",
    Role.EVALUATION: "評価",
    Role.DECLARATIONS: "自己申告",
    Role.MUSTER: "参集",
}
_BEGINNING = 1 << 16
_MOST = 64 << 20  # a larger workbook is not opened only to look at its header


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as far as one definition knows it. `columns` of `wanted` are there; `rows` is about
    how many; `why` says in words why it fits or does not."""

    file: str
    label: str
    encoding: str
    rows: int
    columns: int
    wanted: int
    why: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a definition fits a delivery. `missing`: files that it needs and are not there."""

    key: str
    name: str
    files: tuple[Seen, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def score(self) -> tuple[int, int, int]:
        """What fits best has most files that fit, then most columns, then least missing."""
        good = [seen for seen in self.files if seen.fits]
        return len(good), sum(seen.columns for seen in good), -len(self.missing)


def label_of(spec: FileSpec) -> str:
    """What a file is about, in a word."""
    if spec.role is Role.CODES:
        return f"{TABLE_LABELS.get(spec.table, spec.table)}のコード表"
    return ROLE_LABELS[spec.role]


def recognise(definitions: Iterable[tuple[str, Definition]], folder: Path) -> list[Fit]:
    """How each definition fits the files of a folder, the best first."""
    heads = _Heads()
    fits = [_fit(key, definition, folder, heads) for key, definition in definitions]
    return sorted(fits, key=lambda fit: fit.score, reverse=True)


def _fit(key: str, definition: Definition, folder: Path, heads: _Heads) -> Fit:
    found, findings = find_files(definition, folder)
    seen = tuple(heads.seen(each.path, each.name, each.spec) for each in found)
    names = {unicodedata.normalize("NFC", p.name) for p in folder.iterdir() if p.is_file()}
    unknown = tuple(sorted(names - {each.name for each in found}))
    missing = tuple(f.file for f in findings if f.code == "file-missing")
    return Fit(key, definition.name, seen, unknown, missing)


class _Heads:
    """The beginnings of files, each read once however many definitions ask."""

    def __init__(self) -> None:
        self._data: dict[Path, tuple[bytes, int]] = {}

    def seen(self, path: Path, name: str, spec: FileSpec) -> Seen:
        """One file as one definition sees it."""
        label = label_of(spec)
        try:
            rows, encoding, count = self._rows(path, spec)
        except (UnreadableError, OSError) as error:
            return Seen(
                name, label, "", 0, 0, len(spec.columns), f"読めません（{error}）", fits=False
            )
        header = find_header(rows[:SEARCHED], spec)
        if header is None:
            expected = "、".join(column.header for column in spec.columns[:3])
            why = f"名前は合いますが、見出し（{expected} …）がありません"
            return Seen(name, label, encoding, count, 0, len(spec.columns), why, fits=False)
        places, _ = positions(header, spec)
        below = max(count - header.first - header.rows, 0)
        wanted = len(spec.columns)
        why = f"名前が「{spec.name}」に合い、列が{wanted}のうち{len(places)}あります"
        needed = [c.header for c in spec.columns if c.needed and c.name not in places]
        if needed:
            why += f"。なくてはならない列がありません：{'、'.join(needed)}"
        return Seen(name, label, encoding, below, len(places), wanted, why, fits=not needed)

    def _rows(self, path: Path, spec: FileSpec) -> tuple[list[list[str]], str, int]:
        """The first rows, the encoding in words, and how many lines there are."""
        if spec.format == "xlsx":
            if path.stat().st_size > _MOST:
                raise UnreadableError("大きすぎて先に開けない")
            sheet = read_sheet(open_workbook(path.read_bytes()), spec)
            if sheet is None:
                raise UnreadableError(f"シート「{spec.sheet}」がない")
            filled = [row for row in sheet.rows if any(cell.strip() for cell in row)]
            return sheet.top, "Excel", len(filled)
        data, lines = self._beginning(path)
        if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise UnreadableError("中身が CSV でなく Excel ブックか ZIP")
        headers = frozenset(column.header for column in spec.columns)
        found, text = decode_as_found(data, spec.encoding, headers)
        rows = [row.cells for row in read_delimited(text, spec.delimiter, "").rows]
        return rows, LABELS[found], lines

    def _beginning(self, path: Path) -> tuple[bytes, int]:
        if path not in self._data:
            with path.open("rb") as file:
                data = file.read(_BEGINNING)
                whole = len(data) < _BEGINNING
                lines = data.count(b"\n") + (not data.endswith(b"\n"))
                while part := file.read(1 << 20):
                    lines += part.count(b"\n")
            if not whole:
                data = data[: data.rfind(b"\n") + 1] or data
            self._data[path] = data, lines
        return self._data[path]
