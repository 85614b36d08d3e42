"""Why a value is not the same on both sides, as far as the books can tell.

Only the book is asked, never the drawer: that payroll has what a plan would bring reads exactly as
if there were no such plan.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from meibo.domain import names

NOT_SENT, RETROACTIVE, TYPED, AHEAD, UNKNOWN = (
    "not_sent",
    "retroactive",
    "typed",
    "ahead",
    "unknown",
)
#: Kinds of differences that the file itself makes, before any value is compared; each is its cause.
UNREADABLE, BROKEN, DOUBLE = "unreadable", "broken", "double"
#: Codes of remarks that say that a record did not go out: HELD.
UNWRITABLE, TOO_LONG, LINE_BREAK = HELD = ("unwritable", "too-long", "line-break")
CAUSES: Mapping[str, str] = {
    NOT_SENT: "まだ送っていない",
    RETROACTIVE: "さかのぼった変更",
    TYPED: "打ち間違いらしい",
    AHEAD: "発令済みの先の日付",
    UNKNOWN: "分からない",
    UNREADABLE: "値が読めない",
    BROKEN: "行が読めない",
    DOUBLE: "同じ職員番号の行がほかにもある",
    UNWRITABLE: "書けない字があり、送れない",
    TOO_LONG: "長すぎる値があり、送れない",
    LINE_BREAK: "改行のある値があり、送れない",
}
_STAYS = "この人の行は、次の差分にも入りません。"
_WHERE = "どの列かは、送出の「確かめること」に出ます。"
WHAT_TO_DO: Mapping[str, str] = {
    NOT_SENT: "次の差分で送られます。",
    RETROACTIVE: "次の差分で、計算し直す最初の日を付けて送られます。",
    TYPED: "どちらかの打ち間違いか、字体・全角半角の違いです。正しい方に直してください。",
    AHEAD: "名簿では先の日から変わります。給与側が先に変えていないかを確かめてください。",
    UNKNOWN: "給与側だけで変えたか、名簿への届出・発令が漏れています。",
    UNREADABLE: "この列の書き方やコード表に合わない値です。給与側で直してもらってください。",
    BROKEN: "この行の値は比べていません。給与側で行を出し直してもらってください。",
    DOUBLE: "もう一つの行と比べました。どちらが正しいかを給与側に確かめてください。",
    UNWRITABLE: f"{_STAYS}外字対応表にその字を足すか、定義の [out] で substitute = true"
    f"（代替文字で出す）にしてください。{_WHERE}",
    TOO_LONG: f"{_STAYS}定義の bytes を広げるか、値を短くしてください。{_WHERE}",
    LINE_BREAK: f"{_STAYS}値から改行を除いてください。{_WHERE}",
}
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A value of the roster over `[starts, ends)`."""

    starts: date
    ends: date
    value: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, and the day from which the roster has its value, where that says something."""

    code: str
    since: date | None = None


def cause_of(
    ours: str,
    theirs: str,
    past: list[Held],
    *,
    on: date,
    delivered: bool,
    late: date | None,
) -> Cause:
    """The likeliest cause. `past`: what the roster had and will have; `delivered`: what they have
    is what they accepted last; `late`: from when the roster has been changed with hindsight."""
    had = any(held.value == theirs and held.starts <= on for held in past)
    will = any(held.value == theirs and held.starts > on for held in past)
    if had or delivered:
        return Cause(RETROACTIVE, late) if late else Cause(NOT_SENT, _since(past, on))
    if will:
        return Cause(AHEAD, min(h.starts for h in past if h.value == theirs and h.starts > on))
    return Cause(TYPED if slipped(ours, theirs) else UNKNOWN)


def _since(past: list[Held], on: date) -> date | None:
    """From when the present value has been held."""
    first: Held | None = None
    for held in past:
        if held.starts > on:
            break
        first = first if first is not None and first.value == held.value else held
    return first.starts if first else None


def slipped(one: str, other: str) -> bool:
    """Whether a slip of the hand lies between two values: a width, another shape of a letter, one
    letter mistyped, left out, doubled, or two exchanged."""
    if not one or not other:
        return False
    if _narrow(one) == _narrow(other) or names.alike(one, other):
        return True
    return min(len(one), len(other)) >= _SHORTEST and _one_apart(one, other)


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _one_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    return any(
        len(apart) == 2
        and there == here + 1
        and one[here] == other[there]
        and one[there] == other[here]
        for here, there in pairwise(apart)
    )
