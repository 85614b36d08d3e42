"""Recovery at a desk: two people of the house, face to face with the third who can't get in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from meibo.domain.disclosure import Viewer
from meibo.platform.accounts.actions import clear_password
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.entry import rights
from meibo.platform.entry.actions import EntryError, Printed, end_sheets, make_sheets
from meibo.platform.entry.factors import forget_factors
from meibo.platform.entry.models import Recovery, Sheet
from meibo.platform.grants import queries as grants

#: So long after the confirmation the sheet may be printed.
PRINTABLE = timedelta(hours=24)
_NOT_YOURS = "この復旧を進められる立場ではありません。"


def start(account: Account, reason: str, *, by: Viewer, actor: Actor, now: datetime) -> Recovery:
    """Say that somebody stands at the desk who can't get in. Nothing has happened yet."""
    if not account.person or not rights.keeps(by, account.person):
        raise EntryError("この職員の復旧を始められる立場ではありません。")
    if not reason.strip():
        raise EntryError("何が起きたかを選んでください。")
    _note("recovery_start", account, actor, now, reason)
    try:
        with transaction.atomic():
            return Recovery.objects.create(
                account=account,
                reason=reason.strip()[:200],
                started_by=actor.name,
                starter=actor.person,
                started_at=now,
            )
    except IntegrityError:
        raise EntryError("この職員の復旧は、もう確認を待っています。") from None


def hindrance(recovery: Recovery, viewer: Viewer, name: str) -> str:
    """Why this viewer can't be the second one; empty for who can."""
    person = recovery.account.person or ""
    if name == recovery.started_by or (recovery.starter and viewer.person == recovery.starter):
        return "始めた人は確認できません。もう一人に頼んでください。"
    if not rights.confirms(viewer, person):
        return _NOT_YOURS
    if "hr" not in viewer.held and grants.holding([person], viewer.today):
        return "職務を持つ職員の復旧は、人事担当が確認します。"
    return ""


def confirm(recovery: Recovery, *, by: Viewer, actor: Actor, now: datetime) -> None:
    """The second one has seen who it is: password and second factors go, open sessions end."""
    hindered = hindrance(recovery, by, actor.name)
    if hindered:
        raise EntryError(hindered)
    account = recovery.account
    _note("recovery_confirm", account, actor, now, recovery.reason)
    with transaction.atomic():
        waiting = Recovery.objects.filter(pk=recovery.pk, confirmed_at=None, dropped_at=None)
        done = waiting.update(confirmed_by=actor.name, confirmer=actor.person, confirmed_at=now)
        if done != 1:
            raise EntryError("この復旧は、もう終わっています。")
        clear_password(account, actor=actor.name, now=now)
        forget_factors(account)
        end_sheets([account], now=now)


def drop(recovery: Recovery, *, by: Viewer, actor: Actor, now: datetime) -> None:
    """Call it off before it is confirmed."""
    if actor.name != recovery.started_by and hindrance(recovery, by, actor.name):
        raise EntryError(_NOT_YOURS)
    _note("recovery_drop", recovery.account, actor, now, recovery.reason)
    waiting = Recovery.objects.filter(pk=recovery.pk, confirmed_at=None, dropped_at=None)
    if waiting.update(dropped_at=now, dropped_by=actor.name) != 1:
        raise EntryError("この復旧は、もう終わっています。")


def may_print(recovery: Recovery, name: str, *, now: datetime) -> bool:
    """Whether one of the two may print the sheet: for a day, until it has been used."""
    if recovery.confirmed_at is None or now - recovery.confirmed_at > PRINTABLE:
        return False
    if name not in {recovery.started_by, recovery.confirmed_by}:
        return False
    used = Sheet.objects.filter(account=recovery.account, used_at__gte=recovery.confirmed_at)
    return not used.exists()


def print_sheet(recovery: Recovery, *, actor: Actor, on: date, now: datetime) -> Printed:
    """The sheet with which the person sets a new password."""
    if not may_print(recovery, actor.name, now=now):
        raise EntryError("この復旧の紙は、もう印刷できません。始めからやり直してください。")
    return make_sheets([recovery.account], Sheet.Kind.RECOVERY, actor=actor, on=on, now=now)[0]


def open_recoveries(people: Iterable[str] | None, *, now: datetime) -> list[Recovery]:
    """Those that wait for the second one, or whose sheet may still be printed: of these people, or
    of everyone."""
    rows = Recovery.objects.filter(dropped_at=None)
    if people is not None:
        rows = rows.filter(account__person__in=list(people))
    recent = now - PRINTABLE
    return [
        r
        for r in rows.select_related("account")
        if r.confirmed_at is None or r.confirmed_at > recent
    ]


def _note(deed: str, account: Account, actor: Actor, now: datetime, reason: str) -> None:
    entry = Entry(Act.ACCOUNT, {"deed": deed}, {account.person or ""} - {""}, reason)
    note(entry, actor=actor, now=now)
