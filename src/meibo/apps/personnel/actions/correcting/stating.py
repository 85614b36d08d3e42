"""From what somebody answers to the lines that say it: a 取消 of the order that was wrong and, but
for a plain 取消, the order as it should have been."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from meibo.domain.book import Effect, Line, standing
from meibo.domain.checking import Post, Term


class CorrectionError(ValueError):
    """It can't be mended like this; the message says why and what to do. `field`: where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Kind(StrEnum):
    """What was wrong."""

    CONTENT = "content"
    PERSON = "person"
    CANCEL = "cancel"
    RESTORE = "restore"
    LATE = "late"


KINDS = {
    Kind.CONTENT: "いつから・どこに・どの職・用語のどれかが違っていた",
    Kind.PERSON: "発令する人を間違えた（別の人への発令だった）",
    Kind.CANCEL: "この発令は、なかったことにする（取消）",
    Kind.RESTORE: "この取消しを取り消す（もとの発令を生かす）",
    Kind.LATE: "発令が漏れていた（さかのぼって発令する）",
}
_OF_ABSENCE = frozenset({Effect.PAUSE, Effect.RESUME})
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_SEATLESS = frozenset({Effect.LEAVE, Effect.VOID})


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. `person`: whose order it is; `right`: whose it should have been."""

    kind: Kind
    person: str
    day: date | None = None
    term: Term | None = None
    unit: str | None = None
    post: str | None = None
    right: str | None = None
    why: str = ""


def lines_for(
    answer: Answer, target: Line | None, held: str | None, posts: dict[str, Post], now: datetime
) -> list[Line]:
    """The lines by which the book says what was answered. `target`: the order to mend; `held`: the
    post that the addressee held the day before. Raises CorrectionError."""
    why = answer.why.strip() or None
    if answer.kind is Kind.LATE:
        line = _stated(answer, None, held, posts, now, answer.person)
        return [replace(line, note=why)]
    if target is None:
        raise CorrectionError("訂正する発令を選んでください。")
    void = Line(
        *(0, target.effective, now, Effect.VOID, target.person, "取消", target.order_no),
        appointment=target.appointment,
        voids=target.no,
        note=why,
    )
    if answer.kind in {Kind.CANCEL, Kind.RESTORE}:
        return [void]
    person = target.person
    if answer.kind is Kind.PERSON:
        if answer.right in {None, target.person}:
            raise CorrectionError("正しい人の職員番号を入れてください。", "right")
        person = str(answer.right)
    line = replace(_stated(answer, target, held, posts, now, person), note=why)
    if person == target.person and _same(line, target):
        raise CorrectionError("もとの発令と同じです。違っていたところを直してください。", "day")
    return [void, line]


def mendable(lines: list[Line]) -> list[Line]:
    """The lines that can be mended: orders that stand, and a 取消 that stands itself."""
    dead = {x.voids for x in standing_voids(lines)}
    alive = {line.no for line in standing(lines)}
    voids = [x for x in standing_voids(lines) if x.no not in dead]
    found = [line for line in lines if line.no in alive and line.completes is None]
    return sorted([*found, *voids], key=lambda line: (line.effective, line.no), reverse=True)


def standing_voids(lines: list[Line]) -> list[Line]:
    """The 取消 that were not cancelled themselves."""
    dead: set[int] = set()
    for line in sorted(lines, key=lambda each: -each.no):
        if line.effect is Effect.VOID and line.no not in dead and line.voids is not None:
            dead.add(line.voids)
    return [x for x in lines if x.effect is Effect.VOID and x.no not in dead]


def _stated(
    answer: Answer,
    target: Line | None,
    held: str | None,
    posts: dict[str, Post],
    now: datetime,
    person: str,
) -> Line:
    """The order as it should have been. What is not answered is as in the one that was wrong."""
    term, day = answer.term, answer.day
    if term is None:
        raise CorrectionError("異動用語を選んでください。", "wording")
    if day is None:
        raise CorrectionError("いつからかを入れてください。", "day")
    line = target or Line(0, day, now, term.effect, person)
    line = replace(
        line,
        no=0,
        recorded=now,
        effective=day,
        effect=term.effect,
        person=person,
        wording=term.word,
        completes=None,
    )
    if target is None or target.effect is not term.effect:
        line = replace(line, kind=term.seat, slot=term.slot, reason=term.reason)
    if term.effect not in _OF_ABSENCE:
        line = replace(line, slot=None, reason=None)
    if term.effect in _SEATLESS:
        return replace(line, unit=None, post=None, grade=None)
    if term.effect not in _OF_ABSENCE and answer.unit is None and answer.post is None:
        raise CorrectionError("どこに、どの職で、のどちらかを入れてください。", "unit")
    return _seat(answer, line, target, held, posts)


def _seat(
    answer: Answer, line: Line, target: Line | None, held: str | None, posts: dict[str, Post]
) -> Line:
    """Where to, and the grade that goes with the post where they did not hold that post before; of
    the same post the grade is as it was ordered."""
    new = answer.post
    seated = replace(line, unit=answer.unit, post=new)
    if line.effect not in {Effect.ENTER, Effect.MOVE} or new is None:
        return seated
    if target is not None and target.post == new:
        return seated
    known = posts.get(new)
    return replace(seated, grade=known.grade if known and new != held else None)


def _same(line: Line, target: Line) -> bool:
    return _plain(line) == _plain(target)


def _plain(line: Line) -> Line:
    """What an order says, without when it was written down and why."""
    return replace(line, no=0, recorded=_NEVER, note=None, completes=None)
