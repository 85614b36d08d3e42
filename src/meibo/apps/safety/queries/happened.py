"""The after-action log: everything that happened in a check, in order of time, by number and never
by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from meibo.apps.safety.models import Answer, Check, Message, Question
from meibo.apps.safety.queries.watch import reach_of_notices
from meibo.domain.safety.gateways import ROUTES
from meibo.domain.safety.words import STATUS
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE
from meibo.platform.emergency.queries import LOOK


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: when, what it was, in words; who did it, where a person did."""

    at: datetime
    kind: str
    text: str
    by: str = ""


_STATES = {
    Message.SENT: "送った",
    Message.DELIVERED: "届いた",
    Message.BOUNCED: "戻ってきた",
    Message.REFUSED: "断られた",
    Message.FAILED: "送れなかった",
}
_DEEDS = {
    "check": "始める操作",
    "check-close": "終える操作",
    "drill-held": "予定の訓練を、始めずに止めた",
    "check-reopen": "もう一度開く操作",
    "staffing": "仕事に付ける操作",
    "staffing-end": "仕事から外す操作",
    "offline-back": "持ち出し名簿の印を戻す操作",
}


def happened(check: Check, now: datetime) -> list[Happening]:
    """All of it, minute by minute where many things happen."""
    asked = check.called.count()
    found = [Happening(check.started_at, "開始", f"{asked}人に聞いた", check.started_by)]
    found += [*_asked(check), *_sends(check), *_answers(check), *_arrivals(check)]
    found += [*_calls(check), *_bulletins(check), *_deeds(check, now)]
    if check.closed_at:
        found.append(Happening(check.closed_at, "終了", "聞くのを終えた", check.closed_by))
    return sorted(found, key=lambda each: each.at)


def _asked(check: Check) -> Iterator[Happening]:
    """The telegram that asked whether to start, where one did."""
    for each in Question.objects.filter(check_made=check):
        yield Happening(each.asked_at, "電文", each.reason)
        if people := reach_of_notices(each).people:
            yield Happening(each.asked_at, "問い", f"担当{people}人の宛先に知らせた")
        if each.answer == Question.STARTED and each.answered_at is not None:
            yield Happening(each.answered_at, "判断", "始めることにした", each.answered_by)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _sends(check: Check) -> Iterator[Happening]:
    counts: Counter[tuple[datetime, bool, str, str]] = Counter()
    rows = Message.objects.filter(called__check_asked=check)
    names = ("bulletin", "route", "state", "sent_at", "told_at")
    for bulletin, route, state, sent, told in rows.values_list(*names):
        instructs = bulletin is not None
        if sent is not None:
            counts[max(_minute(sent), check.started_at), instructs, route, Message.SENT] += 1
        if told is not None and state != Message.SENT and state in _STATES:
            counts[max(_minute(told), check.started_at), instructs, route, state] += 1
    for (at, instructs, route, state), count in counts.items():
        kind = "指示の送信" if instructs else "送信"
        yield Happening(at, kind, f"{ROUTES.get(route, route)}：{_STATES[state]} {count}通")


def _answers(check: Check) -> Iterator[Happening]:
    counts: Counter[tuple[datetime, str, str]] = Counter()
    rows = Answer.objects.filter(called__check_asked=check)
    for at, status, by in rows.values_list("at", "status", "by"):
        counts[max(_minute(at), check.started_at), STATUS.get(status, status), by] += 1
    for (at, status, by), count in counts.items():
        yield Happening(at, "代わりの答え" if by else "答え", f"{status} {count}人", by)


def _arrivals(check: Check) -> Iterator[Happening]:
    rows = check.called.filter(arrived_at__isnull=False).values_list("arrived_at", flat=True)
    for at, count in Counter(_minute(each) for each in rows if each is not None).items():
        yield Happening(at, "到着", f"{count}人")


def _calls(check: Check) -> Iterator[Happening]:
    """Those who were called because those before did not suffice."""
    for each in check.call_rounds.filter(called_at__isnull=False):
        if each.called_at is not None:
            yield Happening(each.called_at, "次の呼集", f"{each.label}：{each.people or 0}人")


def _bulletins(check: Check) -> Iterator[Happening]:
    """Instructions as they were written, and how many said that they read them."""
    for each in check.bulletins.prefetch_related("receipts"):
        yield Happening(each.at, "指示", each.text, each.by)
        minutes = Counter(_minute(receipt.at) for receipt in each.receipts.all())
        for at, count in minutes.items():
            yield Happening(max(at, each.at), "指示の既読", f"{count}人")


def _deeds(check: Check, now: datetime) -> Iterator[Happening]:
    """What the audit log knows of this time: who looked at contacts of how many, and what was done.
    The record of the start is written just before the check is."""
    ends = min(check.until, now)
    begins = check.started_at - timedelta(seconds=1)
    rows = AuditRecord.objects.using(DATABASE).filter(
        act=Act.EMERGENCY.value, moment__gte=begins, moment__lte=ends
    )
    for record in rows.prefetch_related("subjects"):
        detail = json.loads(record.detail)
        what = detail.get("what")
        if what == LOOK and check.event_id and detail.get("event") == check.event_id:
            people = len(record.subjects.all())
            yield Happening(record.moment, "閲覧", f"連絡先を見た {people}人分", record.actor)
        elif what in _DEEDS and detail.get("check", check.pk) == check.pk:
            yield Happening(record.moment, "操作", _DEEDS[what], record.actor)
