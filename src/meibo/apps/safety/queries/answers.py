"""What somebody said in a check, for who may see it: crisis management, heads of their people,
and the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from meibo.apps.safety.models import Answer, Called, Photo
from meibo.apps.safety.queries.given import Said, said
from meibo.domain.disclosure import Viewer
from meibo.domain.safety.words import COMES, FAMILY, HOME, STATUS, WAYS

_WORDS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("family", "家族", FAMILY),
    ("home", "住まい", HOME),
    ("way", "来る手段", WAYS),
    ("place", "今いる所", {}),
    ("words", "伝えたいこと", {}),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer in words. `place`: 最初 or いま, where it is that."""

    answer: Answer
    status: str
    comes: str
    place: str
    more: tuple[tuple[str, str], ...]


def seen_by(viewer: Viewer, number: int, now: datetime) -> Called | None:
    """Somebody who was asked, as far as this viewer may know what they said; heads as long as the
    links are good."""
    called = Called.objects.select_related("check_asked").filter(pk=number).first()
    if called is None:
        return None
    if viewer.holds("crisis") or (viewer.person and called.person == viewer.person):
        return called
    leads = called.person in viewer.over.get("head", ())
    return called if leads and called.check_asked.until > now else None


def shown(called: Called) -> list[Shown]:
    """Every answer, the newest first."""
    rows = list(called.answers.select_related("called").order_by("-at", "-pk"))
    told = said(rows)
    return [
        _shown(each, told.get(each.pk, {}), _place(n, len(rows))) for n, each in enumerate(rows)
    ]


_HELPS = frozenset({"place", "words"})


def helpful(called: Iterable[Called]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Number of a call → where somebody is and what they want to say, by their last answer: for
    who may see it, and looks for those who are hurt."""
    last = {}
    rows = Answer.objects.filter(called__in=called).select_related("called")
    for each in rows.order_by("at", "pk"):
        last[each.called_id] = each
    told = said(last.values())
    return {
        number: tuple(
            (label, told[each.pk][key])
            for key, label, _ in _WORDS
            if key in _HELPS and told.get(each.pk, {}).get(key)
        )
        for number, each in last.items()
    }


def photos(called: Called) -> list[Photo]:
    """Which pictures there are, without what is in them."""
    return list(called.photos.defer("sealed"))


def _place(number: int, count: int) -> str:
    if count == 1:
        return ""
    return "いまの答え" if number == 0 else "最初の答え" if number == count - 1 else ""


def _shown(answer: Answer, more: Said, place: str) -> Shown:
    told = tuple(
        (label, words.get(more[key], more[key])) for key, label, words in _WORDS if more.get(key)
    )
    status = STATUS.get(answer.status, answer.status)
    return Shown(answer, status, COMES.get(answer.comes, ""), place, told)
