"""内示 as those concerned read it, and who has opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from meibo.apps.personnel.models import Receipt
from meibo.apps.personnel.queries.deciding.reading import Teller
from meibo.domain.book import OPEN, Effect
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer

#: Why somebody is away or leaves is theirs and personnel's; their head reads that it is so.
_FOR_HEADS = {
    Effect.PAUSE: "不在になります",
    Effect.RESUME: "戻ります",
    Effect.LEAVE: "退職します",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as its reader reads it. `kind`: "own", "leaves" or "joins"."""

    kind: str
    person: str
    name: str
    day: date
    wording: str
    old: str
    new: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a notice speaks to, for personnel: the lines, and who has opened them when."""

    person: str
    name: str
    lines: tuple[Line, ...]
    opened: datetime | None
    heads: tuple[tuple[str, datetime | None], ...]


def lines_for(viewer: Viewer, noticed: list[drawer.NoticedLine]) -> list[Line]:
    """The lines that somebody may read now, in words, one's own first."""
    tellers: dict[int, Teller] = {}
    found = []
    for each in noticed:
        number = each.plan.id
        if number not in tellers:
            own = [n.draft.line for n in noticed if n.plan.id == number]
            tellers[number] = Teller(number, viewer, own)
        kind = "own" if each.own else "leaves" if each.leaves else "joins"
        found.append(_line(tellers[number], each.draft, kind))
    return sorted(found, key=lambda line: ("own", "leaves", "joins").index(line.kind))


def addressed(plan: drawer.PlanCard, viewer: Viewer) -> list[Addressed]:
    """Everybody whom a plan's notice speaks to, and their heads, with what they have opened."""
    people = drawer.spoken_to(plan.id, viewer.today)
    teller = Teller(plan.id, viewer, [d.line for each in people for d in each.drafts])
    rows = Receipt.objects.filter(plan=plan.id, notice_at=plan.notice_at or plan.created)
    opened = {
        (person, about): at
        for person, about, at in rows.values_list("person", "about", "opened_at")
    }
    names: dict[str, str] = {}
    found = []
    for each in people:
        for head in each.heads:
            names.setdefault(head, teller.name(head, viewer.today))
        found.append(
            Addressed(
                each.person,
                each.name or teller.name(each.person, each.drafts[0].line.effective),
                tuple(_line(teller, draft, "own") for draft in each.drafts),
                opened.get((each.person, each.person)),
                tuple((names[h], opened.get((h, each.person))) for h in each.heads),
            )
        )
    return found


def _line(teller: Teller, draft: drawer.DraftLine, kind: str) -> Line:
    line, row = draft.line, teller.row(draft.line)
    wording = row.wording if kind == "own" else _FOR_HEADS.get(line.effect, row.wording)
    until = line.until or line.term_end
    hidden = kind != "own" and line.effect in _FOR_HEADS
    return Line(
        *(kind, line.person, row.name, line.effective, wording, row.old, row.new),
        None if until in {None, OPEN} or hidden else until,
    )


def unopened(people: list[Addressed]) -> int:
    """How many have not opened what is about themselves."""
    return sum(each.opened is None for each in people)
