"""Taking a request in, extending its time, deciding on it. Each is noted before it is done.

個人情報保護法83条 (開示), 94条 (訂正), 102条 (利用停止): thirty days from the day of the request,
thirty more where there is good reason, of which the requester is told.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from meibo.ledger import ties
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.privacy.models import KINDS, RESULTS, Request
from meibo.platform.typed import code

DAYS = timedelta(days=30)


@transaction.atomic
def take_in(
    kind: str, staff_no: str, received: date, *, actor: Actor, now: datetime, on: date
) -> Request:
    """A request that came in on a day, not later than `on`."""
    staff_no = code(staff_no)
    person = ties.person_numbered(staff_no)
    if kind not in KINDS:
        raise ValidationError("請求の種類を選んでください。")
    if person is None:
        raise ValidationError("この職員番号の職員はいません。")
    if received > on:
        raise ValidationError("請求があった日に、これからの日は書けません。")
    _note("take in", kind, person, actor, now)
    return Request.objects.create(
        kind=kind,
        person=person,
        staff_no=staff_no,
        received=received,
        due=received + DAYS,
        entered_at=now,
        entered_by=actor.name,
    )


@transaction.atomic
def extend(number: int, reason: str, *, actor: Actor, now: datetime) -> Request:
    """Thirty days more, once, with a reason."""
    found = _open(number)
    if found.extended:
        raise ValidationError("期限を延ばせるのは一度だけです。")
    if not reason.strip():
        raise ValidationError("期限を延ばす理由を書いてください。")
    _note("extend", found.kind, found.person, actor, now)
    found.due, found.extended = found.due + DAYS, True
    found.extension_reason = reason.strip()[:200]
    found.save()
    return found


@transaction.atomic
def decide(number: int, result: str, *, actor: Actor, now: datetime, on: date) -> Request:
    """What became of it."""
    found = _open(number)
    if result not in RESULTS:
        raise ValidationError("結果を選んでください。")
    _note(f"decide {result}", found.kind, found.person, actor, now)
    found.result, found.decided, found.decided_by = result, on, actor.name
    found.save()
    return found


def forget(person: str, _staff_no: str | None) -> None:
    """A request of somebody who was removed keeps its days and loses its number."""
    Request.objects.filter(person=person).update(staff_no="")


def _open(number: int) -> Request:
    found = Request.objects.select_for_update().filter(pk=number, result="").first()
    if found is None:
        raise ValidationError("この請求はもう決定しています。")
    return found


def _note(what: str, kind: str, person: str, actor: Actor, now: datetime) -> None:
    note(Entry(Act.PRIVACY, {"what": what, "kind": kind}, [person]), actor=actor, now=now)
