"""A personnel section, a machine room and a few people of the house, with the first grants made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from meibo.domain.book import Effect
from meibo.platform.audit.actions import Actor
from meibo.platform.grants.actions import Party, Wish, approve, install, propose
from meibo.platform.grants.models import Grant
from meibo.platform.grants.queries import State, duties_of, standings
from tests.ledger.scenes import NOW, TODAY, TOKYO, append, hire, house, order

TAX, TAX_TEAM, WELFARE = "01010000", "01010010", "02010000"
MOVED = date(2026, 12, 1)
LAST = date(2026, 12, 31)
COMMAND = Actor("meibo accounts grant")


@dataclass(frozen=True)
class People:
    """Ids by what they do. `mover` moves on MOVED, `leaver` leaves at the end of LAST."""

    officer: str
    second: str
    engineer: str
    mover: str
    leaver: str
    plain: str

    def party(self, name: str) -> Party:
        """Somebody with the duties that they hold today."""
        person = getattr(self, name)
        return Party(Actor(name, person), duties_of(person, TODAY) | {"staff"})


def settle() -> People:
    """Everyone into the books; personnel and machines by the command."""
    batch = house()
    found = People(
        officer=hire(batch, "1001", "佐藤 花", "サトウ ハナ", WELFARE, "060"),
        second=hire(batch, "1002", "鈴木 一", "スズキ ハジメ", WELFARE, "070"),
        engineer=hire(batch, "1003", "高橋 実", "タカハシ ミノル", TAX, "060"),
        mover=hire(batch, "1004", "田中 葵", "タナカ アオイ", TAX_TEAM, "070"),
        leaver=hire(batch, "1005", "伊藤 誠", "イトウ マコト", TAX_TEAM, "060"),
        plain=hire(batch, "1006", "山本 桜", "ヤマモト サクラ", TAX_TEAM, "070"),
    )
    batch.add(order(found.mover, MOVED, Effect.MOVE, unit=WELFARE, post="070"))
    batch.add(order(found.leaver, LAST, Effect.LEAVE, "退職"))
    append(batch)
    for person, duty, unit in (
        (found.officer, "hr", WELFARE),
        (found.second, "hr", WELFARE),
        (found.engineer, "it", TAX),
    ):
        install(wish(person, duty, unit), actor=COMMAND, now=NOW)
    return found


def wish(person: str, duty: str, unit: str = TAX, **more: Any) -> Wish:
    return Wish(person, duty, unit, **{"starts": TODAY, "purpose": "担当のため", **more})


def proposed(people: People, name: str = "mover", duty: str = "crisis", **more: Any) -> Grant:
    asked = wish(getattr(people, name), duty, **more)
    return propose(asked, by=people.party("officer"), now=NOW)


def granted(people: People, name: str = "mover", duty: str = "crisis", **more: Any) -> Grant:
    grant = proposed(people, name, duty, **more)
    approve(grant.pk, by=people.party("second"), on=TODAY, now=NOW)
    return grant


def state(grant: Grant, on: date) -> State:
    return standings(on, number=grant.pk)[0].state


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), TOKYO)


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]
