"""Taking an answer in the house itself. It is durable before anybody is thanked: the row is in the
database, or the page says that it is not. The answer face does the same in its own way (`face`)."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest, Least

from meibo.apps.safety.face.form import Given
from meibo.apps.safety.models import Answer, Called
from meibo.apps.safety.queries.given import SEALED
from meibo.domain.safety.words import COMES, HOME, STATUS
from meibo.ledger.vault import Vault
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

__all__ = ["AnswerError", "Given", "answer", "answer_for"]


class AnswerError(ValueError):
    """It is no answer; the message says what is missing."""


def answer(called: Called, given: Given, *, by: str = "") -> Answer:
    """Keep an answer; the last one counts and the first one stays. `by`: the account of who
    answers for somebody. Raises AnswerError for a word that there is not."""
    if given.status not in STATUS:
        raise AnswerError("無事かどうかを選んでください。")
    if given.comes and given.comes not in COMES:
        raise AnswerError("来られるかどうかを選び直してください。")
    sealed = ""
    if any(given.more.values()):
        vault = Vault()
        vault.prepare([called.person])
        more = json.dumps(dict(given.more), ensure_ascii=False)
        sealed = vault.seal(called.person, SEALED, more)
    with transaction.atomic():
        counted = {
            "status": given.status,
            "comes": given.comes,
            "arrives_at": given.arrives_at,
        }
        kept = Answer.objects.create(called=called, at=given.at, by=by, sealed=sealed, **counted)
        rows = Called.objects.filter(pk=called.pk)
        # One that waited in a browser for a line may come after a later one.
        rows.filter(Q(answered_at=None) | Q(answered_at__lte=given.at)).update(**counted)
        keep_home(called.pk, given.more.get("home", ""), given.at)
        rows.update(
            answered_at=Greatest(Coalesce(F("answered_at"), given.at), given.at),
            first_at=Least(Coalesce(F("first_at"), given.at), given.at),
        )
    return kept


def keep_home(called: int, home: str, at: datetime) -> None:
    """Count what an answer says of the home: the last that says anything of it. An answer that was
    overtaken counts where nothing is known yet."""
    if home not in HOME or not home:
        return
    newest = Q(answered_at=None) | Q(answered_at__lte=at) | Q(home="")
    Called.objects.filter(newest, pk=called).update(home=home)


def answer_for(called: Called, given: Given, *, actor: Actor, now: datetime) -> Answer:
    """Keep what somebody said by telephone to somebody else, and who that was."""
    detail = {"what": "answer-for", "check": called.check_asked_id}
    with transaction.atomic():
        note(Entry(Act.EMERGENCY, detail, (called.person,)), actor=actor, now=now)
        return answer(called, given, by=actor.name)
