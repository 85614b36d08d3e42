"""The other side has answered: what it took becomes the ground of the next difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meibo.apps.exchange.actions.grounding import ground, later_accepted
from meibo.apps.exchange.actions.handing import people
from meibo.apps.exchange.actions.remarking import remark
from meibo.apps.exchange.actions.weighing import Reply, weigh
from meibo.apps.exchange.models import Delivery, DeliveryRow
from meibo.apps.exchange.queries.feeds import Feed, feeds
from meibo.apps.exchange.queries.records import ROWS, base_field, filed_as
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.feeds.outbound import AnswerRow, outgoing, read_answer
from meibo.platform.feeds.outbound.answers import AnswerError
from meibo.platform.proposals import actions as proposals

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer came to. `rest`: rows that it did not name and that count as accepted;
    `before`: when the delivery had been answered already."""

    delivery: Delivery
    words: str
    taken: int
    refused: int
    rest: int
    before: datetime | None


class IncompleteAnswerError(AnswerError):
    """The file names some rows as accepted and is silent about others. Nothing was recorded: it may
    have been cut off, and what never arrived would never be sent again."""

    def __init__(self, replies: list[Reply]) -> None:
        self.replies = replies
        self.rest = sum(reply.rest for reply in replies)
        said = "".join(f"第{r.delivery.number}号：{r.words}" for r in replies if r.doubtful)
        super().__init__(
            f"{said}受け取られた行を書くファイルなのに、書かれていない行があります。"
            "ファイルが途中で切れているかもしれないので、まだ何も記録していません。"
        )


def answer(
    data: bytes, *, actor: Actor, now: datetime, agreed: int | None = None
) -> list[Answered]:
    """Read an acknowledgement file of whichever feed it is of. Raises AnswerError.

    `agreed`: how many rows somebody knows to be accepted though the file, which names others as
    accepted, does not name them. Raises IncompleteAnswerError where it is another number.
    """
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
        with transaction.atomic():
            replies = _replies(feed, rows, layout.rest)
            doubtful = any(reply.doubtful for reply in replies)
            if doubtful and sum(reply.rest for reply in replies) != agreed:
                raise IncompleteAnswerError(replies)
            return [_settle(reply, actor=actor, now=now) for reply in replies]
    raise AnswerError(
        "受領ファイルとして読めません。" + (" ".join(said) or "定義に [out.ack] がありません。")
    )


def _unknown(feed: Feed, rows: list[AnswerRow]) -> list[str]:
    """Numbers of deliveries that this feed never made."""
    made = Delivery.objects.filter(feed=feed.name).values_list("number", flat=True)
    return sorted({row.delivery for row in rows} - {str(number) for number in made})


def _replies(feed: Feed, rows: list[AnswerRow], rest: str) -> list[Reply]:
    """The answer, delivery by delivery; nobody else answers them meanwhile."""
    grouped: dict[str, list[AnswerRow]] = defaultdict(list)
    for row in rows:
        grouped[row.delivery].append(row)
    if not grouped:
        raise AnswerError("受領ファイルに行がありません。")
    found = []
    for written, own in sorted(grouped.items(), key=lambda each: int(each[0])):
        locked = Delivery.objects.select_for_update()
        found.append(weigh(locked.get(feed=feed.name, number=int(written)), own, rest))
    return found


def accept_all(delivery: Delivery, *, actor: Actor, now: datetime) -> Delivery:
    """Payroll has told by other means that it took everything."""
    with transaction.atomic():
        locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
        whole = AnswerRow(str(delivery.number), "", accepted=True, reason="")
        return _settle(weigh(locked, [whole], "accepted"), actor=actor, now=now).delivery


def _settle(reply: Reply, *, actor: Actor, now: datetime) -> Answered:
    """Write down what was taken and what not."""
    delivery, sent = reply.delivery, reply.sent
    before = delivery.answered_at
    detail = {"what": "answer", "feed": delivery.feed, "number": delivery.number}
    note(Entry(Act.FEED, detail, people(delivery)), actor=actor, now=now)
    for row, verdict in zip(sent, reply.verdicts, strict=True):
        row.accepted = verdict
    DeliveryRow.objects.bulk_update(sent, ["accepted"], batch_size=_BATCH)
    delivery.state = _state(sent)
    delivery.answered_at, delivery.answered_by = now, actor.name
    delivery.save(update_fields=["state", "answered_at", "answered_by"])
    ground(delivery)
    remark(reply, now)
    taken = [row.person for row in sent if row.accepted]
    refused = {row.person for row in sent} - set(taken)
    by = f"delivery:{delivery.pk}"
    proposals.taken_over(taken, _fields(delivery), by, actor=actor, now=now)
    proposals.given_back(refused - later_accepted(delivery, refused).keys(), by)
    return Answered(delivery, reply.words, reply.taken, reply.refused, reply.rest, before)


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


__all__ = ["AnswerError", "Answered", "IncompleteAnswerError", "accept_all", "answer"]
