"""The name under which a message leaves the house: its number, and a proof that it is ours, so that
a report about it can not be made up by whoever counts."""

from __future__ import annotations

import hmac
import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from meibo.apps.safety.models import Message, Notice, Posted, Trial

_LETTERS: dict[type[Posted], str] = {Message: "m", Trial: "t", Notice: "n"}
_MODELS = {letter: model for model, letter in _LETTERS.items()}
_KEY = re.compile(r"([mtn])(\d{1,18})-([0-9a-f]{16})")


def key_of(model: type[Posted], number: int) -> str:
    """The name of a message."""
    body = f"{_LETTERS[model]}{number}"
    return f"{body}-{_proof(body, settings.SECRET_KEY)}"


def named_in(text: str) -> tuple[type[Posted], int] | None:
    """The first message of ours that is named in a text."""
    for letter, number, proof in _KEY.findall(text):
        expected = _proof(f"{letter}{number}", settings.SECRET_KEY)
        if constant_time_compare(proof, expected):
            return _MODELS[letter], int(number)
    return None


def rows_of(model: type[Posted]) -> QuerySet[Any]:
    """All messages of a kind."""
    if model is Notice:
        return Notice.objects.all()
    return Message.objects.all() if model is Message else Trial.objects.all()


def model_of(key: str) -> type[Posted]:
    """Of which kind the message is that goes by this name."""
    return _MODELS[key[0]]


def _proof(body: str, secret: str) -> str:
    return hmac.digest(_key(secret), body.encode(), "sha256").hex()[:16]


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return salted_hmac("meibo.safety.message", "1", secret=secret, algorithm="sha256").digest()
