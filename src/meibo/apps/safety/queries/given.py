"""What people said besides a tick: family, way, place, words. Sealed by the house under the
person's key, or in a box by the answer face, which has no such keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidTag

from meibo.apps.safety.face import box
from meibo.apps.safety.models import Answer, Called
from meibo.ledger import masters
from meibo.ledger.vault import Vault

SEALED = "safety:answer"
Said = Mapping[str, str]


def said(answers: Iterable[Answer]) -> dict[int, Said]:
    """Number of the answer → what was said in it; nothing where the person's key is gone. The
    answers must come with their `called`."""
    rows = [answer for answer in answers if answer.sealed]
    vault = Vault()
    vault.prepare({answer.called.person for answer in rows})
    told = {}
    for answer in rows:
        text = _opened(answer, vault)
        if text is not None:
            told[answer.pk] = json.loads(text)
    return told


def last_said(called: Called) -> Said:
    """What somebody said last, for their own page; nothing where it can't be opened here."""
    answer = called.answers.select_related("called").order_by("-at", "-pk").first()
    try:
        return said([answer]).get(answer.pk, {}) if answer else {}
    except (InvalidTag, masters.MissingKeyError):
        return {}


def _opened(answer: Answer, vault: Vault) -> str | None:
    if answer.sealed.startswith(box.MARK):
        return unboxed(answer)
    return vault.open(answer.called.person, SEALED, answer.sealed)


def unboxed(answer: Answer) -> str:
    """What is in the box of an answer. Raises MissingKeyError where its master key is not here."""
    private = box.private_of(masters.secret(box.master_of(answer.sealed)))
    return box.opened(private, answer.called_id, answer.sealed)
