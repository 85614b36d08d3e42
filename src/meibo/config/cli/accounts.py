"""accounts open, sheet, grant, revoke: how the first ones get in, without a second person."""

from __future__ import annotations

import argparse

from meibo.config.cli.noting import operator
from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import tell
from meibo.config.clock import now, today
from meibo.domain.book import SeatKind
from meibo.ledger import roll, ties
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor
from meibo.platform.entry import actions as entry
from meibo.platform.entry.models import Sheet
from meibo.platform.grants import actions as grants
from meibo.platform.grants.actions import GrantError, Wish
from meibo.platform.grants.rules import DUTIES


def open_all(options: argparse.Namespace) -> int:
    """An account for everyone in service on the day who has none."""
    require_ready()
    day = options.on or today()
    people = roll.serving(day)
    if options.unit:
        people &= roll.sitting_in(options.unit, day)
    if not people:
        raise RefusedError("その日に在籍する人がいません。--unit と --on を確かめてください。")
    opened = entry.open_for(people, actor=Actor(operator()), now=now())
    for name in opened.taken:
        print(name)
    tell(f"つくったアカウント: {opened.count}  名前が使われていてつくれない: {len(opened.taken)}")
    return 2 if opened.taken else 0


def sheet(options: argparse.Namespace) -> int:
    """A code for one person who has no password yet; shown this once."""
    person = _person(options.number)
    actor, moment = Actor(operator()), now()
    entry.open_for([person], actor=actor, now=moment)
    account = Account.objects.filter(person=person, is_active=True).order_by("id").first()
    if account is None:
        raise RefusedError("この職員のアカウントをつくれません。サインイン名が使われています。")
    if account.has_usable_password():
        raise RefusedError("もう使われているアカウントです。窓口での復旧を使ってください。")
    made = entry.make_sheets([account], Sheet.Kind.FIRST, actor=actor, on=today(), now=moment)[0]
    print(made.code)
    tell(f"{made.last} まで1回、画面の /start で使えます。本人に手渡してください。")
    return 0


def grant(options: argparse.Namespace) -> int:
    """A duty for one person, in force at once."""
    person = _person(options.number)
    wish = Wish(
        person,
        _duty(options.duty),
        options.unit or _main_unit(person),
        today(),
        options.purpose,
        options.until,
    )
    try:
        grants.install(wish, actor=Actor(operator()), now=now())
    except GrantError as error:
        raise RefusedError(str(error)) from error
    tell(f"{DUTIES[wish.duty]}を付与しました。職を離れると終わります。")
    return 0


def revoke(options: argparse.Namespace) -> int:
    """Everything through which one person holds a duty ends."""
    person, actor = _person(options.number), Actor(operator())
    count = grants.strip(
        person, _duty(options.duty), actor=actor, now=now(), reason=options.purpose
    )
    if not count:
        raise RefusedError("その職務は付与されていません。")
    tell(f"解除しました: {count}件")
    return 0


def _person(number: str) -> str:
    require_ready()
    person = ties.person_numbered(number)
    if person is None:
        raise RefusedError(f"職員番号「{number}」の職員はいません。")
    return person


def _duty(word: str) -> str:
    if word not in DUTIES:
        raise RefusedError(
            f"「{word}」という職務はありません。使えるのは {' '.join(DUTIES)} です。"
        )
    return word


def _main_unit(person: str) -> str:
    seats = roll.seats_between([person], today(), today())
    seat = next((s for s in seats if s.kind == SeatKind.MAIN.value), None)
    if seat is None:
        raise RefusedError("この職員には今日の本務がありません。--unit を書いてください。")
    return seat.unit
