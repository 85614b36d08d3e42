"""The fold: lines in, a career out.

The order of events on one day is fixed: the house changes, people leave, posts end,
people enter, move, take further posts, come back, go on leave. So it does not matter in
which order the lines arrived. Leaving on 31 March means in service through that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from meibo.domain.book.career import Absence, Career, Seat, Service, Span, Trouble
from meibo.domain.book.lines import OPEN, Effect, Line, SeatKind, standing

_RANK = {
    Effect.REMAP: 0,
    Effect.LEAVE: 1,
    Effect.RELIEVE: 2,
    Effect.ENTER: 3,
    Effect.MOVE: 4,
    Effect.ADD: 5,
    Effect.RESUME: 6,
    Effect.PAUSE: 7,
}
_ATTRIBUTES = ("grade", "step", "job", "employment")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a town decides about orders that nobody writes.

    `move_ends_concurrent`: 転任 to another unit ends 兼務 held besides it.
    `pause_ends_concurrent`: 休職 ends them.
    """

    move_ends_concurrent: bool = False
    pause_ends_concurrent: bool = False


def day_after(last: date) -> date:
    """The exclusive end that belongs to an inclusive last day."""
    return last if last == OPEN else last + _DAY


def moment(line: Line) -> date:
    """The day at whose 0:00 a line works: 退職 works when its day is over."""
    return day_after(line.effective) if line.effect is Effect.LEAVE else line.effective


def fold(lines: Iterable[Line], rules: Rules = Rules()) -> Career:
    """Fold the lines of one person, with the house's reorganisations among them.

    Cancelled lines are left out first; each appointment is folded by itself.
    """
    counted = standing(lines)
    career = Career()
    own = [line for line in counted if line.person]
    house = [line for line in counted if not line.person]
    for key in sorted({line.appointment for line in own}):
        mine = [line for line in own if line.appointment == key]
        _Fold(key, career, rules).run([*house, *mine])
    career.seats.sort(key=lambda s: (s.starts, s.kind is not SeatKind.MAIN, s.line))
    return career


class _Fold:
    """The state while one appointment is walked through, day by day."""

    def __init__(self, appointment: str, career: Career, rules: Rules) -> None:
        self.key = appointment
        self.career = career
        self.rules = rules
        self.service: Service | None = None
        self.main: Seat | None = None
        self.further: list[Seat] = []
        self.spans: dict[str, Span] = {}
        self.absent: dict[str, Absence] = {}
        self.lapsed: date | None = None
        self.steps: dict[Effect, Callable[[Line], None]] = {
            Effect.REMAP: self.remap,
            Effect.LEAVE: self.leave,
            Effect.RELIEVE: self.relieve,
            Effect.ENTER: self.enter,
            Effect.MOVE: self.move,
            Effect.ADD: self.add,
            Effect.RESUME: self.resume,
            Effect.PAUSE: self.pause,
        }

    def run(self, lines: list[Line]) -> None:
        ordered = sorted(lines, key=lambda line: (moment(line), _RANK[line.effect], line.no))
        for line in ordered:
            self.let_time_pass(moment(line), line)
            if line.effect in (Effect.ENTER, Effect.REMAP) or self.service is not None:
                self.steps[line.effect](line)
            else:
                self.trouble(line, "not_in_service", "在職していない職員への発令です")
        self.let_time_pass(OPEN, None)
        self.finish()

    # -- time ---------------------------------------------------------------

    def let_time_pass(self, day: date, line: Line | None) -> None:
        """End what ends by itself before `day`; an order for the very next day goes on."""
        for seat in [s for s in self.further if s.ends <= day]:
            self.further.remove(seat)
            self.career.seats.append(seat)
        for slot, absence in list(self.absent.items()):
            if absence.ends <= day:
                self.career.absences.append(self.absent.pop(slot))
        term = self.spans.get("term_end")
        if self.service is None or term is None:
            return
        # A term stated too late can't have ended before it was stated.
        end = max(day_after(date.fromisoformat(term.value)), term.starts)
        if end < day or line is None:
            self.close_service(end, "")
        elif end == day and line.person:
            self.lapsed = day  # an order of the very next day speaks to someone in service
            self.state("term_end", None, day)

    def finish(self) -> None:
        """Put what is still open into the career."""
        if self.service is not None:
            self.career.services.append(self.service)
        self.career.seats.extend([*([self.main] if self.main else []), *self.further])
        self.career.spans.extend(self.spans.values())
        self.career.absences.extend(self.absent.values())

    # -- the effects --------------------------------------------------------

    def enter(self, line: Line) -> None:
        day = line.effective
        if self.lapsed == day:
            self.close_service(day, "")
            self.lapsed = None
        if self.service is not None:
            self.trouble(line, "already_in_service", "すでに在職している職員への採用の発令です")
            return
        last = self.career.services[-1] if self.career.services else None
        hired = line.hired or (last.hired if last and last.ends == day else None) or day
        self.service = Service(day, hired=hired, appointment=self.key)
        self.sit(line, day)
        self.set_attributes(line, day)

    def move(self, line: Line) -> None:
        day = line.effective
        before = self.main.unit if self.main else None
        if line.unit is not None or line.post is not None:
            self.sit(line, day)
        moved = self.main is not None and self.main.unit != before
        if moved and before is not None and self.rules.move_ends_concurrent:
            self.end_concurrent(day)
        self.set_attributes(line, day)

    def add(self, line: Line) -> None:
        kind = line.kind or SeatKind.CONCURRENT
        if any(s.unit == line.unit and s.post == line.post for s in self.further):
            self.trouble(line, "already_held", "すでに兼ねている職への発令です")
            return
        ends = day_after(line.until) if line.until else OPEN
        self.further.append(
            Seat(line.unit, line.post, kind, line.effective, ends, line.since or line.effective)
        )
        self.further[-1].authority = line.authority
        self.further[-1].appointment = self.key
        self.further[-1].line = line.no

    def relieve(self, line: Line) -> None:
        day = line.effective
        same = [s for s in self.further if line.unit in (s.unit, s.was)]
        exact = [s for s in same if line.post in (None, s.post)] or same
        if not exact:
            self.trouble(line, "nothing_to_relieve", "解く兼務がありません")
            return
        self.close_seat(exact[0], day)

    def pause(self, line: Line) -> None:
        day = line.effective
        slot = line.slot or "leave"
        if line.unit is not None or line.post is not None:
            self.sit(line, day)
        self.end_absence(slot, day)
        ends = day_after(line.until) if line.until else OPEN
        self.absent[slot] = Absence(
            slot, line.reason or "", day, ends, line.until, line.body, line.basis, self.key, line.no
        )
        if slot == "leave" and self.rules.pause_ends_concurrent:
            self.end_concurrent(day)
        self.set_attributes(line, day)

    def resume(self, line: Line) -> None:
        day = line.effective
        slot = line.slot or "leave"
        if slot not in self.absent and not any(a.slot == slot for a in self.career.absences):
            self.trouble(line, "nothing_to_resume", "休職・派遣の記録がない職員への復帰の発令です")
        self.end_absence(slot, day)
        if line.unit is not None or line.post is not None:
            self.sit(line, day)
        self.set_attributes(line, day)

    def leave(self, line: Line) -> None:
        self.close_service(day_after(line.effective), line.wording or "退職")

    def remap(self, line: Line) -> None:
        """Follow the unit where it has just one successor; a split names its people by orders."""
        day = line.effective
        for seat in [*([self.main] if self.main else []), *self.further]:
            new = line.successions.heir(seat.unit) if line.successions else None
            if new:
                self.carry_over(seat, new, day)

    # -- small moves --------------------------------------------------------

    def sit(self, line: Line, day: date) -> None:
        """Take the main post: what the order leaves out stays as it was."""
        old = self.main
        if old is None:
            unit, post = line.unit, line.post
            since: date | None = line.since or day
        else:
            unit = line.unit if line.unit is not None else old.unit
            post = line.post if line.post is not None else old.post
            since = line.since or (old.since if unit == old.unit else day)
            if (unit, post, since) == (old.unit, old.post, old.since):
                return
            self.close_seat(old, day)
        authority = line.authority or (old.authority if old else None)
        self.main = Seat(unit, post, SeatKind.MAIN, day, OPEN, since, authority, self.key, line.no)

    def carry_over(self, seat: Seat, unit: str, day: date) -> None:
        heir = Seat(unit, seat.post, seat.kind, day, seat.ends, seat.since, seat.authority)
        heir.appointment, heir.line, heir.was = self.key, seat.line, seat.unit
        if seat is self.main:
            self.close_seat(seat, day)
            self.main = heir
        else:
            self.close_seat(seat, day)
            self.further.append(heir)

    def set_attributes(self, line: Line, day: date) -> None:
        for name in _ATTRIBUTES:
            value = getattr(line, name)
            if value is not None:
                self.state(name, str(value), day)
        if line.term_end is not None:
            open_ended = line.term_end == OPEN
            self.state("term_end", None if open_ended else line.term_end.isoformat(), day)

    def state(self, name: str, value: str | None, day: date) -> None:
        old = self.spans.get(name)
        if old is not None and old.value == value:
            return
        if old is not None:
            self.spans.pop(name)
            if old.starts < day:
                old.ends = day
                self.career.spans.append(old)
        if value:
            self.spans[name] = Span(name, value, day, appointment=self.key)

    def close_seat(self, seat: Seat, day: date) -> None:
        if seat is self.main:
            self.main = None
        else:
            self.further.remove(seat)
        if seat.starts < day:
            seat.ends = day
            self.career.seats.append(seat)

    def end_concurrent(self, day: date) -> None:
        for seat in [s for s in self.further if s.kind is SeatKind.CONCURRENT and s.starts < day]:
            self.close_seat(seat, day)

    def end_absence(self, slot: str, day: date) -> None:
        absence = self.absent.pop(slot, None)
        if absence is not None and absence.starts < day:
            absence.ends = min(absence.ends, day)
            self.career.absences.append(absence)

    def close_service(self, end: date, left: str) -> None:
        if self.service is None:
            return
        self.service.ends, self.service.left = end, left
        self.career.services.append(self.service)
        self.service = None
        for seat in [*self.further, *([self.main] if self.main else [])]:
            self.close_seat(seat, end)
        for name in list(self.spans):
            self.state(name, None, end)
        for slot in list(self.absent):
            self.end_absence(slot, end)

    def trouble(self, line: Line, code: str, message: str) -> None:
        self.career.troubles.append(Trouble(line.no, code, message))
