"""Two events turn out to be one: from then on it has one question or one check."""

from __future__ import annotations

from meibo.apps.safety.actions.asking import settle
from meibo.apps.safety.actions.mustering import is_over
from meibo.apps.safety.models import Alarmed, Question
from meibo.domain.telegram.codec import level_to_json
from meibo.platform.telegrams.receivers import Handed


def join(handed: Handed) -> None:
    """Give all that is known of the others to the event that they are. Where a check runs for any
    of them, nothing is left to ask; of several open questions the oldest goes on."""
    decision = handed.decision
    keys = [each[:80] for each in (decision.event, *decision.joined)]
    alarmed = Alarmed.objects.filter(event__in=keys).exclude(check_asked=None)
    checks = [each.check_asked for each in alarmed if each.check_asked is not None]
    running = [each for each in checks if each.closed_at is None and not is_over(each, handed.at)]
    newest = max(running or checks, key=lambda each: each.started_at, default=None)
    if newest is not None:
        Alarmed.objects.update_or_create(event=keys[0], defaults={"check_asked": newest})
    rows = list(Question.objects.filter(event__in=keys, answer="").order_by("pk"))
    for each in rows if running else rows[1:]:
        settle(each.event, Question.JOINED, now=handed.at, check=newest if running else None)
    if rows and not running:
        _go_on(rows[0], handed)


def _go_on(question: Question, handed: Handed) -> None:
    """It asks about all of them now; whoever looked at it before has not seen that."""
    decision = handed.decision
    question.event = decision.event[:80]
    question.level, question.until = level_to_json(decision.level), decision.until
    question.reason = f"{question.reason}\n{decision.reason}"
    question.version += 1
    question.save()
