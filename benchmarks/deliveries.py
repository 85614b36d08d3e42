"""Deliveries of a payroll package in the shape of package A: a master of any size, week by week.

Names come from `town`. One row in a hundred has a small flaw, a few have line breaks and quotation
marks in their values, as real exports do; everything is invented.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.town import Staff, Town

FIRST = date(2026, 11, 2)
WEEK = timedelta(days=7)
_WEIGHTS = (7, 6, 5, 4, 3, 2)
HEADER = (
    *("職員番号", "氏名漢字", "氏名ｶﾅ", "旧姓使用区分", "旧姓漢字", "旧姓ｶﾅ", "生年月日", "性別CD"),
    *("所属CD", "職名CD", "職種CD", "級", "号給", "任用形態CD", "採用年月日", "現所属発令日"),
    *("任期満了日", "兼務所属CD1", "兼務所属CD2", "兼務所属CD3", "兼務職名CD1", "兼務職名CD2"),
    *("兼務職名CD3", "派遣区分", "派遣先", "休職区分", "休職開始日", "休職終了日", "内線", "ﾒｰﾙ"),
    *("郵便番号", "住所", "自宅TEL", "携帯TEL", "緊急連絡先氏名", "緊急続柄", "緊急TEL"),
    *("顔写真ﾌｧｲﾙ", "備考"),
)
_AT = {name: index for index, name in enumerate(HEADER)}
_CODES = {
    "職名": ("職名CD,名称,級", "050,係長,3", "060,主任,2", "070,主事,1", "901,事務補助員,"),
    "職種": ("職種CD,名称", "01,事務", "06,福祉"),
    "任用形態": ("任用形態CD,名称", "1,常勤", "6,会計年度パートタイム"),
    "発令種別": ("発令種別CD,名称", "03,配置換"),
    "庁舎": ("庁舎CD,名称", "001,本庁舎"),
    "休職区分": ("休職区分CD,名称", "0,なし", "2,育児休業"),
    "派遣区分": ("派遣区分CD,名称", "0,なし"),
}
_UNIT_HEADER = "所属CD,名称,略称,上位CD,階層,有効開始,有効終了,代表電話,FAX,ﾒｰﾙ,庁舎CD,階,出先区分"
_GRADES = {"050": "3", "060": "2", "070": "1", "901": ""}


def _half_width() -> dict[int, str]:
    """Hiragana and its marks → what a host writes."""
    kana = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)}
    table = {ord(full) - 0x60: half for full, half in kana.items() if 0x30A1 <= ord(full) <= 0x30F6}
    return table | {0x3099: "ﾞ", 0x309A: "ﾟ", ord("ー"): "ｰ", 0x3000: " "}


_HALF = _half_width()


def half(reading: str) -> str:
    """A reading in hiragana → half-width katakana, marks as letters of their own."""
    return unicodedata.normalize("NFD", reading).translate(_HALF)


def numbered(serial: int) -> str:
    """A staff number: six digits and their check digit."""
    rest = sum(int(d) * w for d, w in zip(f"{serial:06d}", _WEIGHTS, strict=True)) % 11
    return f"{serial:06d}{0 if rest < 2 else 11 - rest}"


@dataclass(slots=True)
class Deliveries:
    """A town whose master is written again and again, each time a little changed."""

    people: int
    share: float = 0.02
    seed: int = 7
    rows: list[list[str]] = field(default_factory=list)
    chance: Random = field(init=False)
    units: list[tuple[str, str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.units = list(_units(max(self.people // 12, 8)))
        places = [code for code, _, level in self.units if level == 3]
        town = Town(self.people, seed=self.seed)
        self.rows = [self._row(n, s, places) for n, s in enumerate(town.people(), 101)]

    def _row(self, serial: int, staff: Staff, places: list[str]) -> list[str]:
        rng, number = self.chance, numbered(serial)
        term = rng.random() < 0.1
        post = "901" if term else rng.choice(("050", "060", "060", "070", "070"))
        number = numbered(500_000 + serial) if term else number
        born = date(rng.randint(1968, 2001), rng.randint(1, 12), rng.randint(1, 28))
        hired = date(born.year + rng.randint(19, 24), 4, 1)
        since = date(rng.randint(min(hired.year, 2025), 2026), 4, 1)
        away = rng.random() < 0.01
        name, kana = _writable(staff.name), half(staff.kana)
        plain = f"090-0000-{rng.randint(0, 9999):04d}"
        row = dict.fromkeys(HEADER, "") | {
            "職員番号": number, "氏名漢字": name, "氏名ｶﾅ": kana, "旧姓使用区分": "0",
            "生年月日": _era(born), "性別CD": rng.choice("12"), "所属CD": rng.choice(places),
            "職名CD": post, "職種CD": rng.choice(("01", "06")), "級": _GRADES[post],
            "号給": f"{rng.randint(1, 120):03d}", "任用形態CD": "6" if term else "1",
            "採用年月日": f"{hired:%Y%m%d}", "現所属発令日": f"{since:%Y%m%d}",
            "任期満了日": "20270331" if term else "99999999", "派遣区分": "0",
            "休職区分": "2" if away else "0",
            "休職開始日": "20261001" if away else "00000000",
            "休職終了日": "20270930" if away else "00000000",
            "内線": str(rng.randint(2000, 9999)),
            "ﾒｰﾙ": "" if term else f"s{number}@city.example.jp", "郵便番号": "000-1234",
            "住所": f"東京都汐見区中央{rng.randint(1, 9)}丁目９０１番{rng.randint(1, 30)}号",
            "自宅TEL": "", "携帯TEL": plain, "緊急連絡先氏名": name, "緊急続柄": "父",
            "緊急TEL": plain, "顔写真ﾌｧｲﾙ": f"{number}.jpg",
        }  # fmt: skip  # a table of the columns
        return list(self._flawed(row).values())

    def _flawed(self, row: dict[str, str]) -> dict[str, str]:
        """One in a hundred has a flaw; a few more have values that are awkward to read."""
        chance = self.chance.random()
        if chance < 0.005:
            row["内線"] = "".join(chr(ord(c) + 0xFEE0) for c in row["内線"])
        elif chance < 0.01:
            row["携帯TEL"] = "不明"
        elif chance < 0.013:
            row["備考"] = "育児中\r\n早出不可"
        elif chance < 0.016:
            row["備考"] = '通称"さくら"で勤務'
        return row

    def change(self) -> None:
        """What changes in a week: an extension, a telephone, an address."""
        rng = self.chance
        for row in rng.sample(self.rows, int(self.share * self.people)):
            column = rng.choices(("内線", "携帯TEL", "住所"), (6, 3, 1))[0]
            row[_AT[column]] = {
                "内線": str(rng.randint(2000, 9999)),
                "携帯TEL": f"090-0000-{rng.randint(0, 9999):04d}",
                "住所": f"東京都汐見区北{rng.randint(1, 9)}丁目９０２番{rng.randint(1, 30)}号",
            }[column]

    def write(self, folder: Path, week: int) -> Path:
        """The package of a week, in CP932; `change` has been called for each week before."""
        place = folder / f"week-{week}"
        place.mkdir()
        for name, lines in _CODES.items():
            _put(place / f"{name}コード表.csv", lines)
        _put(place / "所属コード表.csv", [_UNIT_HEADER, *map(_unit_row, self.units)])
        base = FIRST + WEEK * week
        quoted = (
            '"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in self.rows
        )
        header = '"' + '","'.join(HEADER) + '"'
        _put(place / f"職員マスタ_{base:%Y%m%d}.csv", [header, *quoted])
        return place


def _put(path: Path, lines: Iterator[str] | list[str] | tuple[str, ...]) -> None:
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp932"))


def _writable(name: str) -> str:
    """A name in letters that CP932 has."""
    return name if name.encode("cp932", "ignore").decode("cp932") == name else "高橋　一郎"


def _era(day: date) -> str:
    """元号コード and YYMMDD."""
    shows = day >= date(1989, 1, 8)
    return f"{4 if shows else 3}{day.year - (1988 if shows else 1925):02d}{day:%m%d}"


def _units(wanted: int) -> Iterator[tuple[str, str, int]]:
    """Codes, names and levels: ten 課 of ten 係 in each 部."""
    made = bureau = 0
    while made < wanted:
        bureau += 1
        yield f"{bureau:02d}000000", f"第{bureau}部", 1
        for section in range(1, 11):
            yield f"{bureau:02d}{section:03d}000", f"第{section}課", 2
            for team in range(1, 11):
                if made < wanted:
                    yield f"{bureau:02d}{section:03d}{team:03d}", f"第{team}係", 3
                    made += 1


def _unit_row(unit: tuple[str, str, int]) -> str:
    code, name, level = unit
    above = {1: "", 2: f"{code[:2]}000000", 3: f"{code[:5]}000"}[level]
    phones = "03-0000-1000,03-0000-1001"
    return f"{code},{name},{name},{above},{level},20150401,99999999,{phones},,001,1,0"
