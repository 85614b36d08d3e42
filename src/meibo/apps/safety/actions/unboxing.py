"""Out of the box of the answer face, under the person's own key: then it goes when the person goes,
and a new master key needs no old one for it."""

from __future__ import annotations

import json

from cryptography.exceptions import InvalidTag
from django.db import transaction

from meibo.apps.safety.actions import picturing
from meibo.apps.safety.actions.answering import keep_home
from meibo.apps.safety.face import box
from meibo.apps.safety.models import Answer
from meibo.apps.safety.queries.given import SEALED, unboxed
from meibo.ledger.masters import MissingKeyError
from meibo.ledger.vault import Vault

_MOST = 500


def unbox() -> int:
    """Move all, pictures as well; returns how many were. One that does not open stays as it is and
    stops no other: it was not closed by our own face."""
    moved, last = picturing.unbox(), 0
    rows = Answer.objects.filter(sealed__startswith=box.MARK).select_related("called")
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:_MOST]):
        moved, last = moved + _move(found), found[-1].pk
    return moved


def _move(found: list[Answer]) -> int:
    vault = Vault()
    vault.prepare({answer.called.person for answer in found})
    moved = 0
    with transaction.atomic():
        for answer in found:
            try:
                text = unboxed(answer)
                sealed = vault.seal(answer.called.person, SEALED, text)
                home = str(json.loads(text).get("home", ""))
            except (InvalidTag, MissingKeyError, KeyError, ValueError, AttributeError):
                continue
            keep_home(answer.called_id, home, answer.at)
            moved += Answer.objects.filter(pk=answer.pk).update(sealed=sealed)
    return moved
