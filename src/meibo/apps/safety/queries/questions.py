"""What the engine asks crisis management, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse

from meibo.apps.safety.models import Question
from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.beside import Beside, beside
from meibo.apps.safety.queries.targets import targeted
from meibo.apps.safety.queries.watch import Told, reach_of_notices
from meibo.domain.safety.levels import LevelError
from meibo.domain.telegram.codec import level_from_json
from meibo.domain.telegram.level import Level as Grave
from meibo.platform.layout.waiting import Asker, Matter

TOKYO = ZoneInfo("Asia/Tokyo")
ANSWERS = {
    Question.STARTED: "始めた",
    Question.STOPPED: "始めなかった",
    Question.ITSELF: "自動で始まった",
    Question.GONE: "取り消された・軽くなった",
    Question.ADDED: "続いている安否確認に加えた",
    Question.JOINED: "ほかの問いと一つにした",
}
TOLD = {
    Question.STARTED: "安否確認を始めました",
    Question.STOPPED: "安否確認は始めません",
    Question.ITSELF: "安否確認が自動で始まりました",
    Question.GONE: "取り消されたか、軽くなりました",
    Question.ADDED: "続いている安否確認に加えました",
    Question.JOINED: "同じ事案とわかり、ほかの問いか安否確認と一つにしました",
}
"""The same, for who is told of it far from the page."""
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question, how grave it is in words, and whom a start would call: the level
    (配備態勢), its groups, how many people that are now; who was told of it; and the check
    that runs for some of them, if one does."""

    row: Question
    words: str
    level: str
    called: tuple[str, ...]
    people: int
    told: Told
    beside: Beside | None


def open_questions() -> QuerySet[Question]:
    """Those that wait for an answer."""
    return Question.objects.filter(answer="")


def asked(now: datetime) -> list[Asked]:
    """The open ones, with whom a start would call."""
    return [_asked(row, now) for row in open_questions()]


def _asked(row: Question, now: datetime) -> Asked:
    told = level_from_json(row.level)
    level, called = _called(told, now)
    people = targeted(levels.target(called), now.astimezone(TOKYO).date()) if called else {}
    names, reach = tuple(levels.names(called)), reach_of_notices(row)
    return Asked(row, told.words, level, names, len(people), reach, beside(people, now))


def _called(told: Grave, now: datetime) -> tuple[str, tuple[str, ...]]:
    """The name of the level and the groups that it calls; everybody where the table is unusable."""
    try:
        level = levels.level_of(levels.happened(told), now)
    except LevelError:
        return "", (levels.EVERYBODY,)
    return (level.name, level.called) if level else ("", ())


def answered() -> list[tuple[Question, str, str]]:
    """The last ones that are settled: how grave, and what was decided, in words."""
    rows = Question.objects.exclude(answer="").select_related("check_made")[:_SHOWN]
    return [(each, level_from_json(each.level).words, ANSWERS[each.answer]) for each in rows]


def waits(asker: Asker) -> Iterator[Matter]:
    """For the first page of crisis management."""
    if asker.viewer.holds("crisis"):
        for row in open_questions():
            words = level_from_json(row.level).words
            text = f"{words}：安否確認を始めるか、決めてください"
            if row.until is not None:
                text = f"{words}：{row.until.astimezone(TOKYO):%H:%M:%S}に安否確認が始まります"
            yield Matter(text, reverse("safety:questions"))
