"""A line of the book: one order, dated twice, never changed.

`effective` is the day the order works (発令日); `recorded` the moment its source
states that it was known. An order that names no value for a thing leaves it as it
was (`None`): only what is stated is stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum

OPEN = date.max
"""「期限なし」: a last day that never comes, and the exclusive end of what is still going on."""


class Effect(StrEnum):
    """The nine effects an order can have; a town's wording (異動用語) names one of them."""

    ENTER = "enter"  # 採用・再任用・再度の任用
    MOVE = "move"  # 配置換・昇任・降任・任期更新
    ADD = "add"  # 兼務・併任・事務取扱
    RELIEVE = "relieve"  # 兼務解除・併任解除
    PAUSE = "pause"  # 休職・育児休業・派遣
    RESUME = "resume"  # 復職・派遣復帰
    LEAVE = "leave"  # 退職・免職・失職・死亡
    REMAP = "remap"  # 組織改編に伴う読替
    VOID = "void"  # 取消


class SeatKind(StrEnum):
    """How a person holds a post (本務・兼務・併任・事務取扱)."""

    MAIN = "main"
    CONCURRENT = "concurrent"
    CROSS = "cross"
    ACTING = "acting"


@dataclass(frozen=True, slots=True)
class Succession:
    """One row of a succession table (組織改編対応表). `follows`: people follow without an order."""

    old: str
    new: str
    kind: str = ""
    follows: bool = True


class SuccessionTable:
    """組織改編対応表: which unit follows which. Only an only heir is followed without an order.

    A split (1:N), an abolition, and whatever the table marks as not followed leave people
    where they are until an order names them.
    """

    def __init__(self, rows: Iterable[Succession]) -> None:
        self.rows = tuple(rows)
        heirs: dict[str, list[str]] = {}
        for row in self.rows:
            if row.old:
                heirs.setdefault(row.old, []).append(row.new if row.follows else "")
        self._heir = {old: new[0] for old, new in heirs.items() if len(new) == 1 and new[0]}

    def heir(self, unit: str | None) -> str | None:
        """The unit that takes over `unit` with all its people, or None."""
        return self._heir.get(unit) if unit else None


@dataclass(frozen=True, slots=True)
class Line:
    """One announced order.

    `no` is its place in the book. `person` is the opaque id of the addressee, empty for a
    reorganisation, which speaks to the whole house. `appointment` tells apart several
    appointments of one person (two 会計年度任用 contracts). `voids` names the line that a
    取消 mends; `completes` the line whose unstated values this one supplies (a master file
    that knows the reading or the term of someone whom an order brought in).
    `since` is 現所属発令日 where it is not the effective day. `term_end`, `until`: last day,
    inclusive, `OPEN` for none.
    """

    no: int
    effective: date
    recorded: datetime
    effect: Effect
    person: str = ""
    wording: str = ""
    order_no: str = ""
    appointment: str = ""
    voids: int | None = None
    completes: int | None = None
    unit: str | None = None
    post: str | None = None
    kind: SeatKind | None = None
    authority: str | None = None
    grade: int | None = None
    step: str | None = None
    job: str | None = None
    employment: str | None = None
    term_end: date | None = None
    since: date | None = None
    until: date | None = None
    slot: str | None = None  # of Pause and Resume: "leave" or "dispatch"
    reason: str | None = None  # code of the leave or of the secondment
    body: str | None = None  # the other party of a secondment
    basis: str | None = None  # 発令 / 承認
    note: str | None = None
    hired: date | None = None
    successions: SuccessionTable | None = None


_COMPLETED = tuple(
    f.name
    for f in fields(Line)
    if f.name
    not in {"no", "effective", "recorded", "effect", "person", "wording", "order_no"}
    | {"appointment", "voids", "completes", "successions"}
)


def knowable(lines: Iterable[Line], known: datetime | None) -> list[Line]:
    """The lines that the house had learned by the moment `known`; without one, every line."""
    return [line for line in lines if known is None or line.recorded <= known]


def standing(lines: Iterable[Line]) -> list[Line]:
    """The lines that count: cancelled ones out, completed ones filled in, Void lines gone.

    A Void that was itself cancelled cancels nothing. A Void counts only against an earlier
    line of the same addressee, so that nobody's order is undone by a slip of the pen.
    """
    by_no = {line.no: line for line in lines}
    if all(line.voids is None and line.completes is None for line in by_no.values()):
        return [line for line in by_no.values() if line.effect is not Effect.VOID]  # as mostly
    dead: set[int] = set()
    for line in sorted(by_no.values(), key=lambda line: -line.no):
        target = by_no.get(line.voids) if line.voids is not None else None
        if line.effect is not Effect.VOID or line.no in dead or target is None:
            continue
        if target.no < line.no and target.person == line.person:
            dead.add(target.no)
    alive = {
        n: line for n, line in by_no.items() if n not in dead and line.effect is not Effect.VOID
    }
    return _completed(alive)


def _completed(alive: dict[int, Line]) -> list[Line]:
    """Merge completing lines into those they complete; without its target a completion is moot."""
    result = {n: line for n, line in alive.items() if line.completes is None}
    for line in sorted(alive.values(), key=lambda line: line.no):
        target = result.get(line.completes) if line.completes is not None else None
        if target is None:
            continue
        unstated = {
            name: getattr(line, name)
            for name in _COMPLETED
            if getattr(target, name) is None and getattr(line, name) is not None
        }
        if unstated:
            result[target.no] = replace(target, **unstated)
    return list(result.values())
