"""A small made-up ward in the books: enough of everything that a screen has to draw.

Every name is put together from common surnames and given names. `TODAY` is the day on which the
tests stand; the great transfer of the next 1 April is announced already.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from meibo.domain.book import Effect, Line, SeatKind, Succession, SuccessionTable
from meibo.ledger.writer import Batch, NewCode, NewFiling, append

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TURN = date(2027, 4, 1)
FIRST = date(2022, 4, 1)
RECORDED = datetime(2022, 3, 1, tzinfo=UTC)

SURNAMES = (
    *("佐藤サトウ", "鈴木スズキ", "高橋タカハシ", "田中タナカ", "伊藤イトウ", "渡邉ワタナベ"),
    *("山本ヤマモト", "中村ナカムラ", "小林コバヤシ", "加藤カトウ", "吉田ヨシダ", "山田ヤマダ"),
    *("髙橋タカハシ", "齋藤サイトウ", "斎藤サイトウ", "山﨑ヤマザキ", "大野オオノ", "小野オノ"),
    *("新城シンジョウ", "長谷川ハセガワ", "勅使河原テシガワラ", "林ハヤシ", "森モリ", "濵田ハマダ"),
)
GIVEN = (
    *("太郎タロウ", "花子ハナコ", "一郎イチロウ", "美咲ミサキ", "健太ケンタ", "陽子ヨウコ"),
    *("翔ショウ", "由美子ユミコ", "大輔ダイスケ", "恵ケイ", "直樹ナオキ", "さくらサクラ"),
    *("隆タカシ", "真理マリ", "優ユウ", "誠マコト", "千尋チヒロ", "学マナブ"),
)
HOUSE: dict[str, dict[str, list[str]]] = {
    "総務部": {
        "総務課": ["総務係", "文書係", "法規係"],
        "人事課": ["人事係", "給与係", "研修係"],
        "防災課": ["防災計画係", "防災訓練係"],
    },
    "区民部": {
        "税務課": ["税務係", "課税第一係", "課税第二係"],
        "納税課": ["納税推進係", "収納係"],
        "戸籍住民課": ["戸籍係", "住民記録係", "総合窓口係"],
    },
    "福祉部": {
        "生活福祉課": ["管理係", "相談第一係", "相談第二係"],
        "高齢福祉課": ["高齢者支援係", "介護保険係"],
        "国保年金課": ["資格係", "給付係", "年金係"],
    },
    "都市整備部": {
        "都市計画課": ["計画係", "調整係"],
        "道路公園課": ["道路維持係", "公園緑地係", "自転車対策係"],
    },
}
DUTIES = {
    "税務課": ["特別区民税及び軽自動車税の賦課に関すること。", "税務証明に関すること。"],
    "納税課": ["特別区税の徴収及び滞納整理に関すること。"],
    "国保年金課": [
        "国民健康保険の資格に関すること。",
        "国民健康保険の給付に関すること。",
        "国民年金に関すること。",
    ],
    "防災課": ["地域防災計画に関すること。", "災害対策本部に関すること。"],
}
POSTS = (
    ("010", "部長", 6, True),
    ("030", "課長", 5, True),
    ("040", "課長補佐", 4, False),
    ("050", "係長", 3, True),
    ("052", "主査", 3, False),
    ("060", "主任", 2, False),
    ("070", "主事", 1, False),
    ("901", "事務補助員", None, False),
)
GRADES = {code: grade for code, _, grade, _ in POSTS}
IN_SECTION = ("050", "052", "060", "060", "070", "070", "901")
SKILLS = ("手話（日常会話）", "社会福祉士", "宅地建物取引士", "英語（会議で話せる）", "防災士")


def split(word: str) -> tuple[str, str]:
    """「佐藤サトウ」 → the writing and the reading; a name in kana alone is its own reading."""
    at = next((i for i, c in enumerate(word) if "ァ" <= c <= "ヶ"), len(word))
    return word[:at], word[at:]


@dataclass
class Ward:
    """What was built: ids by where they sit, for tests to name."""

    codes: dict[str, str] = field(default_factory=dict)
    seats: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    batch: Batch = field(default_factory=Batch)
    number: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]  # counts int

    def first(self, unit: str, post: str) -> str:
        """The first person who holds this post (code) in the unit of this name."""
        return self.seats[self.codes[unit], post][0]


def build(copies: int = 1, people_a_section: int = 5) -> Ward:
    """Write the ward into the books. `copies` > 1 repeats the house under other names."""
    ward = Ward()
    _tables(ward)
    for copy in range(copies):
        for number, (name, sections) in enumerate(HOUSE.items(), 1):
            _department(ward, f"{copy * 10 + number:02}", name, sections, copy, people_a_section)
    _details(ward)
    _turn(ward)
    append(ward.batch, actor="test", now=NOW)
    return ward


def _tables(ward: Ward) -> None:
    for rank, (code, name, grade, head) in enumerate(POSTS, 1):
        extra = {"grade": grade, "head": head} if grade else {}
        ward.batch.codes.append(NewCode("post", code, name, rank * 10, json.dumps(extra)))
    rows = {
        "building": {"1": "区役所本庁舎", "2": "分庁舎"},
        "job": {"1": "事務", "2": "福祉", "3": "土木造園"},
        "employment": {"1": "常勤", "5": "会計年度任用職員"},
        "leave": {"0": "なし", "1": "育児休業", "2": "休職"},
        "dispatch": {"0": "なし"},
    }
    for table, values in rows.items():
        ward.batch.codes += [NewCode(table, code, name) for code, name in values.items()]


def _file(ward: Ward, subject: str, since: date = FIRST, **values: str) -> None:
    for name, value in values.items():
        ward.batch.filings.append(NewFiling(subject, name, value, since, RECORDED))


def _unit(ward: Ward, code: str, name: str, parent: str | None, level: int, copy: int) -> str:
    shown = name if copy == 0 else f"第{copy + 1}{name}"
    ward.codes[shown] = code
    values = {"name": shown, "short": shown[:2], "level": str(level), "branch": "0"}
    values |= {"parent": parent} if parent else {}
    values |= {"phone": f"03-0000-{int(code[:5]) % 9000 + 1000}", "fax": "03-0000-0999"}
    values |= {
        "mail": f"u{code}@ward.example",
        "building": "1",
        "floor": str(int(code[:2]) % 8 + 1),
    }
    values |= {f"duty:{n:02}": text for n, text in enumerate(DUTIES.get(name, []), 1)}
    _file(ward, f"unit:{code}", **values)
    return code


def _department(
    ward: Ward, code: str, name: str, sections: dict[str, list[str]], copy: int, people: int
) -> None:
    top = _unit(ward, f"{code}000000", name, None, 1, copy)
    _enter(ward, top, "010")
    for number, (section, teams) in enumerate(sections.items(), 1):
        middle = _unit(ward, f"{code}{number:02}0000", section, top, 2, copy)
        if section != "納税課":
            _enter(ward, middle, "030")
        _enter(ward, middle, "040")
        for place, team in enumerate(teams, 1):
            low = _unit(ward, f"{code}{number:02}{place:02}00", team, middle, 3, copy)
            for post in (IN_SECTION * 20)[:people]:
                _enter(ward, low, post)


def _enter(ward: Ward, unit: str, post: str, on: date = FIRST) -> str:
    number = next(ward.number)
    person = f"p{number:05}"
    ward.batch.people[person] = f"{number:07}"
    ward.seats.setdefault((unit, post), []).append(person)
    surname, kana = split(SURNAMES[number % len(SURNAMES)])
    given, given_kana = split(GIVEN[(number * 7 + number // 24) % len(GIVEN)])
    ward.names[person] = f"{surname}\u3000{given}"
    _file(
        ward,
        person,
        on,
        name=ward.names[person],
        kana=f"{kana}\u3000{given_kana}",
        extension=f"{2000 + number}",
        mail=f"s{number:05}@ward.example",
        staff_no=f"{number:07}",
        sex="F" if number % 2 else "M",
        birth_date=date(1965 + number % 38, number % 12 + 1, number % 28 + 1).isoformat(),
        address=f"汐見区見本町{number}番地",
    )
    if number % 4 == 0:
        _file(ward, person, on, skills="\n".join(SKILLS[number % 5 : number % 5 + 2]))
    line = {"grade": GRADES[post], "job": "1", "employment": "5" if post == "901" else "1"}
    ward.batch.add(_line(on, Effect.ENTER, person, "採用", unit=unit, post=post, **line))
    return person


def _line(on: date, effect: Effect, person: str, wording: str, **stated: object) -> Line:
    if effect in {Effect.ENTER, Effect.MOVE}:
        stated = {"kind": SeatKind.MAIN, **stated}
    recorded = RECORDED if on <= TODAY else NOW
    return Line(0, on, recorded, effect, person, wording, **stated)  # type: ignore[arg-type]  # by name


def _details(ward: Ward) -> None:
    """Allotments, an acting head, a concurrent post, someone away, a very long name."""
    team, chief = ward.codes["税務係"], ward.first("税務係", "050")
    deputy = ward.first("税務係", "052")
    for key, text, role, person in (
        ("01", "特別区民税の証明窓口", "主", chief),
        ("01b", "特別区民税の証明窓口", "副", deputy),
        ("02", "軽自動車税の課税", "主", deputy),
    ):
        value = json.dumps({"text": text, "role": role, "person": person}, ensure_ascii=False)
        _file(ward, f"unit:{team}", **{f"allotment:{key}": value})
    _file(ward, f"unit:{ward.codes['税務課']}", clerks=json.dumps([ward.first("税務係", "060")]))
    acting = {"unit": ward.codes["納税課"], "post": "030", "kind": SeatKind.ACTING}
    head = ward.first("区民部", "010")
    ward.batch.add(_line(FIRST, Effect.ADD, head, "事務取扱", **acting))
    further = {"unit": ward.codes["防災計画係"], "post": "052", "kind": SeatKind.CONCURRENT}
    ward.batch.add(_line(date(2024, 4, 1), Effect.ADD, deputy, "兼務", **further))
    away = {"slot": "leave", "reason": "1", "until": date(2027, 9, 30)}
    person = ward.first("税務係", "070")
    ward.batch.add(_line(date(2026, 7, 1), Effect.PAUSE, person, "育児休業", **away))
    long = ward.first("文書係", "052")
    _file(
        ward,
        long,
        date(2023, 4, 1),
        name="勅使河原・アレクサンドラ\u3000エリザベートマリアンヌ",
        kana="テシガワラ・アレクサンドラ\u3000エリザベートマリアンヌ",
    )


def _turn(ward: Ward) -> None:
    """1 April: some rise, many move, some leave the day before, some come; a unit is renamed."""
    eve = TURN - timedelta(days=1)
    _file(ward, f"unit:{ward.codes['納税課']}", TURN, name="収納課")
    table = SuccessionTable([Succession(ward.codes["納税課"], ward.codes["納税課"], "名称変更")])
    ward.batch.add(Line(0, TURN, NOW, Effect.REMAP, wording="組織改正", successions=table))
    teams = [code for code in ward.codes.values() if not code.endswith("0000")]
    for number, code in enumerate(teams):
        leader = ward.seats[code, "050"][0]
        target = teams[(number + 5) % len(teams)]
        if number % 7 == 3:
            section = code[:4] + "0000"
            stated = {"unit": section, "post": "040", "grade": 4}
            ward.batch.add(_line(TURN, Effect.MOVE, leader, "昇任", **stated))
        elif number % 7 == 5:
            ward.batch.add(_line(eve, Effect.LEAVE, leader, "定年退職"))
        else:
            stated = {"unit": target, "post": "050"}
            ward.batch.add(_line(TURN, Effect.MOVE, leader, "配置換", **stated))
        if number % 4 == 0:
            _enter(ward, code, "070", TURN)
