"""Entering, striking out and, after its term, removing records of 処分・分限・表彰・公務災害."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import connection, transaction

from meibo.apps.personnel.models import ConductRecord
from meibo.domain.conduct import FILE, Kinds, parse
from meibo.ledger.vault import Vault
from meibo.platform import town
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


class ConductError(ValueError):
    """What was asked can't be done; the message says why."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is sealed: what it was about, by which document, and for those who keep it."""

    reason: str
    document: str = ""
    remark: str = ""
    struck: str = ""


def enter(
    person: str,
    field: str,
    code: str,
    day: date,
    until: date | None,
    words: Words,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Enter a record; returns its number. Raises ConductError."""
    if _kinds().of(field, code) is None:
        raise ConductError("種類を選んでください。")
    if until is not None and until < day:
        raise ConductError("終わりの日が、はじめの日より前です。")
    if not words.reason.strip():
        raise ConductError("内容を書いてください。")
    if actor.person == person:
        raise ConductError("自分の記録は、ほかの担当者が入力します。")
    _noted("入力", field, person, actor, now)
    with transaction.atomic():
        record = ConductRecord(person=person, field=field, code=code, day=day, until=until)
        record.sealed = _sealed(person, field, words)
        record.entered_at, record.entered_by = now, actor.name
        record.save()
    return record.pk


def strike(number: int, why: str, *, actor: Actor, now: datetime) -> None:
    """Strike a record out as a mistake. It stays, and shows who struck it out and why."""

    def deed(record: ConductRecord) -> None:
        if record.struck_at is not None:
            raise ConductError("この記録は、もう取り消されています。")
        if not why.strip():
            raise ConductError("取り消すわけを書いてください。")
        words = opened(record)
        record.sealed = _sealed(
            record.person, record.field, Words(**{**asdict(words), "struck": why.strip()})
        )
        record.struck_at, record.struck_by = now, actor.name
        record.save()

    _change(number, "取り消し", deed, actor, now)


def propose_end(number: int, *, actor: Actor, now: datetime, on: date) -> None:
    """Propose to remove a record whose term has ended."""

    def deed(record: ConductRecord) -> None:
        if not _over(record, on):
            raise ConductError("保存期限が来ていません。")
        record.ending_by = actor.name
        record.save(update_fields=["ending_by"])

    _change(number, "廃棄の提案", deed, actor, now)


def withdraw_end(number: int, *, actor: Actor, now: datetime) -> None:
    """Take such a proposal back."""

    def deed(record: ConductRecord) -> None:
        record.ending_by = ""
        record.save(update_fields=["ending_by"])

    _change(number, "廃棄の取り下げ", deed, actor, now)


def carry_end(number: int, *, actor: Actor, now: datetime, on: date) -> None:
    """Remove a record for good: another officer than the one who proposed it."""

    def deed(record: ConductRecord) -> None:
        if not record.ending_by or not _over(record, on):
            raise ConductError("廃棄が提案されていないか、保存期限が来ていません。")
        if record.ending_by == actor.name:
            raise ConductError("提案した人とは別の担当者が廃棄します。")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete = ON")
        record.delete()

    _change(number, "廃棄", deed, actor, now)


def opened(record: ConductRecord) -> Words:
    """The words of a record. Who calls has made sure that they may be read."""
    text = Vault().open(record.person, f"conduct:{record.field}", record.sealed)
    return Words(**json.loads(text)) if text else Words("")


def _sealed(person: str, field: str, words: Words) -> str:
    vault = Vault()
    vault.prepare([person])
    return vault.seal(person, f"conduct:{field}", json.dumps(asdict(words), ensure_ascii=False))


def _kinds() -> Kinds:
    return parse(town.text(FILE))


def _over(record: ConductRecord, on: date) -> bool:
    ends = _kinds().ends_on(record.field, record.code, record.until or record.day)
    return ends is not None and ends <= on


def _change(
    number: int, what: str, deed: Callable[[ConductRecord], None], actor: Actor, now: datetime
) -> None:
    """One deed on a record that nobody else touches meanwhile. Of oneself nobody changes any."""
    with transaction.atomic():
        record = ConductRecord.objects.select_for_update().filter(pk=number).first()
        if record is None:
            raise ConductError("この記録はありません。")
        if actor.person and actor.person == record.person:
            raise ConductError("自分の記録は、ほかの担当者が扱います。")
        _noted(what, record.field, record.person, actor, now)
        deed(record)


def _noted(what: str, field: str, person: str, actor: Actor, now: datetime) -> None:
    detail = {"what": f"処分・表彰・災害の記録: {what}", "field": field}
    note(Entry(Act.CHANGE, detail, {person}), actor=actor, now=now)
