"""The other side has answered: what it took becomes the ground of the next difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from meibo.apps.exchange.actions.handing import people
from meibo.apps.exchange.models import Accepted, Delivery, DeliveryRow, Remark
from meibo.apps.exchange.queries.feeds import Feed, feeds
from meibo.apps.exchange.queries.records import ROWS, base_field, filed_as
from meibo.domain.findings import Severity
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.feeds.outbound import AnswerRow, outgoing, read_answer
from meibo.platform.feeds.outbound.answers import AnswerError
from meibo.platform.proposals import actions as proposals

_BATCH = 500


def answer(data: bytes, *, actor: Actor, now: datetime) -> list[Delivery]:
    """Read an acknowledgement file of whichever feed it is of. Raises AnswerError."""
    said: list[str] = []
    for feed in feeds():
        layout = outgoing(feed.definition)[0].answer
        if layout is None:
            continue
        try:
            rows = read_answer(data, layout)
        except AnswerError as error:
            said.append(f"{feed.name}：{error}")
            continue
        unknown = _unknown(feed, rows)
        if unknown:
            said.append(f"{feed.name}：送出番号 {'、'.join(unknown)} はありません。")
            continue
        return _by_delivery(feed, rows, layout.rest, actor=actor, now=now)
    raise AnswerError(
        "受領ファイルとして読めません。" + (" ".join(said) or "定義に [out.ack] がありません。")
    )


def _unknown(feed: Feed, rows: list[AnswerRow]) -> list[str]:
    """Numbers of deliveries that this feed never made."""
    made = Delivery.objects.filter(feed=feed.name).values_list("number", flat=True)
    return sorted({row.delivery for row in rows} - {str(number) for number in made})


def _by_delivery(
    feed: Feed, rows: list[AnswerRow], rest: str, *, actor: Actor, now: datetime
) -> list[Delivery]:
    grouped: dict[str, list[AnswerRow]] = defaultdict(list)
    for row in rows:
        grouped[row.delivery].append(row)
    if not grouped:
        raise AnswerError("受領ファイルに行がありません。")
    done = []
    with transaction.atomic():
        for written, own in grouped.items():
            delivery = Delivery.objects.get(feed=feed.name, number=int(written))
            done.append(_settle(delivery, own, rest, actor=actor, now=now))
    return done


def accept_all(delivery: Delivery, *, actor: Actor, now: datetime) -> Delivery:
    """Payroll has told by other means that it took everything."""
    with transaction.atomic():
        whole = AnswerRow(str(delivery.number), "", accepted=True, reason="")
        return _settle(delivery, [whole], "accepted", actor=actor, now=now)


def _settle(
    delivery: Delivery, rows: list[AnswerRow], rest: str, *, actor: Actor, now: datetime
) -> Delivery:
    """Write down what was taken and what not."""
    Delivery.objects.select_for_update().get(pk=delivery.pk)
    whole = [row for row in rows if not row.staff_no]
    refused_whole = any(not row.accepted for row in whole)
    named = {row.staff_no: row for row in rows if row.staff_no}
    sent = list(delivery.rows.order_by("place"))
    unknown = named.keys() - {row.staff_no for row in sent}
    detail = {"what": "answer", "feed": delivery.feed, "number": delivery.number}
    note(Entry(Act.FEED, detail, people(delivery)), actor=actor, now=now)
    for row in sent:
        said = named.get(row.staff_no)
        if refused_whole:
            row.accepted = False
        elif said is not None:
            row.accepted = said.accepted
        else:
            row.accepted = True if rest == "accepted" or whole else row.accepted
    DeliveryRow.objects.bulk_update(sent, ["accepted"], batch_size=_BATCH)
    _ground(delivery, [row for row in sent if row.accepted])
    _remark(delivery, rows, {row.staff_no: row.person for row in sent}, unknown, now)
    taken = [row.person for row in sent if row.accepted]
    proposals.taken_over(taken, _fields(delivery), actor=actor, now=now)
    delivery.state = _state(sent)
    delivery.answered_at, delivery.answered_by = now, actor.name
    delivery.save(update_fields=["state", "answered_at", "answered_by"])
    return delivery


def _state(sent: Collection[DeliveryRow]) -> str:
    taken = sum(bool(row.accepted) for row in sent)
    if taken == len(sent):
        return Delivery.ACCEPTED
    return Delivery.PARTLY if taken else Delivery.REFUSED


def _fields(delivery: Delivery) -> set[str]:
    """The fields, as filed, that a delivery carried."""
    headers = set(delivery.layout["headers"])
    return {
        filed_as(base_field(column.name))
        for feed in feeds()
        if feed.name == delivery.feed
        for column in outgoing(feed.definition)[1].columns
        if column.header in headers and base_field(column.name) in ROWS
    }


def _ground(delivery: Delivery, taken: list[DeliveryRow]) -> None:
    """What was taken replaces what had been taken before, unless that is newer."""
    newer = Accepted.objects.filter(feed=delivery.feed, number__gt=delivery.number)
    keep = set(newer.values_list("person", flat=True))
    rows = [row for row in taken if row.person not in keep]
    ids = [row.person for row in rows]
    for i in range(0, len(ids), _BATCH):
        Accepted.objects.filter(feed=delivery.feed, person__in=ids[i : i + _BATCH]).delete()
    if delivery.full and taken:
        # Who is not in a full file that was taken is not there any more.
        old = Accepted.objects.filter(feed=delivery.feed, number__lt=delivery.number)
        there = {row.person for row in delivery.rows.all()}
        there |= set(delivery.remarks.filter(code__in=HELD).values_list("person", flat=True))
        gone = set(old.values_list("person", flat=True)) - there
        for person in gone:
            old.filter(person=person).delete()
    Accepted.objects.bulk_create(
        [
            Accepted(feed=delivery.feed, person=r.person, number=delivery.number, cells=r.cells)
            for r in rows
            if r.kind != "gone"
        ],
        batch_size=_BATCH,
    )


HELD = ("unwritable", "too-long", "line-break")
"""Remarks that say that a record did not go out."""


def _remark(
    delivery: Delivery,
    rows: list[AnswerRow],
    people_of: Mapping[str, str],
    unknown: Collection[str],
    now: datetime,
) -> None:
    """Findings: refused lines, and lines about people who were not in the delivery."""
    delivery.remarks.filter(code__in=("refused", "refused-whole", "answer-unknown")).delete()

    def remark(row: AnswerRow, code: str, message: str, action: str) -> Remark:
        return Remark(
            delivery=delivery,
            person=people_of.get(row.staff_no, ""),
            staff_no=row.staff_no,
            severity=Severity.REJECT.value,
            code=code,
            message=message,
            action=action,
            made_at=now,
        )

    found = []
    for row in rows:
        why = f"（{row.reason}）" if row.reason else ""
        if row.staff_no in unknown:
            said = "受領ファイルにありますが、この送出にはいない職員番号です。"
            found.append(remark(row, "answer-unknown", said, "給与側に確かめてください。"))
        elif not row.accepted and row.staff_no:
            said = f"給与側が受け取りませんでした{why}。"
            found.append(remark(row, "refused", said, "直すと、次の差分にまた入ります。"))
        elif not row.accepted:
            said = f"送出全体を給与側が受け取りませんでした{why}。"
            found.append(
                remark(row, "refused-whole", said, "わけを直して、もう一度送ってください。")
            )
    Remark.objects.bulk_create(found, batch_size=_BATCH)


__all__ = ["AnswerError", "accept_all", "answer"]
