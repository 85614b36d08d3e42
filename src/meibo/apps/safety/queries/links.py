"""The links of this house."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from meibo.apps.safety.models import Called
from meibo.domain.safety import links


def key() -> bytes:
    """The secret of the links alone; nothing else can be told from it."""
    return _key_of(settings.SECRET_KEY)


@lru_cache(maxsize=2)
def _key_of(secret: str) -> bytes:
    return salted_hmac("meibo.safety.link", "1", secret=secret, algorithm="sha256").digest()


def token_of(called: int, until: datetime) -> str:
    """What follows /a/ in the link to somebody."""
    return links.written(key(), called, until)


def called_of(token: str, now: datetime) -> Called | None:
    """Who a link is for; None for one that is not ours, or no longer good."""
    found = links.read(key(), token)
    if found is None or found[1] <= now:
        return None
    return Called.objects.select_related("check_asked").filter(pk=found[0]).first()
