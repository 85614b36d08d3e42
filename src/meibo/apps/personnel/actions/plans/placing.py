"""People put into a place on the chart of units: their line of the plan, made or mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from meibo.apps.personnel.actions.plans.making import noted
from meibo.domain.book import Effect
from meibo.domain.checking import Post, Term
from meibo.domain.checking.cells import empty
from meibo.ledger import drawer
from meibo.ledger.drawer import DraftLine, DrawerError, LineChange
from meibo.platform.audit.actions import Actor

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What people are put into: the plan's day, what they are before it, posts and words."""

    day: date
    states: Mapping[str, State]
    posts: Mapping[str, Post]
    terms: Mapping[str, Term]


def place(
    number: int,
    people: Sequence[str],
    unit: str,
    post: str | None,
    around: Around,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Put these people into a unit (and a post, else they keep theirs). Who is put back
    where they are loses the line."""
    noted(number, "placed", actor=actor, now=now, count=len(people))
    lines = drawer.lines(number)
    changes = []
    for person in people:
        old = _line_of(lines, person, around.day)
        state = around.states.get(person)
        if old is None and state is None:
            raise DrawerError("この人は、この案にも名簿にもいません。")
        back = state is not None and state.get("unit") == unit
        if back and post in {None, state.get("post") if state else None}:
            if old is not None and old.line.effect is Effect.MOVE:
                changes.append(LineChange(None, old.id, old.version))
            continue
        changes.append(_moved(old, person, (unit, post), around, now))
    if changes:
        drawer.put(number, changes, account=actor.name, now=now)


def _line_of(lines: Sequence[DraftLine], person: str, day: date) -> DraftLine | None:
    """The line of the plan that says where somebody goes that day."""
    seats = {Effect.MOVE, Effect.ENTER}
    own = [d for d in lines if d.line.person == person and d.line.effect in seats]
    return next((d for d in own if d.line.effective == day), own[0] if own else None)


def _moved(
    old: DraftLine | None,
    person: str,
    place: tuple[str, str | None],
    around: Around,
    now: datetime,
) -> LineChange:
    posts, terms = around.posts, around.terms
    state = around.states.get(person)
    unit, post = place
    unread = {n: t for n, t in (old.unread if old else {}).items() if n not in {"unit", "post"}}
    line = old.line if old else replace(empty(around.day, now), person=person)
    line = replace(line, unit=unit, post=post if post else line.post)
    if line.effect is Effect.MOVE and (not line.wording or post):
        grade = posts[post].grade if post and post in posts else None
        had = state.get("grade") if state else None
        rises = grade is not None and had is not None and grade != int(had)
        word = "配置換" if not rises else ("昇任" if int(grade or 0) > int(had or 0) else "降任")
        known = [t.word for t in terms.values() if t.effect is Effect.MOVE]
        line = replace(line, wording=word if word in terms else next(iter(known), word))
        line = replace(line, grade=grade if rises else None)
        unread.pop("wording", None)
    if old is None:
        return LineChange(line, unread=unread)
    return LineChange(line, old.id, old.version, old.newcomer, old.source, unread)
