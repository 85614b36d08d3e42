"""A plan in the small ward, and those who have to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from meibo.apps.personnel.actions import deciding
from meibo.apps.personnel.actions.deciding import Approver
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer
from meibo.ledger.drawer import LineChange
from meibo.platform.accounts.actions import open_account
from meibo.platform.audit.actions import Actor
from meibo.platform.numbering import numbering
from tests.apps.directory.ward import TODAY, Ward

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
APRIL = date(2027, 4, 2)


@dataclass
class Case:
    """A plan, who made it, and two who decide. `lines`: its lines as they are now."""

    ward: Ward
    number: int
    clerk: Actor
    boss: Actor
    chief: Actor

    @property
    def version(self) -> int:
        return drawer.plan_for_house(self.number).version

    @property
    def state(self) -> str:
        return drawer.plan_for_house(self.number).state

    @property
    def lines(self) -> list[drawer.DraftLine]:
        return drawer.lines(self.number)

    def submit(self, *approvers: Actor, words: str = "", version: int | None = None) -> int:
        return deciding.submit(
            self.number,
            [Approver(a.name, a.person, "課長") for a in approvers or (self.boss, self.chief)],
            words,
            version=self.version if version is None else version,
            actor=self.clerk,
            now=NOW,
            today=TODAY,
        ).pk

    def approve(self, asked: int, actor: Actor, today: date = TODAY) -> bool:
        return deciding.approve(asked, actor=actor, now=NOW, today=today)

    def refuse(self, asked: int, actor: Actor, reason: str = "行き先が違います") -> None:
        deciding.refuse(asked, reason=reason, actor=actor, now=NOW, today=TODAY)

    def approved(self) -> None:
        """Decide on it at once."""
        self.approve(self.submit(self.boss), self.boss)

    def announced(self) -> None:
        """Its lines become orders."""
        drawer.announce(
            *(self.number,),
            actor=self.clerk.name,
            now=NOW,
            version=self.version,
            numbering=numbering(),
            progress=lambda what, n, total: None,
        )


def actor(ward: Ward, name: str, unit: str, post: str) -> Actor:
    """An account of whoever holds a post."""
    person = ward.first(unit, post)
    open_account(name, None, person, (), actor="test", now=NOW)
    return Actor(name, person)


def move(ward: Ward, person: str, unit: str, post: str = "060", day: date = APRIL) -> Line:
    return Line(0, day, NOW, Effect.MOVE, person, "配置換", unit=ward.codes[unit], post=post)


def case(ward: Ward) -> Case:
    """A plan of one line: somebody of 税務係 goes to 収納係."""
    clerk = actor(ward, "tanto", "人事係", "052")
    boss, chief = (
        actor(ward, n, *at)
        for n, at in {"jinjikacho": ("人事課", "030"), "somubucho": ("総務部", "010")}.items()
    )
    number = drawer.begin("春の案", account=clerk.name, now=NOW, day=APRIL)
    line = move(ward, ward.first("税務係", "060"), "収納係")
    drawer.put(number, [LineChange(line)], account=clerk.name, now=NOW)
    return Case(ward, number, clerk, boss, chief)
