"""内示: the hour from which those concerned read their own lines, and who has opened them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from meibo.apps.personnel.actions.deciding.noting import note_deed
from meibo.apps.personnel.actions.deciding.submitting import of_editor
from meibo.apps.personnel.models import Receipt
from meibo.domain.calendar import day_in_japan
from meibo.ledger import drawer
from meibo.ledger.drawer import APPROVED, NOTICED, DrawerError
from meibo.platform.audit.actions import Actor


def set_notice(number: int, at: datetime, *, version: int, actor: Actor, now: datetime) -> None:
    """Set the hour of notice, or another one while the old one has not come."""
    plan = of_editor(number, actor)
    if at < now.replace(second=0, microsecond=0):  # the minute that is running may be chosen
        raise DrawerError("内示の日時が過ぎています。これからの日時を入れてください。")
    if plan.state == NOTICED and plan.notice_at is not None and plan.notice_at <= now:
        raise DrawerError("もう内示しています。日時を変えるときは、先に内示を取りやめてください。")
    first = min((draft.line.effective for draft in drawer.lines(number)), default=None)
    if first is not None and day_in_japan(now) < first <= day_in_japan(at):
        raise DrawerError(
            f"内示の日時が、発令日（{first.year}年{first.month}月{first.day}日）の前になっていません。"
        )
    note_deed(number, "内示の日時を決める", actor=actor, now=now)
    drawer.pass_on(
        number,
        NOTICED,
        expected=[APPROVED, NOTICED],
        version=version,
        notice_at=at,
        now=now,
    )


def take_back_notice(number: int, *, actor: Actor, now: datetime) -> None:
    """取りやめ: nobody reads it any more. Who had opened it stays written down."""
    of_editor(number, actor)
    note_deed(number, "内示を取りやめる", actor=actor, now=now)
    drawer.take_back_notice(number, now=now)


def opened(person: str, lines: Iterable[drawer.NoticedLine], *, now: datetime) -> None:
    """Write down that somebody has opened these lines; the first time counts."""
    about = dict.fromkeys(
        (each.plan.id, each.plan.notice_at, each.draft.line.person) for each in lines
    )
    Receipt.objects.bulk_create(
        [
            Receipt(plan=plan, notice_at=at, person=person, about=who, opened_at=now)
            for plan, at, who in about
            if at is not None
        ],
        ignore_conflicts=True,
    )
