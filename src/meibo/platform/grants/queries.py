"""What is in force on a day, and the history of what was granted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet

from meibo.ledger import roll
from meibo.platform.grants.models import Grant, Step

ONE_DAY = timedelta(days=1)


class State(StrEnum):
    """How a grant stands on a day."""

    WAITING = "承認待ち"
    COMING = "これから"
    HELD = "有効"
    HANDOVER = "引継ぎ中"
    LAPSED = "職を離れて終了"
    OVER = "期限で終了"
    REFUSED = "却下"
    WITHDRAWN = "取下げ"
    REVOKED = "解除"


IN_FORCE = frozenset({State.HELD, State.HANDOVER})
_DEEDS = {
    Step.Deed.REFUSE.value: State.REFUSED,
    Step.Deed.WITHDRAW.value: State.WITHDRAWN,
    Step.Deed.REVOKE.value: State.REVOKED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A grant on a day. `until`: the last day on which it holds, as far as is known; None: open."""

    grant: Grant
    state: State
    decided: Step | None
    ended: Step | None
    until: date | None

    @property
    def in_force(self) -> bool:
        return self.state in IN_FORCE


def duties_of(person: str, on: date) -> frozenset[str]:
    """The duties that somebody holds on a day. One small query for who holds none."""
    rows = Grant.objects.filter(
        person=person, starts__lte=on, ends__gt=on, steps__deed=Step.Deed.APPROVE
    )
    return frozenset(s.grant.duty for s in _standings(rows, on) if s.in_force)


def holders(duty: str, on: date) -> set[str]:
    """Everybody who holds a duty on a day."""
    rows = Grant.objects.filter(
        duty=duty, starts__lte=on, ends__gt=on, steps__deed=Step.Deed.APPROVE
    )
    return {s.grant.person for s in _standings(rows, on) if s.in_force}


def standings(
    on: date,
    *,
    people: Iterable[str] | None = None,
    number: int | None = None,
) -> list[Standing]:
    """Every grant, newest first, or those to these people, or the one with this number."""
    rows = Grant.objects.all()
    if people is not None:
        rows = rows.filter(person__in=list(people))
    if number is not None:
        rows = rows.filter(pk=number)
    return _standings(rows, on)


def holding(people: Iterable[str], on: date) -> set[str]:
    """Those of these people who hold any duty on a day, or are going to."""
    wanted = set(people)
    rows = Grant.objects.filter(ends__gt=on, steps__deed=Step.Deed.APPROVE)
    able = IN_FORCE | {State.COMING}
    return {s.grant.person for s in _standings(rows, on) if s.state in able} & wanted


def _standings(rows: QuerySet[Grant], on: date) -> list[Standing]:
    grants = list(rows.distinct().prefetch_related("steps"))
    if not grants:
        return []
    tenures = Tenures({g.person for g in grants}, on)
    return [_standing(grant, tenures, on) for grant in grants]


def _standing(grant: Grant, tenures: Tenures, on: date) -> Standing:
    steps = {step.stage: step for step in grant.steps.all()}
    decided, ended = steps.get(Step.Stage.DECIDED), steps.get(Step.Stage.ENDED)
    state, until = _state(grant, decided, ended, tenures, on)
    return Standing(grant, state, decided, ended, until)


def _state(
    grant: Grant, decided: Step | None, ended: Step | None, tenures: Tenures, on: date
) -> tuple[State, date | None]:
    last = None if grant.ends == date.max else grant.ends - ONE_DAY
    taken = ended or decided
    if taken is None:
        return State.WAITING, last
    if taken.deed in _DEEDS:
        return _DEEDS[taken.deed], last
    if on < grant.starts:
        return State.COMING, last
    if grant.ends <= on:
        return State.OVER, last
    return tenures.stand(grant, on, last)


class Tenures:
    """The posts of some people around a day."""

    def __init__(self, people: set[str], on: date) -> None:
        self.handover = timedelta(days=settings.MEIBO_HANDOVER_DAYS)
        self.serving = roll.serving(on, people)
        self.seats = defaultdict(list)
        for seat in roll.seats_between(people, on - self.handover - ONE_DAY, on):
            self.seats[seat.person].append(seat)

    def stand(self, grant: Grant, on: date, last: date | None) -> tuple[State, date | None]:
        """How an approved grant stands on a day within its dates, and through which day.

        After the post has changed it holds for the days of handover, in service only, and only
        where the grant had begun while the post was held. When a post will change is not told: an
        order may be known that the reader may not see.
        """
        if grant.person not in self.serving:
            return State.LAPSED, None
        left: date | None = None
        for seat in self.seats[grant.person]:
            end = seat.ends - ONE_DAY
            if seat.starts <= on <= end:
                if roll.lies_in(seat.unit, grant.unit, on):
                    return State.HELD, last
            elif grant.starts <= end and roll.lies_in(seat.unit, grant.unit, end):
                left = max(left or end, end)
        if left is None or on > left + self.handover:
            return State.LAPSED, None
        through = left + self.handover
        return State.HANDOVER, min(through, last) if last else through
