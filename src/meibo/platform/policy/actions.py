"""What is done with a draft of 公開基準: written, put forward, approved by somebody else or sent
back, dropped; and an approved version withdrawn before its day. Every step is noted.

A caller's mistake, and what somebody else did first, is a PolicyError with a Japanese message.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from meibo.domain.disclosure import Row, parse
from meibo.domain.disclosure_editing import differences, doubts, row_changes, written
from meibo.domain.free_fields import is_free
from meibo.ledger import policy
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.policy.labels import is_taken
from meibo.platform.policy.models import Draft, State


class PolicyError(ValueError):
    """It can't be done; the message says why and what to do."""


def begin(*, actor: Actor, now: datetime, today: date, base: int | None = None) -> Draft:
    """A new draft, from the table in force or from the version with the number `base`."""
    source = policy.in_force(today) if base is None else policy.version(base)
    if source is None:
        raise PolicyError("もとにする版がありません。")
    with transaction.atomic():
        draft = Draft.objects.create(
            text=source.text, hands=_hands(actor), drafted_by=actor.name, drafted_at=now
        )
        _note("begin", draft, actor, now, base=source.number)
    return draft


@transaction.atomic
def write(
    number: int, text: str, words: str, starts: date | None, *, actor: Actor, now: datetime
) -> Draft:
    """Keep what was written. Raises DisclosureError for a text that is no table."""
    parse(text)
    draft = _locked(number)
    if not draft.editable:
        raise PolicyError("承認待ちか、済んだ案です。書き直すには、作成中に戻してください。")
    draft.text, draft.note, draft.starts = text, words, starts
    draft.state, draft.hands = State.OPEN, sorted({*draft.hands, *_hands(actor)})
    draft.drafted_by, draft.drafted_at = actor.name, now
    _note("write", draft, actor, now)
    draft.save()
    return draft


@transaction.atomic
def change_fields(
    number: int, row: Row | None, *, drop: str = "", actor: Actor, now: datetime
) -> Draft:
    """Add a field of the town's own to a draft (or put it in the place of the one of its name), or
    take one out. Values that were filed stay in the book, and are seen by nobody."""
    draft = _locked(number)
    table = parse(draft.text)
    gone = {drop, row.field if row else ""}
    kept = [each for each in table.rows if each.field not in gone or not is_free(each.field)]
    if row is not None and is_taken(row.label, (each.label for each in kept)):
        raise PolicyError(f"「{row.label}」という項目は、もうあります。別の名前にしてください。")
    rows = (*kept, row) if row is not None else tuple(kept)
    text = written(replace(table, rows=rows, _cache={}))
    return write(number, text, draft.note, draft.starts, actor=actor, now=now)


@transaction.atomic
def ask(number: int, *, actor: Actor, now: datetime, today: date) -> Draft:
    """Put a draft forward for approval."""
    draft = _locked(number)
    if not draft.editable:
        raise PolicyError("この案は、もう承認待ちか、済んでいます。")
    _check(draft, today)
    _note("ask", draft, actor, now, **_counts(draft, today))
    draft.state, draft.hands = State.ASKED, sorted({*draft.hands, *_hands(actor)})
    draft.save()
    return draft


@transaction.atomic
def approve(number: int, *, actor: Actor, now: datetime, today: date) -> policy.Version:
    """Put a draft in force from its day on. Whoever had a hand in it can't."""
    draft = _locked(number)
    if draft.state != State.ASKED:
        raise PolicyError("この案は承認待ちではありません。ほかの人が先に決めたかもしれません。")
    if not may_decide(draft, actor):
        raise PolicyError("案を書いた人は承認できません。ほかの人に頼んでください。")
    _check(draft, today)
    if draft.starts is None:
        raise PolicyError("施行日がありません。")
    approval = policy.Approval(
        draft.text, draft.starts, draft.note, draft.drafted_by, draft.drafted_at, actor.name
    )
    counts = _counts(draft, today)
    version = policy.approve(approval, now=now, today=today)
    _note("approve", draft, actor, now, version=version.number, **counts)
    draft.state, draft.version = State.APPROVED, version.number
    draft.decided_by, draft.decided_at = actor.name, now
    draft.save()
    return version


@transaction.atomic
def refuse(number: int, reason: str, *, actor: Actor, now: datetime) -> Draft:
    """Send a draft back, with the reason for who wrote it."""
    draft = _locked(number)
    if draft.state != State.ASKED:
        raise PolicyError("この案は承認待ちではありません。ほかの人が先に決めたかもしれません。")
    if not reason.strip():
        raise PolicyError("差し戻す理由を書いてください。")
    _note("refuse", draft, actor, now)
    draft.state, draft.reason = State.REFUSED, reason.strip()[:400]
    draft.decided_by, draft.decided_at = actor.name, now
    draft.save()
    return draft


@transaction.atomic
def reopen(number: int, *, actor: Actor, now: datetime) -> Draft:
    """Take a draft back from approval, to write in it again."""
    draft = _locked(number)
    if draft.state != State.ASKED:
        raise PolicyError("この案は承認待ちではありません。")
    _note("reopen", draft, actor, now)
    draft.state = State.OPEN
    draft.save()
    return draft


@transaction.atomic
def drop(number: int, *, actor: Actor, now: datetime) -> Draft:
    """Give a draft up; it stays to be read."""
    draft = _locked(number)
    if draft.state in {State.APPROVED, State.DROPPED}:
        raise PolicyError("済んだ案は取りやめられません。")
    _note("drop", draft, actor, now)
    draft.state, draft.decided_by, draft.decided_at = State.DROPPED, actor.name, now
    draft.save()
    return draft


@transaction.atomic
def withdraw(number: int, reason: str, *, actor: Actor, now: datetime, today: date) -> None:
    """Take an approved version back before its day."""
    if not reason.strip():
        raise PolicyError("取り下げる理由を書いてください。")
    try:
        policy.withdraw(number, reason=reason.strip()[:400], actor=actor.name, now=now, today=today)
    except ValueError as error:
        raise PolicyError(str(error)) from error
    note(Entry(Act.POLICY, {"what": "withdraw", "version": number}), actor=actor, now=now)


def may_decide(draft: Draft, actor: Actor) -> bool:
    """Whether somebody had no hand in a draft, neither by this account nor by another one."""
    return not set(_hands(actor)) & set(draft.hands)


def _hands(actor: Actor) -> list[str]:
    return [f"account:{actor.name}", *([f"person:{actor.person}"] if actor.person else [])]


def _locked(number: int) -> Draft:
    """The draft, held until the end of the transaction: of two who decide at once one is first."""
    draft = Draft.objects.select_for_update().filter(pk=number).first()
    if draft is None:
        raise PolicyError("この案はありません。")
    return draft


def _check(draft: Draft, today: date) -> None:
    """What must be so before a draft may be put forward or approved."""
    table = parse(draft.text)
    if draft.starts is None or draft.starts < today:
        raise PolicyError("施行日を、今日かそれより後の日にしてください。")
    if not draft.note:
        raise PolicyError("変えるわけ（決裁の番号など）を書いてください。")
    grave = [doubt.message for doubt in doubts(table) if doubt.grave]
    if grave:
        raise PolicyError("。".join(grave) + "。")
    before = policy.table(draft.starts)
    if not differences(before, table) and not row_changes(before, table):
        raise PolicyError("その日の公開基準と同じです。変えるところがありません。")


def _counts(draft: Draft, today: date) -> dict[str, object]:
    changed = differences(policy.table(today), parse(draft.text))
    return {
        "cells": len(changed),
        "fields": len({change.field for change in changed}),
        "starts": draft.starts,
    }


def _note(what: str, draft: Draft, actor: Actor, now: datetime, **detail: object) -> None:
    entry = Entry(Act.POLICY, {"what": what, "draft": draft.pk, **detail})
    note(entry, actor=actor, now=now)
