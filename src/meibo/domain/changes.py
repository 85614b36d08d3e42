"""What kind of change lies between a person's card of one day and of another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.domain.book import Line

KINDS: Mapping[str, str] = {
    "enter": "採用",
    "promote": "昇任",
    "move": "異動",
    "demote": "降任",
    "leave": "退職",
    "add": "兼務",
    "relieve": "兼務解除",
    "remap": "組織改正による所属の変更",
    "rename": "氏名の変更",
    "pause": "休職・派遣",
    "resume": "復職・復帰",
    "renew": "任期の更新",
}
Side = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: `code` is a key of KINDS, `label` its Japanese name."""

    code: str
    label: str


def kinds_of(
    before: Side,
    after: Side,
    grades: Mapping[str, int],
    units: Collection[str],
    house: Sequence[Line],
    a: date,
    b: date,
) -> list[Kind]:
    """The kinds of change between two cards; only fields on the cards count.

    `grades`: post code → grade. `house`: the reorganisations, by which a changed unit code is
    told from a move.
    """
    if before is None or after is None:
        code = "enter" if before is None else "leave"
        return [] if before is None and after is None else [Kind(code, KINDS[code])]
    codes = [_seat_kind(before, after, grades, house, a, b)]
    codes += _further_kinds(before, after, house, a, b)
    codes += _other_kinds(before, after)
    return [Kind(c, KINDS[c]) for c in codes if c]


def _seat_kind(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    grades: Mapping[str, int],
    house: Sequence[Line],
    a: date,
    b: date,
) -> str:
    old_post, new_post = before.get("post_code"), after.get("post_code")
    old = grades.get(str(old_post), 0)
    new = grades.get(str(new_post), 0)
    if old_post != new_post and old and new and old != new:
        return "promote" if new > old else "demote"
    old_unit, new_unit = before.get("unit_code"), after.get("unit_code")
    if old_unit == new_unit:
        return "move" if old_post != new_post else ""
    follows = carried(str(old_unit), house, a, b) == new_unit and old_post == new_post
    return "remap" if follows else "move"


def _further_kinds(
    before: Mapping[str, Any], after: Mapping[str, Any], house: Sequence[Line], a: date, b: date
) -> list[str]:
    old = {(carried(s["unit_code"], house, a, b), s["post"]) for s in before.get("concurrent", [])}
    new = {(s["unit_code"], s["post"]) for s in after.get("concurrent", [])}
    return (["add"] if new - old else []) + (["relieve"] if old - new else [])


def _other_kinds(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    kinds = ["rename"] if before.get("name") != after.get("name") else []
    for key, none in (("leave", "leave_from"), ("dispatch", "dispatch_body")):
        was, now = before.get(key), after.get(key)
        if was != now or before.get(none) != after.get(none):
            kinds.append("pause" if after.get(none) else "resume")
    if before.get("term_end") != after.get("term_end") and after.get("term_end"):
        kinds.append("renew")
    return list(dict.fromkeys(kinds))


def carried(unit: str | None, house: Sequence[Line], a: date, b: date) -> str | None:
    """The code under which a unit goes on after the reorganisations between two days."""
    if a > b:
        return unit
    for line in house:
        if a < line.effective <= b and line.successions:
            unit = line.successions.heir(unit) or unit
    return unit
