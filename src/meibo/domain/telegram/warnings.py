"""What telegrams say of weather warnings, landslides, floods and volcanoes, by city and area."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from meibo.domain.telegram.model import Grade, Warned
from meibo.domain.telegram.names import HEAD, VOLCANO, WEATHER, under
from meibo.domain.telegram.tree import Node

_SPECIAL_CODES = frozenset({"32", "33", "35", "36", "37", "38", "39"})
"""特別警報 in the code table of `気象警報・注意報`. Other telegrams number their kinds otherwise
(警戒 of a 土砂災害警戒情報 is 3), so codes count there only."""
_WEATHER_TABLE = "気象警報・注意報"
_FLOODED = "浸水想定地区"
_HOMES = "噴火警報（居住地域）"
"""Stands as a 特別警報 (気象業務法13条の2; 気象庁告示), though it isn't called one."""


def content(root: Node, head: Node) -> dict[str, Any]:
    """The fields of a Telegram that come from such a body. Where the body has no cities, those that
    the head part lists count."""
    found = [*_stated(root, WEATHER, "Warning"), *_stated(root, VOLCANO, "VolcanoInfo")]
    if not any(w.is_city for w in found):
        found += [w for w in _listed(head) if w.is_city or not found]
    if _HOMES in head.said(*under(HEAD, "Title")):
        found = [_special(w) for w in found]
    return {"warned": tuple(found)}


def _special(warned: Warned) -> Warned:
    if warned.grade <= Grade.LIFTED:
        return warned
    return Warned(warned.code, warned.name, _HOMES, warned.kind_code, Grade.SPECIAL, warned.status)


def _stated(root: Node, space: str, table: str) -> Iterator[Warned]:
    """The rows of the body's tables. An assumed flood area (浸水想定地区) is under what the
    telegram says of its river."""
    river: list[tuple[str, str, Grade, str]] = []
    for block in root.all(*under(space, f"Body/{table}")):
        kind_of_block = block.attributes.get("type", "")
        for item in block.all(*under(space, "Item")):
            kinds = [_kind(k, space, kind_of_block) for k in item.all(*under(space, "Kind"))]
            if kind_of_block.startswith(_FLOODED) and river:
                kinds = river
            elif kind_of_block.startswith("指定河川洪水予報"):
                river = kinds
            yield from _rows(item, space, kinds)


def _rows(item: Node, space: str, kinds: list[tuple[str, str, Grade, str]]) -> Iterator[Warned]:
    areas = [*item.all(*under(space, "Area")), *item.all(*under(space, "Areas/Area"))]
    for area in areas:
        city = area.said(*under(space, "CityCode"))
        code = city or area.said(*under(space, "Code"))
        name = area.said(*under(space, "City" if city else "Name"))
        for kind, kind_code, grade, status in kinds:
            yield Warned(_city_code(code), name, kind, kind_code, grade, status)


def _city_code(code: str) -> str:
    """The code as it stands; a municipality's five digits get the two that stand for its whole."""
    return f"{code}00" if len(code) == 5 and code.isascii() and code.isdigit() else code


def _listed(head: Node) -> Iterator[Warned]:
    for block in head.all(*under(HEAD, "Headline/Information")):
        for item in block.all(*under(HEAD, "Item")):
            table = block.attributes.get("type", "")
            kinds = [_kind(k, HEAD, table) for k in item.all(*under(HEAD, "Kind"))]
            yield from _rows(item, HEAD, kinds)


def _kind(kind: Node, space: str, table: str) -> tuple[str, str, Grade, str]:
    name, code, status = (kind.said(*under(space, part)) for part in ("Name", "Code", "Status"))
    number = unicodedata.normalize("NFKC", code)
    special = table.startswith(_WEATHER_TABLE) and number in _SPECIAL_CODES
    return name, number, _grade(name, status, special=special), status


def _grade(name: str, status: str, *, special: bool) -> Grade:
    """How grave it is, by name. `危険警報` is level 4 of the system of 2026, below 特別警報."""
    if "なし" in status or name == "なし":
        return Grade.NONE
    if "解除" in status or "解除" in name:
        return Grade.LIFTED
    if special or "特別警報" in name:
        return Grade.SPECIAL
    words = (
        ("危険警報", Grade.DANGER),
        ("警報", Grade.WARNING),
        ("警戒", Grade.WARNING),
        ("注意報", Grade.ADVISORY),
    )
    return next((grade for word, grade in words if word in name), Grade.STATED)
