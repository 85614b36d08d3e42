"""A question goes to the telephones of crisis management: at night nobody looks at a page.

Everybody is told once that it is asked, and once that it has ended. It is answered on its page, by
whoever has signed in.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.safety.models import Notice, Posted, Question
from meibo.apps.safety.queries.routes import ADDRESS, routes_of
from meibo.apps.safety.queries.watch import watch
from meibo.ledger.vault import Vault

TOKYO = ZoneInfo("Asia/Tokyo")
_LOG = logging.getLogger("meibo.safety")


def tell_asked(question: Question, *, now: datetime) -> None:
    """Tell those on duty that there is something to decide."""
    try:
        with transaction.atomic():
            _queue(question, watch(now.astimezone(TOKYO).date()), ended=False, now=now)
    except Exception:  # noqa: BLE001  # whatever it is, an alarm must not be undone because of it
        _LOG.exception("question %s: nobody could be told", question.pk)


def tell_ended(question: Question, *, now: datetime) -> None:
    """Tell those who know of it that it has ended. Who has not been told yet is left alone."""
    try:
        with transaction.atomic():
            waiting = question.notices.filter(ended=False, state=Posted.QUEUED, lost=0)
            waiting.update(state=Posted.DROPPED)
            told = question.notices.filter(ended=False).exclude(state=Posted.DROPPED)
            people = set(told.values_list("person", flat=True))
            _queue(question, people, ended=True, now=now)
    except Exception:  # noqa: BLE001  # see above
        _LOG.exception("question %s: nobody could be told of its end", question.pk)


def _queue(question: Question, people: Collection[str], *, ended: bool, now: datetime) -> None:
    """A notice to every address of these people, all at once: here no route waits for another."""
    vault = Vault()
    vault.prepare(people)
    ways = routes_of(people, now.astimezone(TOKYO).date(), vault)
    Notice.objects.bulk_create(
        Notice(
            question=question,
            person=person,
            ended=ended,
            route=way.route,
            address=vault.seal(person, ADDRESS, way.address),
            due_at=now,
        )
        for person, own in ways.items()
        for way in own
    )
    if not ended and not any(ways.values()):
        _LOG.error("question %s: there is nobody with an address who could be told", question.pk)
