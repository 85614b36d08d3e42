"""Which telegram it is. Its code (VXSE51 …) stands only in the name under which it was delivered;
inside it is the title of its control part that tells, so that is what counts.

Titles and codes: 気象庁防災情報XMLフォーマット 技術資料 (電文の一覧).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """What a telegram speaks of."""

    INTENSITY = "intensity"
    SOURCE = "source"
    FORECAST = "forecast"
    TSUNAMI = "tsunami"
    WARNING = "warning"
    NATION = "nation"
    TRIAL = "trial"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """A code and what it is about."""

    code: str
    family: Family


_TITLES = {
    "震度速報": ("VXSE51", Family.INTENSITY),
    "震源に関する情報": ("VXSE52", Family.SOURCE),
    "震源・震度に関する情報": ("VXSE53", Family.INTENSITY),
    "地震の活動状況等に関する情報": ("VXSE56", Family.OTHER),
    "地震回数に関する情報": ("VXSE60", Family.OTHER),
    "顕著な地震の震源要素更新のお知らせ": ("VXSE61", Family.SOURCE),
    "長周期地震動に関する観測情報": ("VXSE62", Family.INTENSITY),
    "緊急地震速報(警報)": ("VXSE43", Family.FORECAST),
    "緊急地震速報(予報)": ("VXSE44", Family.FORECAST),
    "緊急地震速報(地震動予報)": ("VXSE45", Family.FORECAST),
    "緊急地震速報配信テスト": ("VXSE42", Family.TRIAL),
    "地震・津波に関するお知らせ": ("VZSE40", Family.OTHER),
    "津波警報・注意報・予報a": ("VTSE41", Family.TSUNAMI),
    "津波情報a": ("VTSE51", Family.TSUNAMI),
    "沖合の津波観測に関する情報": ("VTSE52", Family.TSUNAMI),
    "南海トラフ地震臨時情報": ("VYSE50", Family.NATION),
    "南海トラフ地震関連解説情報": ("VYSE51", Family.NATION),
    "北海道・三陸沖後発地震注意情報": ("VYSE60", Family.NATION),
    "気象警報・注意報": ("VPWW50", Family.WARNING),
    "気象特別警報・警報・注意報": ("VPWW53", Family.WARNING),
    "気象警報・注意報(H27)": ("VPWW54", Family.WARNING),
    "気象警報・注意報(R06)(大雨)": ("VPWW55", Family.WARNING),
    "気象警報・注意報(R06)(土砂)": ("VPWW56", Family.WARNING),
    "気象警報・注意報(R06)(高潮)": ("VPWW57", Family.WARNING),
    "気象警報・注意報(R06)(暴風)": ("VPWW58", Family.WARNING),
    "気象警報・注意報(R06)(波浪)": ("VPWW59", Family.WARNING),
    "気象警報・注意報(R06)(大雪)": ("VPWW60", Family.WARNING),
    "気象警報・注意報(R06)(その他の注意報)": ("VPWW61", Family.WARNING),
    "気象警報・注意報(R06)(集約通報)": ("VPWS50", Family.WARNING),
    "気象特別警報報知": ("VPNO50", Family.WARNING),
    "記録的短時間大雨情報": ("VPOA50", Family.WARNING),
    "竜巻注意情報": ("VPHW50", Family.WARNING),
    "竜巻注意情報(目撃情報付き)": ("VPHW51", Family.WARNING),
    "土砂災害警戒情報": ("VXWW50", Family.WARNING),
    "指定河川洪水予報": ("VXKO", Family.WARNING),
    "噴火警報・予報": ("VFVO50", Family.WARNING),
    "噴火速報": ("VFVO56", Family.WARNING),
}
_LIKE = (
    ("気象警報・注意報(R06)", "VPWW5x", Family.WARNING),
    ("気象警報・注意報", "VPWW5x", Family.WARNING),
)
"""Titles that may still be added (the R06 family was split in seven in 2026)."""


def kind_of(title: str) -> Kind:
    """The kind of a title; one that isn't known has the title for its code and is of OTHER."""
    plain = unicodedata.normalize("NFKC", title).strip()
    found = _TITLES.get(plain)
    if found is not None:
        return Kind(*found)
    for start, code, family in _LIKE:
        if plain.startswith(start) and "時系列" not in plain:
            return Kind(code, family)
    return Kind(plain, Family.OTHER)
