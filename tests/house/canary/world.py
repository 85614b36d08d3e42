"""The register of canaries: each value, whose it is, and where it may be met."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from meibo.ledger.writer import Batch, NewCode, NewFiling
from tests.house.canary.policy import Grant, Policy, Watcher, chosen, read, spared
from tests.house.canary.tokens import Mint, forms, in_text

TOKYO = ZoneInfo("Asia/Tokyo")
PAST, TODAY, FUTURE = date(2025, 5, 20), date(2026, 11, 23), date(2027, 4, 20)
DAYS = (PAST, TODAY, FUTURE)
START, TURN = date(2019, 4, 1), date(2027, 4, 1)
NOW = datetime.combine(TODAY, time(9), TOKYO)
OPEN = date.max
#: Days that pages write for reasons of their own.
TAKEN = frozenset({*DAYS, date(2027, 3, 31), date(2023, 3, 31)})


@dataclass(frozen=True, eq=False)
class Value:
    """One canary. `owner` None: a unit's, or nobody's. Without grants it may be met nowhere.

    `must`: where it has to be met by who may see it ("page", "json", "history").
    """

    text: str
    what: str
    owner: str | None
    grants: tuple[Grant, ...]
    must: frozenset[str]

    def __repr__(self) -> str:
        return f"<{self.owner or 'house'}.{self.what} {self.text}>"


@dataclass
class World:
    """Everything that was put into the books, and what the table says of it."""

    mint: Mint = field(default_factory=Mint)
    batch: Batch = field(default_factory=Batch)
    policy: Policy = field(default_factory=read)
    values: list[Value] = field(default_factory=list)
    service: dict[str, list[tuple[date, date]]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    share: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    protected: dict[str, str] = field(default_factory=dict)
    filed: datetime = NOW
    _known: dict[str, Value] = field(default_factory=dict)

    # -- registering ------------------------------------------------------------

    def note(
        self,
        text: str | date,
        what: str,
        owner: str | None = None,
        grants: Iterable[Grant] = (),
        must: Iterable[str] = (),
    ) -> Value:
        """Remember a value. Raises ValueError where one of its spellings is known already."""
        value = Value(str(text), what, owner, tuple(grants), frozenset(must))
        for form in forms(text):
            if self._known.setdefault(form, value) is not value:
                raise ValueError(f"{form} is {self._known[form]} already")
        self.values.append(value)
        return value

    def met(self, text: str) -> set[Value]:
        """The canaries in a text."""
        return {self._known[form] for form in in_text(text) if form in self._known}

    def of(self, owner: str) -> list[Value]:
        return [value for value in self.values if value.owner == owner]

    # -- writing ----------------------------------------------------------------

    def file(
        self, subject: str, name: str, value: str | None, day: date = START, until: date = OPEN
    ) -> None:
        self.batch.filings.append(NewFiling(subject, name, value, day, self.filed, until))

    def code(self, table: str, extra: str = "{}") -> tuple[str, str]:
        """A row of a code table of its own: code and name."""
        code, name = self.mint.word(), self.mint.kanji()
        self.batch.codes.append(NewCode(table, code, name, len(self.batch.codes), extra))
        return code, name

    def day(self, first: date, last: date) -> date:
        return self.mint.day(first, last)

    # -- what the table says ------------------------------------------------------

    def in_service(self, person: str, day: date) -> bool:
        return any(starts <= day < ends for starts, ends in self.service[person])

    def may(
        self, watcher: Watcher, owner: str | None, grant: Grant, day: date, letter: str = "v"
    ) -> bool:
        """Whether the table gives this watcher a field of this person on a day."""
        ties = frozenset(
            tie for tie in watcher.toward(owner) if self.policy.reaches(tie, day, TODAY)
        )
        if owner is not None and not self.policy.holds(ties, "exists", "v"):
            return False
        if not spared(self.protected.get(owner or "", ""), grant.field, ties):
            return False
        holds = self.policy.holds(ties, grant.field, letter)
        if letter == "v" and watcher.event:
            holds = holds or self.policy.holds(ties, grant.field, "e")
        return holds and chosen(grant.share, ties)

    def on_card(self, watcher: Watcher, value: Value, day: date, letter: str = "v") -> bool:
        """Whether a watcher may see (or search by) a value on the card of a day."""
        if value.owner is not None and not self.in_service(value.owner, day):
            return False
        return any(
            grant.starts <= day < grant.ends and self.may(watcher, value.owner, grant, day, letter)
            for grant in value.grants
            if grant.place == "card"
        )

    def on_house(self, watcher: Watcher, value: Value) -> bool:
        """Whether a watcher may see a unit's value on any day at all."""
        return any(
            self.may(watcher, None, grant, min(max(grant.starts, TODAY), grant.ends))
            for grant in value.grants
            if grant.place == "house"
        )

    def granted(self, watcher: Watcher, value: Value, place: str) -> bool:
        """Whether a value may be met in a history, or where days are compared."""
        return any(
            self.may(watcher, value.owner, grant, grant.starts)
            for grant in value.grants
            if grant.place == place
        )
