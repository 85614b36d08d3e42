"""Accounts for everyone in service, sheets of paper, recovery at a desk. Each verb writes down
first what it is about to do; what is refused is an EntryError with words for who asked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from meibo.ledger import roll
from meibo.platform.accounts.actions import open_account, set_password
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.entry.codes import hashed, new_code, read
from meibo.platform.entry.models import Miss, Sheet

MISSES = 20
#: So many codes that open nothing may come from one address in so much time.
MISS_WINDOW = timedelta(minutes=10)
WRONG_CODE = (
    "この番号は使えません。打ち間違いがないか確かめてください。"
    "期限が過ぎているか、使い終わった紙のときは、庶務担当に新しい紙を頼んでください。"
)


class EntryError(ValueError):
    """It can't be done like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet just made, with its code: the only moment at which the code is known."""

    account: Account
    code: str
    last: date


@dataclass(frozen=True, slots=True)
class Opened:
    """How many accounts were opened, and whose staff number stands as a name already."""

    count: int
    taken: Sequence[str]


@transaction.atomic
def open_for(people: Iterable[str], *, actor: Actor, now: datetime) -> Opened:
    """An account without a password for each of these people who has none; the staff number is the
    name. It can be used on the days in service only, so it may be opened before the first one."""
    wanted = set(people)
    wanted -= set(Account.objects.filter(person__isnull=False).values_list("person", flat=True))
    numbers = roll.staff_numbers(wanted)
    used = set(Account.objects.values_list("username", flat=True))
    taken = sorted(number for number in numbers.values() if number in used)
    free = {p: n for p, n in numbers.items() if n not in used}
    if free:
        note(Entry(Act.ACCOUNT, {"deed": "open", "count": len(free)}, free), actor=actor, now=now)
    for person, number in sorted(free.items(), key=lambda each: each[1]):
        open_account(number, None, person, actor=actor.name, now=now)
    return Opened(len(free), taken)


@transaction.atomic
def make_sheets(
    accounts: Sequence[Account], kind: Sheet.Kind, *, actor: Actor, on: date, now: datetime
) -> list[Printed]:
    """A new sheet for each account; what was printed for it before opens nothing any more."""
    last = on + timedelta(days=settings.MEIBO_SHEET_DAYS)
    people = {account.person for account in accounts if account.person}
    detail = {"deed": "sheet", "kind": kind.value, "count": len(accounts), "last": last}
    note(Entry(Act.ACCOUNT, detail, people), actor=actor, now=now)
    end_sheets(accounts, now=now)
    made = [Printed(account, new_code(), last) for account in accounts]
    Sheet.objects.bulk_create(
        Sheet(
            account=each.account,
            kind=kind,
            secret=hashed(each.code),
            made_at=now,
            made_by=actor.name,
            maker=actor.person,
            last=last,
        )
        for each in made
    )
    return made


def end_sheets(accounts: Iterable[Account], *, now: datetime) -> None:
    """Whatever was printed for these accounts opens nothing any more."""
    open_ones = Sheet.objects.filter(account__in=list(accounts), used_at=None, ended_at=None)
    open_ones.update(ended_at=now)


def sheet_of(code: str, on: date) -> Sheet | None:
    """The sheet that a code opens on a day. The hash is keyed, so nothing is learned from how long
    it takes to look it up; the last comparison takes as long for any."""
    if not read(code):
        return None
    secret = hashed(code)
    rows = Sheet.objects.filter(secret=secret, used_at=None, ended_at=None, last__gte=on)
    sheet = rows.select_related("account").first()
    if sheet is None or not secrets.compare_digest(sheet.secret, secret):
        return None
    return sheet if sheet.account.is_active else None


def redeem(code: str, password: str, *, address: str, on: date, now: datetime) -> Account:
    """Set the password by a sheet and use it up. Raises EntryError for a code that opens nothing,
    ValidationError for a password that won't do, which leaves the sheet as it was."""
    sheet = sheet_of(code, on)
    if sheet is None:
        raise EntryError(WRONG_CODE)
    account = sheet.account
    validate_password(password, account)
    actor = Actor(account.username, account.person or "", address)
    detail = {"deed": "password", "by": "sheet", "kind": sheet.kind}
    note(Entry(Act.ACCOUNT, detail, {actor.person} - {""}), actor=actor, now=now)
    with transaction.atomic():
        # Of two at the same moment one row changes: the other finds the sheet used.
        mine = Sheet.objects.filter(pk=sheet.pk, used_at=None, ended_at=None)
        if mine.update(used_at=now) != 1:
            raise EntryError(WRONG_CODE)
        set_password(account, password, actor=account.username, now=now)
        end_sheets([account], now=now)
    return account


def too_many(address: str, *, now: datetime) -> bool:
    """Whether an address has tried so many codes that it has to wait."""
    return Miss.objects.filter(address=address, moment__gt=now - MISS_WINDOW).count() >= MISSES


def missed(address: str, *, now: datetime) -> None:
    """Count a code that opened nothing. What is older than the window is forgotten."""
    note(Entry(Act.SIGN_IN_FAILED, {"by": "sheet"}), actor=Actor("", "", address), now=now)
    Miss.objects.filter(moment__lte=now - MISS_WINDOW).delete()
    Miss.objects.create(address=address, moment=now)
