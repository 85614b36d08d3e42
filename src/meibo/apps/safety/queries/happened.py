"""The after-action log: everything that happened in a check, in order of time, by number and never
by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from meibo.apps.safety.models import Answer, Check, Message, Question
from meibo.apps.safety.queries.watch import reach_of_notices
from meibo.domain.safety.gateways import ROUTES
from meibo.domain.safety.words import STATUS
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.router import DATABASE
from meibo.platform.emergency.models import EmergencyEvent
from meibo.platform.emergency.queries import LOOK

TOKYO = ZoneInfo("Asia/Tokyo")
_SLACK = timedelta(seconds=2)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: when, what it was, in words; who did it, where a person did.
    `summed`: many things of one minute, of which `at` is the first, so that what caused them stands
    before them; their time is told as the minute alone."""

    at: datetime
    kind: str
    text: str
    by: str = ""
    summed: bool = False

    @property
    def clock(self) -> str:
        """The time of the day, in words."""
        at = self.at.astimezone(TOKYO)
        return f"{at:%H:%M}台" if self.summed else f"{at:%H:%M:%S}"


_STATES = {
    Message.SENT: "送った",
    Message.DELIVERED: "届いた",
    Message.BOUNCED: "戻ってきた",
    Message.REFUSED: "断られた",
    Message.FAILED: "送れなかった",
}
_DEEDS = {
    "check-close": "終える操作",
    "drill-held": "予定の訓練を、始めずに止めた",
    "check-reopen": "もう一度開く操作",
    "staffing": "仕事に付けた",
    "staffing-end": "仕事から外した",
    "offline-back": "持ち出し名簿の印を戻した",
}
"""What was done, beside what makes a check what it is: that is told from its own rows."""
_LOOKS = {LOOK: "連絡先を見た", "answer-read": "答えの中身を見た", "answer-photo": "写真を見た"}
"""Told by the number of people, minute by minute."""


def happened(check: Check, now: datetime) -> list[Happening]:
    """All of it, minute by minute where many things happen."""
    asked = check.called.count()
    found = [Happening(check.started_at, "開始", f"{asked:,}人に聞いた", check.started_by)]
    found += [*_asked(check), *_sends(check), *_answers(check), *_arrivals(check)]
    found += [*_calls(check), *_bulletins(check), *_resent(check)]
    events = _events(check, now)
    found += [*_opened(events, check), *_deeds(check, events, now)]
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


def _summed(
    rows: Iterable[tuple[datetime, Key]], since: datetime
) -> Iterator[tuple[datetime, Key, int]]:
    """What happened of each sort in each minute: the first moment of it, and how often. Nothing is
    told as earlier than what it follows from (`since`): clocks of others may be slow."""
    found: dict[tuple[datetime, Key], tuple[datetime, int]] = {}
    for moment, sort in rows:
        at = max(moment, since)
        key = at.replace(second=0, microsecond=0), sort
        first, count = found.get(key, (at, 0))
        found[key] = min(first, at), count + 1
    for (_, sort), (first, count) in found.items():
        yield first, sort, count


def _sends(check: Check) -> Iterator[Happening]:
    """By instruction and round, so that none of them stands before what it was sent for."""
    told = []
    rows = Message.objects.filter(called__check_asked=check)
    names = ("bulletin", "step", "route", "state", "sent_at", "told_at")
    for bulletin, step, route, state, sent, heard in rows.values_list(*names):
        if sent is not None:
            told.append((sent, (bulletin, step, route, str(Message.SENT))))
        if heard is not None and state != Message.SENT and state in _STATES:
            told.append((heard, (bulletin, step, route, state)))
    for at, (bulletin, _, route, state), count in _summed(told, check.started_at):
        kind = "送信" if bulletin is None else "指示の送信"
        text = f"{ROUTES.get(route, route)}：{_STATES[state]} {count}通"
        yield Happening(at, kind, text, summed=True)


def _answers(check: Check) -> Iterator[Happening]:
    rows = Answer.objects.filter(called__check_asked=check)
    told = [
        (at, (STATUS.get(status, status), by))
        for at, status, by in rows.values_list("at", "status", "by")
    ]
    for at, (status, by), count in _summed(told, check.started_at):
        kind = "代わりの答え" if by else "答え"
        yield Happening(at, kind, f"{status} {count}人", by, summed=True)


def _arrivals(check: Check) -> Iterator[Happening]:
    rows = check.called.filter(arrived_at__isnull=False).values_list("arrived_at", flat=True)
    told = [(each, "到着") for each in rows if each is not None]
    for at, kind, count in _summed(told, check.started_at):
        yield Happening(at, kind, f"{count}人", summed=True)


def _calls(check: Check) -> Iterator[Happening]:
    """Those who were called because those before did not suffice."""
    for each in check.call_rounds.filter(called_at__isnull=False):
        if each.called_at is not None:
            yield Happening(each.called_at, "次の呼集", f"{each.label}：{each.people or 0}人")


def _bulletins(check: Check) -> Iterator[Happening]:
    """Instructions as they were written, and how many said that they read them."""
    for each in check.bulletins.prefetch_related("receipts"):
        yield Happening(each.at, "指示", each.text, each.by)
        told = [(receipt.at, "指示の既読") for receipt in each.receipts.all()]
        for at, kind, count in _summed(told, each.at):
            yield Happening(at, kind, f"{count}人", summed=True)


def _resent(check: Check) -> Iterator[Happening]:
    for each in check.rounds.all():
        yield Happening(each.at, "送り直し", f"答えのない職員に{each.messages}通", each.by)


def _events(check: Check, now: datetime) -> list[EmergencyEvent]:
    """In what contacts were seen for this check: its own, or what was opened while it ran and is
    of no other check."""
    ends = min(check.closed_at or check.until, now)
    found = EmergencyEvent.objects.filter(opened_at__gte=check.started_at, opened_at__lte=ends)
    others = Check.objects.exclude(pk=check.pk).exclude(event=None).values("event")
    return [
        *([check.event] if check.event else []),
        *found.exclude(pk=check.event_id or 0).exclude(pk__in=others).order_by("pk"),
    ]


def _opened(events: Iterable[EmergencyEvent], check: Check) -> Iterator[Happening]:
    """That contacts could be seen from then on, what for, and until when."""
    for event in events:
        text = f"「{event.title}」を開いた（{event.purpose}）"
        yield Happening(event.opened_at, "連絡先", text, event.opened_by)
        for each in event.prolongings.all():
            until = each.closes_at.astimezone(TOKYO)
            text = f"{until.month}月{until.day}日 {until:%H:%M}まで延ばした（{each.reason}）"
            yield Happening(each.prolonged_at, "連絡先", text, each.prolonged_by)
        if event.closed_at is not None and event.closed_at >= check.started_at:
            yield Happening(
                event.closed_at, "連絡先", f"「{event.title}」を閉じた", event.closed_by
            )


def _deeds(check: Check, events: Iterable[EmergencyEvent], now: datetime) -> Iterator[Happening]:
    """What the audit log knows of this time: at the contacts of how many somebody looked within a
    minute, and what was done to how many."""
    numbers = {event.pk for event in events}
    rows = AuditRecord.objects.using(DATABASE).filter(
        act=Act.EMERGENCY.value,
        moment__gte=check.started_at,
        moment__lte=min(check.until, now),
    )
    looked: dict[tuple[datetime, str, str], tuple[datetime, set[str]]] = {}
    for record in rows.order_by("moment", "pk").prefetch_related("subjects"):
        detail = json.loads(record.detail)
        what, people = detail.get("what"), {each.person for each in record.subjects.all()}
        own = detail.get("check") == check.pk
        if what in _LOOKS and (own or detail.get("event") in numbers):
            minute = record.moment.replace(second=0, microsecond=0)
            _, seen = looked.setdefault(
                (minute, _LOOKS[what], record.actor), (record.moment, set())
            )
            seen.update(people)
        elif what in _DEEDS and (own or what == "drill-held") and not _told(what, record, check):
            text = _counted(_DEEDS[what], detail.get("tasks"), len(people))
            yield Happening(record.moment, "操作", text, record.actor)
    for (_, words, by), (first, seen) in looked.items():
        yield Happening(first, "閲覧", f"{words}：{len(seen)}人分", by, summed=True)


def _told(what: str, record: AuditRecord, check: Check) -> bool:
    """Whether it is the end that is told from the check itself; an earlier one was taken back."""
    ended = check.closed_at
    return what == "check-close" and ended is not None and record.moment >= ended - _SLACK


def _counted(deed: str, tasks: Mapping[str, int] | None, people: int) -> str:
    if tasks:
        return f"{deed}：{'、'.join(f'{task} {count}人' for task, count in tasks.items())}"
    return f"{deed}：{people}人" if people else deed
