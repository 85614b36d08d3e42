"""A very small package: a definition and three files, clean unless a test spoils them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

DEFINITION = """
name = "小さな給与"
announced = true

[defaults]
dates = ["slash"]

[staff_number]
digits = 7

[tables.post]
"030" = "課長"
"050" = "係長"
"070" = "主事"

[tables.order_kind]
"1" = "採用"
"2" = "昇任"
"3" = "退職"
"4" = "配置換"

[terms."1"]
effect = "enter"

[terms."2"]
effect = "move"

[terms."3"]
effect = "leave"

[terms."4"]
effect = "move"

[[files]]
role = "units"
name = "所属.csv"
[files.columns]
"コード" = "code"
"名称" = "name"
"上位" = "parent"
"階層" = "level"

[[files]]
role = "master"
name = "職員_{base}.csv"
unique = "staff_no"
[files.columns]
"職員番号" = "staff_no"
"氏名" = "name"
"カナ" = { field = "kana", width = "full" }
"生年月日" = "birth_date"
"所属" = "unit"
"職" = "post"
"採用日" = "hired"
"現所属" = "unit_since"
"内線" = "extension"

[[files]]
role = "orders"
name = "発令.csv"
optional = true
[files.columns]
"番号" = "order_no"
"発令日" = "effective"
"職員番号" = "staff_no"
"種別" = "kind"
"新所属" = "new_unit"
"新職" = "new_post"
"""
UNITS = (
    ("コード", "名称", "上位", "階層"),
    ("01", "総務部", "", "1"),
    ("0101", "総務課", "01", "2"),
    ("0102", "税務課", "01", "2"),
)
HEAD = ("職員番号", "氏名", "カナ", "生年月日", "所属", "職", "採用日", "現所属", "内線")
PEOPLE = (
    ("0000001", "髙橋　花子", "タカハシ　ハナコ", "1975/05/06", "0101", "030", "2000/04/01"),
    ("0000002", "佐藤　健太", "サトウ　ケンタ", "1985/07/08", "0101", "050", "2010/04/01"),
    ("0000003", "鈴木　美咲", "スズキ　ミサキ", "1995/09/10", "0102", "070", "2018/04/01"),
)
ORDERS = (
    ("番号", "発令日", "職員番号", "種別", "新所属", "新職"),
    ("1", "2027/04/01", "0000003", "2", "0101", "050"),
    ("2", "2027/03/31", "0000001", "3", "", ""),
)
Row = Sequence[str]
_KANA = '"カナ" = { field = "kana", width = "full" }\n'


@dataclass
class Package:
    """The files as rows, and where they are written."""

    folder: Path
    units: list[Row] = field(default_factory=lambda: list(UNITS))
    people: list[Row] = field(default_factory=list)
    orders: list[Row] = field(default_factory=lambda: list(ORDERS))
    definition: str = DEFINITION

    def __post_init__(self) -> None:
        if not self.people:
            self.people = [
                (*row, "2020/04/01", str(2000 + number)) for number, row in enumerate(PEOPLE, 1)
            ]

    def without_readings(self) -> "Package":
        """The readings ignored: to look them up takes a new process some seconds."""
        self.definition = self.definition.replace(_KANA, "").replace(
            'unique = "staff_no"', 'ignore = ["カナ"]'
        )
        return self

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def plan(self) -> Path:
        return self.folder / "small.toml"

    def write(self) -> tuple[str, str]:
        """Write everything; returns what `meibo intake` takes: the definition and the folder."""
        self.files.mkdir(parents=True, exist_ok=True)
        self.plan.write_text(self.definition, encoding="utf-8")
        for name, rows in (
            ("所属.csv", self.units),
            ("職員_20261101.csv", [HEAD, *self.people]),
            ("発令.csv", self.orders),
        ):
            text = "".join(",".join(row) + "\n" for row in rows)
            (self.files / name).write_text(text, encoding="utf-8")
        return str(self.plan), str(self.files)


def many(folder: Path, count: int) -> Package:
    """The same with so many people."""
    kana = "カキクケコサシスセソタチツテトナニヌネノ"
    people = [
        (
            f"{number:07}",
            f"山田　{number:05}",
            f"ヤマダ　{kana[number % 20]}{kana[number // 20 % 20]}コ",
            f"{1970 + number % 25}/{number % 12 + 1:02}/{number % 28 + 1:02}",
            ("0101", "0102")[number % 2],
            ("050", "070")[number % 2],
            "2015/04/01",
            "2020/04/01",
            str(20000 + number),
        )
        for number in range(1, count + 1)
    ]
    orders = [ORDERS[0]]
    orders += [
        (str(number), "2027/04/01", f"{number:07}", "4", "0101", "070")
        for number in range(2, count + 1, 4)
    ]
    return Package(folder, people=people, orders=orders)
