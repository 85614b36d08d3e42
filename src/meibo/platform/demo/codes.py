"""The demo ward's code tables: posts in order of rank, jobs, terms, kinds of order, places."""

from __future__ import annotations

import json

from meibo.ledger.writer import NewCode
from meibo.platform.demo.outline import units

# code, name, grade, leads its unit
_POSTS: tuple[tuple[str, str, int, bool], ...] = (
    ("010", "部長", 6, True),
    ("011", "会計管理者", 6, True),
    ("012", "保健所長", 6, True),
    ("013", "事務局長", 6, True),
    ("014", "担当部長", 6, False),
    ("020", "課長", 5, True),
    ("021", "所長", 5, True),
    ("022", "館長", 5, True),
    ("023", "担当課長", 5, False),
    ("024", "課長補佐", 4, False),
    ("030", "係長", 3, True),
    ("031", "園長", 3, True),
    ("032", "館長", 3, True),
    ("033", "技能長", 3, True),
    ("034", "担当係長", 3, False),
    ("035", "主査", 3, False),
    ("036", "指導主事", 3, False),
    ("040", "主任", 2, False),
    ("041", "技能主任", 2, False),
    ("050", "主事", 1, False),
    ("051", "技能員", 1, False),
    ("060", "書記", 0, False),
    ("901", "事務補助員", 0, False),
    ("902", "窓口専門員", 0, False),
    ("903", "専門相談員", 0, False),
    ("904", "認定調査員", 0, False),
    ("905", "看護員", 0, False),
    ("906", "保育補助員", 0, False),
    ("907", "児童館支援員", 0, False),
    ("908", "図書館専門員", 0, False),
    ("909", "学校支援員", 0, False),
    ("910", "作業補助員", 0, False),
)
_JOBS = (
    *("事務", "福祉", "土木", "建築", "機械", "電気", "保育士", "保健師", "看護師", "栄養士"),
    *("心理", "衛生監視", "医師", "幼稚園教諭", "教育", "技能"),
)
_TERMS = (
    *("常勤", "再任用フルタイム", "再任用短時間", "任期付"),
    *("会計年度フルタイム", "会計年度パートタイム"),
)
_ORDER_KINDS = (
    *("採用", "再任用", "任期付採用", "会計年度任用", "再度の任用", "昇任", "降任", "配置換"),
    *("兼務", "兼務解除", "併任", "併任解除", "事務取扱", "事務取扱解除", "派遣", "派遣復帰"),
    *("休職", "育児休業", "復職", "任期更新", "氏名変更", "退職", "組織改正", "取消"),
)
# 外字 of the old host: its code, what it stands for, what is printed where there is no such letter.
# One that people of the ward bear is not in it, as it happens.
_GAIJI = (
    ("F040", "U+20BB7", "吉"),
    ("F041", "U+8FBB U+E0100", "辻"),
    ("F042", "U+698A U+E0100", "榊"),
    ("F043", "U+908A U+E0101", "邊"),
    ("F044", "U+9089 U+E0102", "邉"),
)
LEAVES = (
    *("なし", "休職（病気）", "育児休業", "産前産後休暇", "病気休暇", "配偶者同行休業"),
    "自己啓発等休業",
)
_DISPATCHES = ("なし", "他団体へ派遣中", "他団体から受入れ")
#: Heads as data/house-*.txt calls them, where one name stands for posts of two grades.
_ALIASES = {"館長5": "022", "館長3": "032"}

POST = {name: code for code, name, _, _ in reversed(_POSTS)} | _ALIASES
GRADE = {code: grade for code, _, grade, _ in _POSTS}
JOB = {name: f"{n:02d}" for n, name in enumerate(_JOBS, 1)}
TERM = {name: str(n) for n, name in enumerate(_TERMS, 1)}
LEAVE = {name: str(n) for n, name in enumerate(LEAVES)}
SENT, RECEIVED = "1", "2"


def buildings() -> dict[str, str]:
    """Names of buildings → codes, in the order in which the units name them."""
    names = dict.fromkeys(u.building for u in units())
    return {name: f"{n:03d}" for n, name in enumerate([*names, *SCHOOLS], 1)}


_PLACES = ("けやき台", "楓台", "水車", "宮ノ原", "三ツ橋", "月見坂", "椿山", "松葉", "鈴掛")
SCHOOLS = tuple(
    f"{place}{kind}"
    for kind in ("小学校", "中学校")
    for place in _PLACES
    if f"{place}{kind}" not in {"けやき台小学校", "水車小学校", "月見坂中学校", "三ツ橋小学校"}
)


def tables() -> list[NewCode]:
    """Every code table as rows to write, and what the ward is called."""
    rows = [NewCode("town", "name", "けやき野区")]
    rows += [
        NewCode("post", code, name, rank, _extra(grade, head=head))
        for rank, (code, name, grade, head) in enumerate(_POSTS, 1)
    ]
    rows += [
        NewCode("gaiji", code, text, n, json.dumps({"substitute": other}, ensure_ascii=False))
        for n, (code, text, other) in enumerate(_GAIJI, 1)
    ]
    rows += [NewCode("order_kind", f"{n:02d}", k, n) for n, k in enumerate(_ORDER_KINDS, 1)]
    for table, names in (("leave", LEAVES), ("dispatch", _DISPATCHES)):
        rows += [NewCode(table, str(n), name, n) for n, name in enumerate(names)]
    for table, codes in (("job", JOB), ("employment", TERM), ("building", buildings())):
        rows += [NewCode(table, code, name, n) for n, (name, code) in enumerate(codes.items(), 1)]
    return rows


def _extra(grade: int, *, head: bool) -> str:
    stated: dict[str, object] = {"grade": grade} if grade else {}
    return json.dumps(stated | ({"head": True} if head else {}), sort_keys=True)
