"""Who needs a second factor, who has one, and what to do with it when the house must."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from meibo.ledger import masters
from meibo.platform.accounts.duties import duties_of
from meibo.platform.accounts.models import Account
from meibo.platform.accounts.sealing import name_of, open_sealed, seal, sealed_under

#: What counts as a factor of its own. Recovery codes only stand in for one that was lost.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
EVERYBODY = "all"
#: Longer than any code is taken: its own half minute and one on either side.
REMEMBERED = timedelta(minutes=2)


def is_needed(account: Account) -> bool:
    """Whether this account must have a second factor (総務省 情報セキュリティポリシー
    ガイドライン: 二要素認証). The demo's accounts open an invented house with a password that
    everybody may know; they are exempt."""
    if account.is_demo:
        return False
    always: frozenset[str] = settings.MEIBO_SECOND_FACTOR_DUTIES
    return settings.MEIBO_SECOND_FACTOR == EVERYBODY or not always.isdisjoint(duties_of(account))


def exists(account: Account) -> bool:
    """Whether an app or a passkey is set up for it."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=KINDS).exists())


def may_go(factor: Authenticator) -> bool:
    """Whether its owner may give this factor up: not the last one of who needs one."""
    account: Account = factor.user
    others = Authenticator.objects.filter(user_id=account.pk, type__in=KINDS).exclude(pk=factor.pk)
    return not is_needed(account) or bool(others.exists())


@transaction.atomic
def spend(factor: Authenticator, code: str, *, now: datetime) -> bool:
    """Use up a code of an app; False if it has been used before (RFC 6238, 5.2). allauth remembers
    that too, but each process for itself."""
    row = Authenticator.objects.select_for_update().get(pk=factor.pk)
    since = (now - REMEMBERED).timestamp()
    mark = salted_hmac("meibo.spent", f"{row.pk}:{code}", algorithm="sha256").hexdigest()
    spent = [each for each in row.data.get("spent", []) if each[1] > since]
    if any(each[0] == mark for each in spent):
        return False
    row.data["spent"] = [*spent, [mark, now.timestamp()]]
    row.save(update_fields=["data"])
    return True


@transaction.atomic
def reseal() -> int:
    """Put every stored secret under the current master key; how many accounts were concerned.

    Called when the master key has been changed. Until then, and where this is cut short, secrets
    open by the key that each of them names.
    """
    new, touched = masters.secret(), set()
    rows = Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
    for row in rows:
        fresh = _under(row.data, new)
        if fresh != row.data:
            row.data = fresh
            row.save(update_fields=["data"])
            touched.add(row.user_id)
    return len(touched)


def _under(data: dict[str, Any], new: bytes) -> dict[str, Any]:
    """The same data with its secrets under this key; a passkey's public key is no secret."""
    stale = {
        name: data[name]
        for name in ("secret", "seed")
        if name in data and sealed_under(data[name]) != name_of(new)
    }
    return data | {
        name: seal(open_sealed(text, masters.secret(sealed_under(text))), new)
        for name, text in stale.items()
    }
