"""Accounts for these tests, and the codes that a telephone would show."""

import base64
import hashlib
import hmac
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.test import Client

from meibo.platform.accounts.actions import open_account
from meibo.platform.accounts.models import Account
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.ward import NOW

NAME = "t.hanako"
PASSWORD = "fuyu-no-hi-no-yuugata"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def opened(name: str = NAME, **others: object) -> Account:
    return open_account(name, PASSWORD, actor="test", now=NOW, **others)  # type: ignore[arg-type]  # any keyword


def sign_in(
    client: Client, name: str = NAME, password: str = PASSWORD, **others: str
) -> HttpResponse:
    return client.post("/account/login/", {"login": name, "password": password}, **others)  # type: ignore[arg-type,return-value]  # the test client's own types


def code_of(secret: str, shift: int = 0) -> str:
    """The six digits of RFC 6238 at this moment, computed apart from the library under test."""
    key = base64.b32decode(secret)
    count = struct.pack(">Q", int(time.time()) // 30 + shift)  # noqa: TID251  # what a telephone does
    digest = hmac.new(key, count, hashlib.sha1).digest()
    place = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def with_app(account: Account) -> Account:
    """The account with an app set up, whose secret is SECRET."""
    TOTP.activate(account, SECRET)
    return account


def with_recovery_codes(account: Account) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    return codes


def factors_of(account: Account) -> list[str]:
    found = Authenticator.objects.filter(user_id=account.pk)
    return sorted(found.values_list("type", flat=True))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def acts(*wanted: str) -> list[str]:
    """The acts in the audit log, in order; only those asked for."""
    found = AuditRecord.objects.values_list("act", flat=True)
    return [act for act in found if not wanted or act in wanted]
