"""From differences to their probable causes: the history of those few people is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from meibo.apps.exchange.queries.baseline import retroactive
from meibo.apps.exchange.queries.causes import (
    AHEAD,
    CAUSES,
    NOT_SENT,
    RETROACTIVE,
    UNKNOWN,
    Cause,
    Held,
    cause_of,
)
from meibo.apps.exchange.queries.comparing import Compared, normal
from meibo.apps.exchange.queries.feeds import Feed
from meibo.apps.exchange.queries.records import Values, record, visible, ways_of
from meibo.domain.disclosure import Viewer
from meibo.ledger import ties
from meibo.ledger.reader.timeline import Span, timeline


@dataclass(frozen=True, slots=True)
class Found:
    """One difference. `kind`: only `here`, only `there`, a field that `differs`; or what the file
    itself makes: a cell that is `unreadable`, a row that is `broken`, a `double` one."""

    kind: str
    person: str
    staff_no: str
    compared: Compared | None = None
    ours: str = ""
    theirs: str = ""
    row: Values | None = None
    cause: str = UNKNOWN
    since: date | None = None


class Writing(Protocol):
    """Values as a feed writes them: header → text."""

    def __call__(self, each: Compared, values: Values) -> dict[str, str]: ...


def trace(
    feed: Feed,
    viewer: Viewer,
    found: list[Found],
    on: date,
    before: Mapping[str, Mapping[str, str]],
    written: Writing,
) -> list[Found]:
    """The same differences with their causes."""
    found = [_known(each) for each in found]
    people = {each.person for each in found if each.person}
    spans = timeline(viewer, people)
    late = _late(feed, found)
    shown = visible(viewer)
    result = []
    for each in found:
        own = spans.get(each.person, [])
        if each.kind in CAUSES:
            cause = Cause(each.kind)
        elif each.compared is None:
            cause = _of_person(each, own, on, before, late)
        else:
            cause = _of_field(feed, each, own, on, (before, late, shown), written)
        result.append(replace(each, cause=cause.code, since=cause.since))
    return result


def _known(each: Found) -> Found:
    """Somebody whom only the other side has may be known to the book all the same."""
    if each.kind != "there" and (each.kind not in CAUSES or each.person):
        return each
    return replace(each, person=ties.person_numbered(each.staff_no) or "")


def _late(feed: Feed, found: list[Found]) -> dict[tuple[str, str], date]:
    """(Id, field) → the first day on which it was changed with hindsight; of a person: field ''."""
    by_field: dict[str, set[str]] = {}
    for each in found:
        if each.person:
            name = each.compared.name if each.compared else ""
            by_field.setdefault(name, set()).add(each.person)
    return {
        (person, name): day
        for name, people in by_field.items()
        for person, day in retroactive(feed.name, people, [name] if name else ["staff_no"]).items()
    }


def _of_field(
    feed: Feed,
    each: Found,
    own: list[Span],
    on: date,
    ground: tuple[Mapping[str, Mapping[str, str]], Mapping[tuple[str, str], date], frozenset[str]],
    written: Writing,
) -> Cause:
    before, late, shown = ground
    if each.compared is None or each.row is None:
        return Cause(UNKNOWN)
    name = each.compared.name
    past = [
        Held(
            span.starts,
            span.ends,
            normal(
                name,
                record(span.card, span.codes, shown, ways_of([name])).get(name),
                feed.definition,
            ),
        )
        for span in own
    ]
    taken = before.get(each.person)
    theirs = written(each.compared, each.row)
    delivered = taken is not None and all(taken.get(h) == text for h, text in theirs.items())
    return cause_of(
        each.ours,
        each.theirs,
        past,
        on=on,
        delivered=delivered,
        late=late.get((each.person, name)),
    )


def _of_person(
    each: Found,
    own: list[Span],
    on: date,
    before: Mapping[str, Mapping[str, str]],
    late: Mapping[tuple[str, str], date],
) -> Cause:
    """Somebody whom one side alone has."""
    hindsight = late.get((each.person, ""))
    if each.kind == "here":
        first = min((span.starts for span in own), default=None)
        new = bool(before) and each.person not in before
        if new:
            return Cause(RETROACTIVE, hindsight) if hindsight else Cause(NOT_SENT, first)
        return Cause(UNKNOWN)
    ends = [span.ends for span in own if span.ends <= on]
    if ends and each.person in before:
        return Cause(RETROACTIVE, hindsight) if hindsight else Cause(NOT_SENT, max(ends))
    starts = [span.starts for span in own if span.starts > on]
    if starts:
        return Cause(AHEAD, min(starts))
    return Cause(NOT_SENT, max(ends)) if ends else Cause(UNKNOWN)
