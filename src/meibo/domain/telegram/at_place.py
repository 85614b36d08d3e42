"""What a telegram says of one municipality."""

from __future__ import annotations

from dataclasses import dataclass, field

from meibo.domain.telegram.model import Grade, Shaking, Telegram, Tsunami, Warned
from meibo.domain.telegram.scale import Intensity

ALARM_FROM = Intensity.FIVE_LOWER
_CITY_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality in the codes of the JMA: 細分区域 (350) and areas of the weather offices
    (130011), 市町村等 (1310300), 津波予報区 (312). The three are tables of their own: 350 is
    東京都２３区 in one and 富山県 in another."""

    areas: frozenset[str] = field(default_factory=frozenset)
    cities: frozenset[str] = field(default_factory=frozenset)
    tsunami: frozenset[str] = field(default_factory=frozenset)

    def has_city(self, code: str) -> bool:
        """Whether a code of 市町村等 is one of ours or a part of one: the first five digits are the
        municipality, the others the parts into which weather telegrams divide some."""
        own = {city[:_CITY_DIGITS] for city in self.cities}
        return len(code) == 7 and code[:_CITY_DIGITS] in own

    def has_prefecture(self, code: str) -> bool:
        """Whether an area of the weather offices (six digits) lies in the prefecture of ours."""
        return len(code) == 6 and code[:2] in {city[:2] for city in self.cities}


@dataclass(frozen=True, slots=True)
class Found:
    """`grave`: reason enough for an alarm. `city_known`: the telegram names our city's intensity,
    which is more exact than our area's."""

    stated: bool = False
    grave: bool = False
    reason: str = ""
    intensity: Intensity | None = None
    codes: tuple[str, ...] = ()
    city_known: bool = False
    tsunami: Tsunami = Tsunami.NONE
    graded: bool = False


def shaking(telegram: Telegram, place: Place) -> Found:
    """Observed intensities: of our cities where they are named; else of our areas, and reason for
    an alarm only where the telegram knows no city of that area (震度速報, 長周期地震動)."""
    cities = [c for area in telegram.shaken for c in area.cities if place.has_city(c.code)]
    areas = [a for a in telegram.shaken if a.code and a.code in place.areas]
    codes = tuple(dict.fromkeys(s.code for s in [*areas, *cities]))
    if cities:
        return _shaken(_strongest(cities), codes, city_known=True)
    alone = [a for a in areas if not a.cities or not place.cities]
    if alone:
        return _shaken(_strongest(alone), codes, city_known=False)
    if areas:
        top = _strongest(areas)
        return Found(
            stated=True,
            intensity=top.intensity,
            codes=codes,
            reason=f"{_said(top)}。市区町村別の震度に、この市区町村はありません。",
        )
    return Found(reason=_elsewhere(telegram))


def _shaken(top: Shaking, codes: tuple[str, ...], *, city_known: bool) -> Found:
    grave = top.intensity is not None and top.intensity >= ALARM_FROM
    words = f"{_said(top)}。"
    if top.long_period:
        words = f"{_said(top)}、長周期地震動階級{top.long_period}。"
    return Found(True, grave, words, top.intensity, codes, city_known)


def _said(shaken: Shaking) -> str:
    if shaken.intensity is None:
        return f"{shaken.name}の震度は不明"
    missing = "（震度5弱以上と考えられるが未入電の観測点がある）" if shaken.missing else ""
    return f"{shaken.name}で震度{shaken.intensity.word}{missing}"


def _strongest(places: list[Shaking]) -> Shaking:
    return max(places, key=lambda s: -1 if s.intensity is None else s.intensity)


def _elsewhere(telegram: Telegram) -> str:
    if telegram.strongest is not None:
        return f"この場所の震度はありません（最大震度{telegram.strongest.word}）。"
    return "この場所の震度はありません。"


def expected(telegram: Telegram, place: Place) -> Found:
    """緊急地震速報 expects; it does not tell what was. Never grave: the observed intensity follows
    within a minute or two, and one in some dozens is wrong."""
    areas = [a for a in telegram.shaken if a.code in place.areas]
    if not areas:
        return Found(reason="緊急地震速報の対象に、この場所はありません。")
    top = _strongest(areas)
    word = top.intensity.word if top.intensity is not None else "不明"
    return Found(
        stated=True,
        intensity=top.intensity,
        codes=tuple(a.code for a in areas),
        reason=f"{top.name}で予想震度{word}。観測した震度ではないので発報しません。",
    )


def tsunami(telegram: Telegram, place: Place) -> Found:
    """津波警報 and 大津波警報 in our tsunami area are grave."""
    own = [t for t in telegram.tsunami if t.code in place.tsunami and t.grade > Tsunami.NONE]
    if not own:
        return Found(reason="この場所の津波予報区に、津波警報・注意報・予報はありません。")
    top = max(own, key=lambda t: t.grade)
    words = f"{top.name}に{top.grade.word}。"
    if top.grade is Tsunami.LIFTED:
        words = f"{top.name}の津波警報・注意報は解除されました。"
    return Found(
        stated=True,
        grave=top.grade >= Tsunami.WARNING,
        reason=words,
        codes=tuple(t.code for t in own),
        tsunami=top.grade,
        graded=any(t.graded for t in own),
    )


def warnings(telegram: Telegram, place: Place) -> Found:
    """特別警報 in our city is grave. A telegram that knows no cities can't say that: what it says
    of our area or prefecture is told."""
    knows_cities = any(w.is_city for w in telegram.warned)
    if knows_cities:
        own = [w for w in telegram.warned if place.has_city(w.code)]
    else:
        own = [w for w in telegram.warned if w.code in place.areas or place.has_prefecture(w.code)]
    own = [w for w in own if w.grade > Grade.NONE]
    if not own:
        return Found(reason="この場所に警報・注意報などはありません。")
    top = max(w.grade for w in own)
    kinds = dict.fromkeys(_called(w) for w in own if w.grade is top)
    area = next(w.name for w in own if w.grade is top)
    note = "" if knows_cities else "。市区町村別の電文ではないので発報しません"
    return Found(
        stated=True,
        grave=knows_cities and top is Grade.SPECIAL,
        reason=f"{area}に{'・'.join(kinds)}{note}。",
        codes=tuple(dict.fromkeys(w.code for w in own)),
    )


def _called(warned: Warned) -> str:
    name = warned.kind or "情報"
    return f"{name}の解除" if warned.grade is Grade.LIFTED and "解除" not in name else name
