"""Rows of a master: readings, dates, periods, grade and post, concurrent posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meibo.domain.names import GAP, Reason, judge_reading, kana
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House, readings
from meibo.platform.feeds.reading.source import Source

_PAST = ("birth_date", "hired", "unit_since")


@dataclass(frozen=True, slots=True)
class MasterShape:
    """Which of a master's columns belong together: names and readings, units and posts."""

    readings: tuple[tuple[str, str], ...]  # reading, the name it belongs to
    seats: tuple[tuple[str, str], ...]  # unit, post

    @classmethod
    def of(cls, source: Source) -> MasterShape:
        """The shape of one file."""
        there = [column for column, _ in source.columns()]
        numbers = sorted({c.name.split(".")[1] for c in there if c.name.startswith("concurrent.")})
        return cls(
            readings=tuple((c.name, c.of) for c in there if c.of),
            seats=tuple((f"concurrent.{n}.unit", f"concurrent.{n}.post") for n in numbers),
        )


def check_master(draft: Draft, shape: MasterShape, house: House) -> None:
    """Everything about one row of a master that needs more than one of its cells."""
    check_readings(draft, shape)
    base = draft.source.base
    if base is not None:
        _check_days(draft, base, house)
        _check_leave(draft, base, house)
    _check_grade(draft, house)
    _gather_seats(draft, shape)


def check_readings(draft: Draft, shape: MasterShape) -> None:
    """Whether each reading can be one of the name beside it; large ヤユヨツ made small."""
    for field, of in shape.readings:
        name, reading = draft.text(of), draft.text(field)
        if not name or not reading:
            continue
        if GAP in name and GAP not in reading:
            draft.note(field, "kana-unsplit")
            continue
        verdict = judge_reading(name, reading, readings())
        if verdict.mended:
            draft.note(field, "kana-large", mended=verdict.mended)
            draft.values[field] = verdict.mended
        elif verdict.right is False:
            draft.note(field, "kana-not-reading", name=name)
        elif verdict.right is None and Reason.LARGE_KANA in kana(reading).reasons:
            draft.note(field, "kana-large-kept")


def _check_days(draft: Draft, base: date, house: House) -> None:
    for name in _PAST:
        day = draft.day(name)
        if day is not None and day > base:
            draft.note(name, "future-date", base=base.isoformat())
    hired, since, born = draft.day("hired"), draft.day("unit_since"), draft.day("birth_date")
    if hired and since and since < hired <= base:
        _odd_period(draft, "hired", "unit_since")
    end = draft.day("term_end")
    if end is not None and end < base:
        draft.note("term_end", "term-over", base=base.isoformat())
    youngest, oldest = house.definition.ages
    for day in (hired, base):
        if born and day and born <= day and not youngest <= _age(born, day) <= oldest:
            draft.note("birth_date", "age", day=day.isoformat(), age=_age(born, day))
            break


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _odd_period(draft: Draft, start: str, end: str) -> None:
    header = draft.source.header_of
    draft.note(end, "period-odd", start_header=header(start), end_header=header(end))


def _check_leave(draft: Draft, base: date, house: House) -> None:
    starts, ends = draft.day("leave_from"), draft.day("leave_to")
    if starts is None:
        return
    header = draft.source.header_of
    words = {"start_header": header("leave_from"), "end_header": header("leave_to")}
    if ends is not None and ends < starts:
        mended = ends <= base <= starts
        for name, other in (("leave_from", ends), ("leave_to", starts)):
            if mended:
                draft.note(name, "period-mended", **words)
                draft.values[name] = other
            else:
                draft.drop(name, "period-reversed", lost="両方", **words)
        return
    term = house.definition.leave.get(draft.text("leave") or "")
    if term is not None and term.away and not starts <= base <= (ends or date.max):
        name = "leave_from" if starts > base else "leave_to"
        draft.note(name, "period-elsewhere", base=base.isoformat())


def _check_grade(draft: Draft, house: House) -> None:
    grade, post = draft.values.get("grade"), draft.text("post")
    expected = house.grade_of(post)
    if grade is not None and expected is not None and grade != expected:
        name = house.name_of("post", post)
        draft.note("grade", "grade-post", grade=grade, post=name, expected=expected)


def _gather_seats(draft: Draft, shape: MasterShape) -> None:
    """`concurrent`: the list of (unit, post) out of the columns side by side."""
    seats: list[tuple[str, str | None]] = []
    for unit_field, post_field in shape.seats:
        unit, post = draft.values.pop(unit_field, None), draft.values.pop(post_field, None)
        written = [bool(draft.raw(name).strip()) for name in (unit_field, post_field)]
        if not any(written):
            continue
        if not all(written) and {unit_field, post_field} <= draft.source.places.keys():
            draft.note(unit_field if written[0] else post_field, "seat-half")
        seat = (str(unit), str(post) if post else None) if unit else None
        if seat and seat in seats:
            draft.note(unit_field, "seat-twice")
        elif seat:
            seats.append(seat)
    draft.values["concurrent"] = seats
