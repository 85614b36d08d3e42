"""The demo ward's exchange with its payroll: one delivery that was taken, two reconciliations, and
a few proposals, so that the pages show what they are for."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from meibo.apps.exchange.actions.answering import accept_all
from meibo.apps.exchange.actions.delivering import TOKYO, deliver
from meibo.apps.exchange.actions.handing import hand_out
from meibo.apps.exchange.actions.keeping import Wanted
from meibo.apps.exchange.actions.reconciling import Sent, reconcile
from meibo.apps.exchange.models import Delivery
from meibo.apps.exchange.queries.feeds import feed
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.proposals.actions import New, put
from meibo.platform.proposals.models import Proposal

_FEED = "payroll-link"
_ACTOR = Actor("demo")
Rows = list[list[str]]


def furnish(*, now: datetime) -> None:
    """Deliver, be answered, and be held against a file in which payroll has made a few slips."""
    found = feed(_FEED)
    if found is None:
        return
    today = now.astimezone(TOKYO).date()
    delivery = deliver(Wanted(found, today, full=True), actor=_ACTOR, now=now)
    rows = _rows(hand_out(delivery, actor=_ACTOR, now=now))
    accept_all(delivery, actor=_ACTOR, now=now)
    people = list(delivery.rows.order_by("place").values_list("person", "staff_no"))
    movers = [person for person, _ in people[40::97]][:4]
    filings = [
        NewFiling(person, "address", f"けやき野区本町{number}丁目1番{number + 900}号", today, now)
        for number, person in enumerate(movers, 1)
    ]
    append(Batch(filings=filings), actor=_ACTOR.name, now=now)
    _propose(delivery, now)
    for slips in (9, 5):
        data = _written(_slipped(rows, slips))
        sent = Sent(found, str(delivery.layout["name"]), data, today)
        reconcile(sent, actor=_ACTOR, now=now)


def _rows(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode("cp932"), newline="")))


def _written(rows: Rows) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("cp932")


def _slipped(rows: Rows, count: int) -> Rows:
    """The same rows as payroll has them: figures exchanged, a date mistyped, somebody missing."""
    head, *people, closing = [list(row) for row in rows]
    extension, since, step = (head.index(name) for name in ("内線", "現所属発令日", "号給"))
    for number, row in enumerate(people[15::61][:count]):
        cell = (extension, since, step)[number % 3]
        if len(row[cell]) > 1:
            row[cell] = row[cell][:-2] + row[cell][-1] + row[cell][-2]
    if len(people) > 1:
        people.pop()
    closing[1] = str(len(people))
    return [head, *people, closing]


def _propose(delivery: Delivery, now: datetime) -> None:
    """A section's extension that payroll has otherwise, and a reading that somebody would mend."""
    cards = reader.cards(Viewer(frozenset({"hr"}), delivery.as_of), on=delivery.as_of)
    reached = next((card for card in cards if card.get("extension")), None)
    spelled = next((card for card in cards if "マサキ" in (card.get("kana") or "")), None)
    new = []
    if reached is not None:
        own = str(reached["extension"])
        change = ("extension", own[::-1], own, Proposal.PAYROLL, "intake", "")
        new.append(_new(reached.id, change, delivery))
    if spelled is not None:
        kana = str(spelled["kana"])
        mended = kana.replace("マサキ", "マザキ", 1)
        change = ("kana", kana, mended, Proposal.PERSONNEL, "own", "戸籍では濁ります。")
        new.append(_new(spelled.id, change, delivery))
    put(new, actor=_ACTOR, now=now)


def _new(person: str, change: tuple[str, str, str, str, str, str], delivery: Delivery) -> New:
    field, current, proposed, toward, origin, why = change
    return New(
        person=person,
        field=field,
        current=current,
        proposed=proposed,
        toward=toward,
        origin=origin,
        effective=delivery.as_of,
        feed=delivery.feed if origin == "intake" else "",
        why=why,
    )
