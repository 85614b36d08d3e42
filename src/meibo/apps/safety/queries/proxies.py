"""Who has not answered yet, and for whom somebody may answer: heads for their own people, crisis
management for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from meibo.apps.safety.models import Answer, Called
from meibo.apps.safety.queries.board import SILENT
from meibo.apps.safety.queries.links import token_of
from meibo.domain.disclosure import Viewer
from meibo.domain.safety.words import STATUS
from meibo.ledger import reader
from meibo.ledger.card import Card
from meibo.platform.layout.waiting import Asker, Matter

_FOUND = 60  # people that a search shows at most


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is asked, and what is known of them. `by`: who answered for them, if so."""

    card: Card
    called: Called
    status: str
    by: str


def may_answer_for(viewer: Viewer) -> bool:
    """Whether there is anybody for whom this viewer may answer."""
    return viewer.holds("crisis") or bool(viewer.over.get("head"))


def callable_by(viewer: Viewer, now: datetime) -> QuerySet[Called]:
    """Whom this viewer may answer for, in every check that is open; without the viewer, who has an
    answer of their own."""
    rows = open_calls(now)
    if viewer.holds("crisis"):
        return rows.exclude(person=viewer.person or "")
    return rows.filter(person__in=viewer.over.get("head", ())).exclude(person=viewer.person or "")


def open_calls(now: datetime) -> QuerySet[Called]:
    """Everybody in every check that is open."""
    rows = Called.objects.select_related("check_asked").order_by("-check_asked", "pk")
    return rows.filter(check_asked__closed_at=None, check_asked__until__gt=now)


def lines(viewer: Viewer, query: str, *, on: date, now: datetime) -> list[Line]:
    """Whom the query finds among them; without one, the viewer's own people who have not answered.
    Nobody is found by what the viewer may not see."""
    rows = callable_by(viewer, now)
    if query:
        hits = reader.search(viewer, query, on=on, limit=_FOUND).hits
        cards = {hit.card.id: hit.card for hit in hits}
        rows = rows.filter(person__in=list(cards))
    else:
        rows = rows.filter(SILENT, person__in=viewer.over.get("head", ()))
        cards = {card.id: card for card in reader.cards(viewer, on=on, ids=_people(rows))}
    found = [called for called in rows if called.person in cards]
    by = answered_by(found)
    return [Line(cards[c.person], c, STATUS.get(c.status, ""), by.get(c.pk, "")) for c in found]


def answered_by(called: Iterable[Called]) -> dict[int, str]:
    """Number of who is called → the account that gave the answer that counts; nothing where it was
    their own."""
    rows = Answer.objects.filter(called__in=list(called)).order_by("at", "pk")
    return dict(rows.values_list("called_id", "by"))


def _people(rows: QuerySet[Called]) -> list[str]:
    return list(rows.values_list("person", flat=True))


def waiting(asker: Asker) -> Iterator[Matter]:
    """One's own answer, and those of one's people, while a check is open."""
    viewer = asker.viewer
    for called in open_calls(asker.now).filter(person=viewer.person or "-", status=""):
        check = called.check_asked
        address = reverse("answer:page", args=[token_of(called.pk, check.until)])
        yield Matter(f"「{check.title}」に、まだ答えていません。安否を答える", address)
    if viewer.over.get("head"):
        own = callable_by(viewer, asker.now).filter(SILENT, person__in=viewer.over["head"])
        if count := own.values("person").distinct().count():
            words = f"あなたの所属で、安否を答えていない人が{count}人います"
            yield Matter(words, reverse("safety:proxies"))
