"""A package as bytes that can be spoilt record by record, leaving every other byte as it was."""

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

MASTER, LATER = "職員マスタ_20261101.csv", "職員マスタ_20270401.csv"
ORDERS, CORRECTIONS = "異動発令_20270401.csv", "異動発令_訂正.csv"
UNITS, SUCCESSIONS, DUTIES = "所属コード表.csv", "組織改編対応表.csv", "分掌表.csv"
TRAINING, LICENCES, EVALUATION = "研修受講履歴.csv", "資格免許.csv", "評価結果.csv"
DECLARATIONS, MUSTER, POSTS = "自己申告.csv", "災害時参集.csv", "職名コード表.csv"
_WEIGHTS = (7, 6, 5, 4, 3, 2)


def check_digit(body: str) -> str:
    """The check digit as the package's README has it."""
    rest = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11
    return str(0 if rest < 2 else 11 - rest)


@dataclass(frozen=True)
class Injected:
    """A defect that was put in. `places`: (record, column) where it may be told, None for any;
    `people`: staff numbers that it concerns; `units`: whose people it may concern as well."""

    kind: str
    file: str
    places: frozenset[tuple[int | None, str | None]]
    people: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass
class Table:
    """One file: its records as bytes, with their line ends; the header is the first."""

    name: str
    records: list[bytes]
    encoding: str
    header: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Table":
        data = path.read_bytes()
        records: list[bytes] = []
        open_ = False
        for line in data.splitlines(keepends=True):
            if open_:
                records[-1] += line
            else:
                records.append(line)
            open_ ^= bool(line.count(b'"') % 2)
        encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp932"
        if encoding == "cp932" and "職員番号".encode() in data:
            encoding = "utf-8"
        table = cls(unicodedata.normalize("NFC", path.name), records, encoding)
        table.header = table.cells(0)
        return table

    def cells(self, record: int) -> list[str]:
        text = self.records[record].decode(self.encoding, "replace")
        return next(csv.reader(io.StringIO(text, newline="")), [])

    def at(self, column: str) -> int:
        return self.header.index(column)

    def get(self, record: int, column: str) -> str:
        return self.cells(record)[self.at(column)]

    def put(self, record: int, cells: list[str]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL).writerow(cells)
        self.records[record] = text.getvalue().encode(self.encoding.removesuffix("-sig"))

    def set(self, record: int, **values: str) -> None:
        cells = self.cells(record)
        folded = [unicodedata.normalize("NFKC", name) for name in self.header]
        for column, value in values.items():
            cells[folded.index(unicodedata.normalize("NFKC", column))] = value
        self.put(record, cells)


class Package:
    """A copy of a package. `used`: staff numbers that defects and findings have to do with."""

    def __init__(
        self, folder: Path, seed: int, flawed: set[tuple[str, int]], used: set[str]
    ) -> None:
        self.tables = {t.name: t for t in map(Table.read, sorted(folder.glob("*.csv")))}
        self.random = Random(seed)
        self.flawed, self.used = set(flawed), set(used)
        self.lines: dict[str, dict[str, list[int]]] = {}
        for name, table in self.tables.items():
            rows: dict[str, list[int]] = defaultdict(list)
            if "職員番号" in table.header:
                place = table.at("職員番号")
                for record in range(1, len(table.records)):
                    cells = table.cells(record)
                    if len(cells) == len(table.header):
                        rows[cells[place]].append(record)
            self.lines[name] = rows

    def person(
        self, *also: str, without: tuple[str, ...] = (), fit: Callable[[str], bool] | None = None
    ) -> str:
        """Somebody with one sound row in each of these files, and in none of those, who has to do
        with no other defect."""
        found = [
            number
            for number, rows in self.lines[also[0]].items()
            if number not in self.used
            and all(len(self.lines[name].get(number, ())) == 1 for name in also)
            and not any(number in self.lines[name] for name in without)
            and not any((n, r) in self.flawed for n in also for r in self.lines[n][number])
            and len(rows) == 1
            and (fit is None or fit(number))
        ]
        number = self.random.choice(found)
        self.used.add(number)
        return number

    def row(self, name: str, number: str) -> int:
        return self.lines[name][number][0]

    def record(self, name: str) -> int:
        """A sound record of a file that is about nobody."""
        table = self.tables[name]
        found = [
            r
            for r in range(1, len(table.records))
            if (name, r) not in self.flawed and len(table.cells(r)) == len(table.header)
        ]
        record = self.random.choice(found)
        self.flawed.add((name, record))
        return record

    def append(self, name: str, cells: list[str]) -> int:
        """Another record at the end; its number."""
        table = self.tables[name]
        last = table.records[-1]
        at = len(table.records)
        if not last.endswith(b"\n"):  # what ends a file stays at its end
            at -= 1
        table.records.insert(at, b"")
        table.put(at, cells)
        return at

    def write(self, folder: Path) -> None:
        for name, table in self.tables.items():
            (folder / name).write_bytes(b"".join(table.records))
