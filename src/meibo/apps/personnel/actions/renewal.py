"""The round of 会計年度任用職員: begun, answered and decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from meibo.apps.personnel.actions.renewal_scope import contracts, laid, tree_of
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.domain.calendar import fiscal_bounds, fiscal_year
from meibo.domain.renewal import (
    EITHER,
    END,
    MOVE,
    NO,
    RENEW,
    YES,
    Answer,
)
from meibo.ledger import joins, writer
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

#: A renewal of somebody who was chosen anew in an open competition.
RECRUITED = "recruited"


class RenewalError(ValueError):
    """What was asked can't be done; the message says why."""


def begin(
    title: str,
    ends: date,
    last: date,
    until: date | None,
    authority: str = "",
    *,
    actor: Actor,
    now: datetime,
    on: date,
) -> int:
    """Begin a round with every contract that ends by then, of one authority or of all; returns its
    number."""
    if last <= ends:
        raise RenewalError("新しい満了日は、いまの満了日より後にしてください。")
    if fiscal_year(last) > fiscal_year(ends) + 1 or last > _year_end(ends, last):
        raise RenewalError(
            "会計年度任用職員の任期は、その会計年度の末日までです（地公法22条の2）。"
        )
    with transaction.atomic():
        writer.lock()  # a button pressed twice begins one round
        going = RenewalRound.objects.filter(state="open", ends=ends)
        if (going.filter(authority__in=["", authority]) if authority else going).exists():
            raise RenewalError("この満了日までの更新は、もう進んでいます。一覧から開いてください。")
        found = RenewalRound.objects.create(
            title=title,
            authority=authority,
            ends=ends,
            last=last,
            answers_until=until,
            begun_at=now,
            begun_by=actor.name,
        )
        count = _fill(found, on)
        if not count:
            raise RenewalError("この日までに任期の満了する会計年度任用職員はいません。")
    detail = {"what": "任用の更新: はじめる", "round": found.pk, "count": count}
    note(Entry(Act.CHANGE, detail), actor=actor, now=now)
    return found.pk


def _year_end(ends: date, last: date) -> date:
    """The last day of the fiscal year in which the new term begins."""
    begins = date.fromordinal(ends.toordinal() + 1)
    year = fiscal_year(min(begins, last))
    return date.fromordinal(fiscal_bounds(year)[1].toordinal() - 1)


def refresh(number: int, *, actor: Actor, now: datetime, on: date) -> int:
    """Take in contracts that were made since; returns how many."""
    with transaction.atomic():
        count = _fill(open_round(number), on)
    if count:
        detail = {"what": "任用の更新: 対象を加える", "round": number, "count": count}
        note(Entry(Act.CHANGE, detail), actor=actor, now=now)
    return count


def _fill(found: RenewalRound, on: date) -> int:
    known = set(found.items.values_list("person", "appointment"))
    held = contracts(found, on)
    new = [key for key in held if key not in known and not held[key].goes_on]
    RenewalItem.objects.bulk_create(
        [RenewalItem(round=found, person=p, appointment=a) for p, a in new], batch_size=500
    )
    return len(new)


def say_for_section(
    number: int,
    items: Collection[int],
    wish: str,
    own: Collection[int] | None,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """What the section wants of these; `own`: the items that the actor may speak of (None: all).
    Returns how many were changed."""
    if wish not in {YES, NO, ""}:
        raise RenewalError("「続けてほしい」か「続けない」を選んでください。")
    with transaction.atomic():
        asked = set(items) if own is None else set(items) & set(own)
        rows = open_round(number).items.filter(pk__in=asked, planned=False)
        if own is not None:
            rows = rows.exclude(person__in=joins.members(actor.person or "-"))
        about = set(rows.values_list("person", flat=True))
        _noted("所属の意向", number, about, actor, now)
        return rows.update(
            section=wish,
            section_by=actor.name if wish else "",
            section_at=now if wish else None,
            version=F("version") + 1,
        )


def say_for_oneself(item: int, wish: str, *, actor: Actor, now: datetime) -> None:
    """What the person wants; can be said anew until the round is closed."""
    if wish not in {YES, NO, EITHER}:
        raise RenewalError("答えを選んでください。")
    with transaction.atomic():
        mine = joins.members(actor.person)
        row = RenewalItem.objects.filter(pk=item, person__in=mine).first()
        if not actor.person or row is None:
            raise RenewalError("この問い合わせはありません。")
        open_round(row.round_id)
        row.refresh_from_db(fields=["planned"])
        if row.planned:
            raise RenewalError("もう発令の準備に入りました。人事課に連絡してください。")
        _noted("本人の意向", row.round_id, {row.person}, actor, now)
        row.own, row.own_at, row.version = wish, now, row.version + 1
        row.save()


def decide(
    number: int, versions: Mapping[int, int], decision: str, *, actor: Actor, now: datetime
) -> tuple[int, list[RenewalItem]]:
    """Decide on these items, each as it was looked at (item → version); RECRUITED is a renewal
    after an open competition. Returns how many were decided, and those that somebody had changed
    meanwhile and that were left as they are."""
    recruited = decision == RECRUITED
    decision = RENEW if recruited else decision
    if decision not in {RENEW, END, MOVE, ""}:
        raise RenewalError("更新・終了・異動のどれかを選んでください。")
    with transaction.atomic():
        rows = list(open_round(number).items.filter(pk__in=versions, planned=False))
        stale = [row for row in rows if row.version != versions[row.pk]]
        fresh = [row for row in rows if row.version == versions[row.pk]]
        _noted("決定", number, {row.person for row in fresh}, actor, now)
        for row in fresh:
            row.decision, row.version, row.changed_by = decision, row.version + 1, actor.name
            row.recruited = row.recruited or recruited
            if decision != MOVE:
                row.unit = row.post = ""
        RenewalItem.objects.bulk_update(
            fresh,
            ["decision", "version", "changed_by", "unit", "post", "recruited"],
            batch_size=500,
        )
    return len(fresh), stale


def change(item: int, version: int, answer: Answer, *, actor: Actor, now: datetime) -> None:
    """Say where somebody goes and how long they work. Raises RenewalError when stale."""
    with transaction.atomic():
        row = RenewalItem.objects.select_related("round").filter(pk=item).first()
        if row is None:
            raise RenewalError("この任用はありません。")
        open_round(row.round_id)
        row.refresh_from_db(fields=["planned"])  # it may just have been let go
        if row.version != version or row.planned:
            raise RenewalError("ほかの人が先に変えました。いまの内容を確かめてください。")
        if answer.unit and answer.unit not in tree_of(row.round).states:
            raise RenewalError("この所属は、新しい任用の日にはありません。")
        _noted("決定", row.round_id, {row.person}, actor, now)
        row.decision, row.unit, row.post = answer.decision, answer.unit, answer.post
        row.minutes, row.version, row.changed_by = answer.minutes, version + 1, actor.name
        row.recruited = answer.recruited
        row.save()


def close(number: int, *, actor: Actor, now: datetime) -> None:
    """Close a round: nothing is answered or decided in it any more."""
    with transaction.atomic():
        found = open_round(number)
        detail = {"what": "任用の更新: 締める", "round": number}
        note(Entry(Act.CHANGE, detail), actor=actor, now=now)
        found.state = "closed"
        found.save(update_fields=["state"])


def open_round(number: int) -> RenewalRound:
    found = RenewalRound.objects.select_for_update().filter(pk=number).first()
    if found is None or found.state != "open":
        raise RenewalError("この更新は締め切られています。")
    _let_go(found)
    return found


def _let_go(found: RenewalRound) -> None:
    """Who was laid into a plan, and whose line was taken out of it again or thrown away with it,
    can be decided on anew."""
    planned = list(found.items.filter(planned=True))
    there = laid(found.pk) if planned else set()
    gone = [row for row in planned if (row.person, row.appointment) not in there]
    for row in gone:
        row.planned = False
    RenewalItem.objects.bulk_update(gone, ["planned"], batch_size=500)


def _noted(what: str, number: int, people: Collection[str], actor: Actor, now: datetime) -> None:
    if people:
        detail = {"what": f"任用の更新: {what}", "round": number, "count": len(people)}
        note(Entry(Act.CHANGE, detail, people), actor=actor, now=now)
