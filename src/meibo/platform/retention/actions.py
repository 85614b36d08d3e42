"""Proposing, approving, withdrawing and carrying out. Every step is noted before it is done.

Whoever may do this is asked by the caller (人事). A caller's mistake is a ValidationError with a
Japanese message.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string

from meibo.ledger import joins, shredding
from meibo.platform.accounts.actions import close_account
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.layout import photos
from meibo.platform.retention import queries
from meibo.platform.retention.models import Approval, Proposal

GONE = "shredded"


def propose(people: Iterable[str], *, actor: Actor, now: datetime, on: date) -> int:
    """Propose those of these people who are due on the day; how many were new."""
    wanted = set(people)
    listed = [each for each in queries.due(on) if each.person in wanted]
    held = {each.person for each in queries.open_proposals()}
    fresh = [each for each in listed if each.person not in held]
    if fresh:
        _note("propose", [each.person for each in fresh], actor, now)
    Proposal.objects.bulk_create(
        Proposal(
            person=each.person,
            last_day=each.last_day,
            due=each.due,
            proposed_at=now,
            proposed_by=actor.name,
        )
        for each in fresh
    )
    return len(fresh)


@transaction.atomic
def approve(number: int, *, actor: Actor, now: datetime) -> Proposal:
    """One yes, by somebody who neither proposed it nor approved it already, under any account."""
    found = _open(number)
    yes = list(found.approvals.all())
    holders = {_holder(found.proposed_by), *(each.holder for each in yes)} - {""}
    if actor.name == found.proposed_by or actor.person in holders:
        raise ValidationError("提案した人と、すでに承認した人は、承認できません。")
    if actor.name in {each.account for each in yes} or len(yes) >= queries.NEEDED:
        raise ValidationError("この提案は、すでに承認されています。")
    _note("approve", [found.person], actor, now)
    Approval.objects.create(proposal=found, account=actor.name, holder=actor.person, given_at=now)
    if len(yes) + 1 == queries.NEEDED:
        rules, _ = queries.table()
        found.not_before = now + timedelta(days=rules.wait_days)
        found.save(update_fields=["not_before"])
    return found


@transaction.atomic
def withdraw(number: int, *, actor: Actor, now: datetime) -> None:
    """Anybody of the section may call it off, at any time until it is carried out."""
    found = _open(number)
    if found.state != Proposal.PROPOSED:
        raise ValidationError("廃棄が始まった提案は取り下げられません。")
    _note("withdraw", [found.person], actor, now)
    found.state, found.ended_at, found.ended_by = Proposal.WITHDRAWN, now, actor.name
    found.save()


def carry_out(number: int, *, actor: Actor, now: datetime, on: date) -> None:
    """Remove what was proposed, once two others approved it and the time to call it off is over.

    What was broken off is gone on with: files are removed after the record of them is.
    """
    with transaction.atomic():
        found = _open(number)
        if found.state == Proposal.PROPOSED:
            _check(found, now, on)
            _note("carry out", [found.person], actor, now)
            _shred(found, actor, now)
    remember(joins.members(found.person))  # not before: what is remembered must have happened
    for name in found.left_over:
        _remove(str(name))
    found.state, found.left_over = Proposal.CARRIED, []
    found.ended_at, found.ended_by = now, actor.name
    found.save()


def _shred(found: Proposal, actor: Actor, now: datetime) -> None:
    belongings = shredding.belongings(found.person)
    for each, staff_no in belongings.ids.items():
        _forget(each, staff_no)
    for account in Account.objects.filter(person__in=belongings.ids, is_active=True):
        close_account(account, actor=actor.name, now=now)
    Account.objects.filter(person__in=belongings.ids).update(person=None)  # its name tells of them
    shredding.shred(found.person, actor=actor.name, now=now)
    found.state, found.left_over = Proposal.CARRYING, _files(belongings)
    found.save()


def _check(found: Proposal, now: datetime, on: date) -> None:
    """Whoever was approved may have come back since, or the town's table may say more now."""
    if found.not_before is None:
        raise ValidationError("承認が足りません（提案した人のほかに2人）。")
    if now < found.not_before:
        raise ValidationError("取り消しを受け付ける日数が、まだ過ぎていません。")
    if found.person not in {each.person for each in queries.due(on)}:
        raise ValidationError("いまの保存年限表では、まだ保存する記録です。")


def _open(number: int) -> Proposal:
    rows = Proposal.objects.select_for_update().filter(pk=number)
    found = rows.filter(state__in=[Proposal.PROPOSED, Proposal.CARRYING]).first()
    if found is None:
        raise ValidationError("この提案はもう終わっています。")
    return found


def _holder(username: str) -> str:
    account = Account.objects.filter(username=username).first()
    return (account.person or "") if account else ""


def _note(what: str, people: list[str], actor: Actor, now: datetime) -> None:
    note(Entry(Act.RETENTION, {"what": what}, people), actor=actor, now=now)


def _forget(person: str, staff_no: str | None) -> None:
    """What apps keep of a person goes as well, in the same transaction: each names a function in
    the settings, for the platform knows no app."""
    for path in settings.MEIBO_FORGETTERS:
        import_string(path)(person, staff_no)


def _files(left: shredding.Shredded) -> list[str]:
    """What lies in the data directory of somebody, by where it lies."""
    named = [name for name in left.photos if PurePosixPath(name).name == name]
    return [*(f"{photos.FOLDER}/{name}" for name in named), *left.documents]


def _remove(name: str) -> None:
    place = name if "/" in name else f"{photos.FOLDER}/{name}"  # noted before documents were
    (Path(settings.MEIBO_DATA) / place).unlink(missing_ok=True)


def remember(people: Iterable[str]) -> None:
    """Note ids beside the database, so that a restored older copy can be told whom it lacks to
    forget. An id says nothing of its person."""
    with (Path(settings.MEIBO_DATA) / GONE).open("a", encoding="ascii") as file:
        file.write("".join(f"{person}\n" for person in people))
        file.flush()
        os.fsync(file.fileno())


def forget_again(*, actor: Actor, now: datetime) -> int:
    """After a restore: whoever was removed since that copy was made is removed again."""
    path = Path(settings.MEIBO_DATA) / GONE
    people = set(path.read_text(encoding="ascii").split()) if path.is_file() else set()
    if not people:
        return 0
    _note("after a restore", sorted(people), actor, now)
    done = 0
    for person in sorted(people):
        belongings = shredding.belongings(person)
        with transaction.atomic():
            for each, staff_no in (belongings.ids or {person: None}).items():
                _forget(each, staff_no)
            done += shredding.shred_again([person], actor=actor.name, now=now)
        for name in _files(belongings):
            _remove(name)
    return done
