"""What an answer says of a delivery: of which rows, and what becomes of those it does not name."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from meibo.apps.exchange.models import Delivery, DeliveryRow
from meibo.platform.feeds.outbound import AnswerRow
from meibo.platform.feeds.outbound.answers import AnswerError

WHOLE = "refused-whole"


@dataclass
class Reply:
    """An answer held against what was sent. `whole`: what it says of the delivery as such, where it
    does; `rest`: rows that nobody named, now or before, and that count as accepted all the same;
    `unsaid`: those that stay open; `kept`: those for which an earlier answer goes on standing."""

    delivery: Delivery
    rows: list[AnswerRow]
    sent: list[DeliveryRow]
    whole: bool | None
    named: dict[str, AnswerRow]
    verdicts: list[bool | None] = field(default_factory=list)
    taken: int = 0
    refused: int = 0
    rest: int = 0
    unsaid: int = 0
    kept: int = 0

    @cached_property
    def people(self) -> dict[str, str]:
        """Staff number → id, of all that was sent."""
        return {row.staff_no: row.person for row in self.sent}

    @property
    def unknown(self) -> set[str]:
        """Staff numbers that were not in the delivery."""
        return self.named.keys() - self.people.keys()

    @property
    def known(self) -> int:
        """How many rows of the delivery the file named."""
        return self.taken + self.refused

    @property
    def doubtful(self) -> bool:
        """Whether the file names rows as accepted, but not all: it may have been cut off."""
        return self.rest > 0 and any(row.accepted for row in self.named.values())

    @property
    def words(self) -> str:
        """How many rows it named, and what becomes of the others."""
        if self.whole is not None and not self.named:
            return f"送出全体への返事です（{len(self.sent):,}行）。"
        said = (
            f"受領ファイルにあった行 {self.known:,}"
            f"（受け取られた行 {self.taken:,}、受け取られなかった行 {self.refused:,}）、"
            f"なかった行 {len(self.sent) - self.known:,}。"
        )
        if self.rest:
            said += (
                f"なかった行のうち {self.rest:,} 行は、取込定義（[out.ack] の rest）により、"
                "受け取られたものと数えます。"
            )
        if self.kept:
            said += f"なかった行のうち {self.kept:,} 行は、前の返事のままです。"
        if self.unsaid:
            said += f"なかった行のうち {self.unsaid:,} 行は、まだ分からないままです。"
        return said


def weigh(delivery: Delivery, rows: list[AnswerRow], rest: str) -> Reply:
    """Hold an answer against its delivery; writes nothing. Raises AnswerError where it states
    another number of rows than were sent."""
    sent = list(delivery.rows.order_by("place"))
    stated = {row.count for row in rows if row.count} - {str(len(sent))}
    if stated:
        raise AnswerError(
            f"第{delivery.number}号：受領ファイルの件数（{'、'.join(sorted(stated))}）が、"
            f"送った行の数（{len(sent)}）と違います。何も記録していません。"
            "給与側に、すべての行が届いたかを確かめてください。"
        )
    whole = [row.accepted for row in rows if not row.staff_no]
    named = {row.staff_no: row for row in rows if row.staff_no}
    reply = Reply(delivery, rows, sent, all(whole) if whole else None, named)
    # Who had refused everything has looked at single rows only now.
    before = not delivery.remarks.filter(code=WHOLE).exists()
    reply.verdicts = [_verdict(reply, row, rest, before=before) for row in sent]
    return reply


def _verdict(reply: Reply, row: DeliveryRow, rest: str, *, before: bool) -> bool | None:
    """What becomes of one row."""
    said = reply.named.get(row.staff_no)
    if said is not None:
        accepted = said.accepted and reply.whole is not False
        reply.taken += accepted
        reply.refused += not accepted
        return accepted
    if reply.whole is not None:
        return reply.whole
    if before and row.accepted is not None:
        reply.kept += 1
        return row.accepted
    if rest == "accepted":
        reply.rest += 1
        return True
    reply.unsaid += 1
    return None
