"""A condition read back as a sentence, so that whoever asks sees what was understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from meibo.domain import calendar
from meibo.domain.conditions.fields import Kind, Known
from meibo.domain.conditions.model import Been, Compared, Group, Held, Part

_MODES = {"now": "いま続けて", "sum": "通算で", "run": "続けて"}


@dataclass(frozen=True, slots=True)
class Words:
    """What fields are, and what codes of posts and units are called."""

    fields: Mapping[str, Known]
    unit: Callable[[str], str]
    post: Callable[[str], str]


def sentence(group: Group, words: Words) -> str:
    """「職が係長で、かつ、…の人」"""
    told = _group(group, words, outer=True)
    return f"{told}人" if told else "条件のない、すべての人"


def _group(group: Group, words: Words, *, outer: bool = False) -> str:
    alone = outer and len(group.parts) == 1  # needs no brackets
    told = [text for part in group.parts if (text := _part(part, words, outer=alone))]
    if not told:
        return ""
    if group.how == "none":
        return f"「{'」でも「'.join(told)}」でもない" if len(told) > 1 else f"「{told[0]}」でない"
    if len(told) == 1:
        return told[0]
    joint = "、かつ、" if group.how == "all" else "、または、"
    text = joint.join(told)
    return text if outer else f"（{text}）"


def _part(part: Part, words: Words, *, outer: bool = False) -> str:
    if isinstance(part, Group):
        return _group(part, words, outer=outer)
    if isinstance(part, Compared):
        return _test(part, words)
    return _held(part, words) if isinstance(part, Held) else _been(part, words)


def _test(test: Compared, words: Words) -> str:
    known = words.fields.get(test.field)
    if known is None:
        return "（今はない項目）"
    return f"{known.label}{_compared(test, known, words)}"


def _compared(test: Compared, known: Known, words: Words) -> str:
    bare = {"filled": "がある", "empty": "がない", "yes": "に当てはまる", "no": "に当てはまらない"}
    if test.op in bare:
        return bare[test.op]
    named = [_value(each, known, words) for each in test.values]
    listed = "・".join(named) or "（未入力）"
    first = named[0] if named else "（未入力）"
    several = "のどれか" if len(named) > 1 else ""
    return {
        "has": f"に「{listed}」{several}を含む",
        "is": f"が「{listed}」{several}である",
        "in": f"が{listed}{several}{_below(known)}である",
        "not": f"が{listed}{'のどれ' if several else ''}{_below(known)}でもない",
        "ge": f"が{first}以上の",
        "le": f"が{first}以下の",
        "eq": f"が{first}の",
        "from": f"が{first}以降の",
        "until": f"が{first}以前の",
        "older": f"から{first}年以上たつ",
        "younger": f"から{first}年たっていない",
        "within": f"が{first}か月以内に来る",
    }.get(test.op, "")


def _below(known: Known) -> str:
    return "（下の組織も）" if known.kind is Kind.UNIT else ""


def _value(value: str, known: Known, words: Words) -> str:
    if known.kind is Kind.UNIT:
        return words.unit(value)
    if known.table == "post":
        return words.post(value)
    if known.kind is Kind.DAY and "-" in value:
        return _day(date.fromisoformat(value))
    return value


def _day(day: date) -> str:
    return calendar.short(day)


def _held(held: Held, words: Words) -> str:
    posts = f"{'・'.join(map(words.post, held.posts))}の職" if held.posts else "何かの職"
    units = "・".join(map(words.unit, held.units))
    where = f"{units}（下の組織も）で" if units else ""
    besides = "（兼務なども数えて）" if held.further else ""
    if not held.months:
        ever = "いまいる" if held.mode == "now" else "いたことがある"
        return f"{where}{posts}{besides}に{ever}"
    return f"{where}{posts}{besides}に{_MODES[held.mode]}{_months(held.months)}以上ある"


def _months(months: int) -> str:
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{rest}か月" if rest else "")


def _been(been: Been, words: Words) -> str:
    units = "・".join(map(words.unit, been.units)) or "どこか"
    since = _day(been.since) if been.since else ""
    until = f"{_day(been.until)}までに" if been.until else ""
    when = f"{since}から{until}" if since and until else (f"{since}以後に" if since else until)
    return f"{when}{units}（下の組織も）に" + ("いたことがない" if been.never else "いたことがある")
