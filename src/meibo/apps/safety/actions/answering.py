"""Taking an answer. It is durable before anybody is thanked: the row is in the database, or the
page says that it is not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce

from meibo.apps.safety.models import Answer, Called
from meibo.domain.safety.words import COMES, STATUS
from meibo.ledger.vault import Vault

SEALED = "safety:answer"


class AnswerError(ValueError):
    """It is no answer; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered. `more`: family, way, place, words."""

    status: str
    comes: str = ""
    arrives_at: datetime | None = None
    more: Mapping[str, str] = field(default_factory=dict)


def answer(called: Called, given: Given, *, by: str = "", now: datetime) -> Answer:
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
        sealed = vault.seal(called.person, SEALED, json.dumps(given.more, ensure_ascii=False))
    with transaction.atomic():
        kept = Answer.objects.create(
            called=called,
            at=now,
            by=by,
            status=given.status,
            comes=given.comes,
            arrives_at=given.arrives_at,
            sealed=sealed,
        )
        Called.objects.filter(pk=called.pk).update(
            status=given.status,
            comes=given.comes,
            arrives_at=given.arrives_at,
            answered_at=now,
            first_at=Coalesce("first_at", now),
        )
    return kept
