"""A small ward in the format of package A: a few dozen clean rows, to be spoilt one at a time."""

import csv
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

from meibo.domain.findings import Finding
from meibo.platform.feeds import Package, load_definition, read_package

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
DEFINITION = ROOT / "town" / "feeds" / "package-a.toml"
ROWS = HERE / "fixtures" / "package_a"

MASTER = "職員マスタ_20261101.csv"
LATER = "職員マスタ_20270401.csv"
ORDERS = "異動発令_20270401.csv"
CORRECTIONS = "異動発令_訂正.csv"
UNITS = "所属コード表.csv"
SUCCESSIONS = "組織改編対応表.csv"
DUTIES = "分掌表.csv"
POSTS = "職名コード表.csv"
GAIJI = "外字対応表.csv"
TRAINING = "研修受講履歴.csv"
LICENCES = "資格免許.csv"
EVALUATION = "評価結果.csv"
DECLARATIONS = "自己申告.csv"
MUSTER = "災害時参集.csv"

Told = tuple[str, int | None, str, str, str]


class Ward:
    """The files of a package, held as rows until they are written out and read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, list[list[str]]] = {}
        self.bytes: dict[str, Callable[[bytes], bytes]] = {}
        self.absent: set[str] = set()
        for path in sorted(ROWS.glob("*.csv")):
            text = path.read_text(encoding="utf-8")
            self.tables[path.name] = list(csv.reader(io.StringIO(text, newline="")))

    def rows(self, file: str) -> list[dict[str, str]]:
        """The data rows by header."""
        header, *rows = self.tables[file]
        return [dict(zip(header, row, strict=True)) for row in rows]

    def record(self, file: str, **wanted: str) -> int:
        """The number of the first record that has these values."""
        places = {self._place(file, column): value for column, value in wanted.items()}
        return next(
            number
            for number, row in enumerate(self.tables[file][1:], 1)
            if all(row[place] == value for place, value in places.items())
        )

    def set(self, file: str, record: int, **values: str) -> None:
        """Write other values into one record."""
        for column, value in values.items():
            self.tables[file][record][self._place(file, column)] = value

    def _place(self, file: str, column: str) -> int:
        """Where a column is. Python writes a keyword such as 氏名ｶﾅ in full width (NFKC)."""
        folded = [unicodedata.normalize("NFKC", header) for header in self.tables[file][0]]
        return folded.index(unicodedata.normalize("NFKC", column))

    def add(self, file: str, record: int, /, **values: str) -> int:
        """Append a copy of a record, with other values; its number."""
        self.tables[file].append(list(self.tables[file][record]))
        number = len(self.tables[file]) - 1
        self.set(file, number, **values)
        return number

    def spoil(self, file: str, change: Callable[[bytes], bytes]) -> None:
        """Change the bytes of a file after it is written."""
        self.bytes[file] = change

    def read(self) -> Package:
        """Write the files as package A does (CP932, CRLF, all quoted) and read them."""
        for file, rows in self.tables.items():
            if file in self.absent:
                continue
            text = io.StringIO()
            csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
            data = text.getvalue().encode("cp932")
            data = self.bytes.get(file, bytes)(data)
            (self.folder / file).write_bytes(data)
        return read_package(load_definition(DEFINITION), self.folder)

    def told(self) -> list[Told]:
        """What the findings say: file, record, column, code, severity."""
        return [short(finding) for finding in self.read().findings]


def short(finding: Finding) -> Told:
    """A finding without its words."""
    return (
        finding.file,
        finding.record,
        finding.column,
        finding.code,
        finding.severity.value,
    )
