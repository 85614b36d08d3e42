"""Walking: what is met on a visit, what should not have been, and what is missing."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from django.test import Client

from meibo.apps.directory.models import FoundSet
from tests.house.canary import reading
from tests.house.canary.policy import Grant, Watcher
from tests.house.canary.ward import Ward
from tests.house.canary.world import TODAY, Value, World

#: What the book prints of an order, whether it counts or not.
CANCELLED = frozenset(
    {"order_no", "wording", "order note", "move day", "post", "post code", "grade"}
)


class Shown(Protocol):
    """Says what an answer may be about; see `visits.Visit`."""

    @property
    def days(self) -> tuple[date, ...]: ...
    @property
    def about(self) -> str | None: ...
    @property
    def compares(self) -> bool: ...
    @property
    def framed(self) -> bool: ...
    @property
    def reasons(self) -> bool: ...
    @property
    def findings(self) -> bool: ...

    @property
    def dues(self) -> bool: ...
    @property
    def first(self) -> bool: ...


@dataclass(frozen=True)
class Leak:
    """A value met where the table does not allow it, or missing where it has to be."""

    watcher: str
    where: str
    value: Value
    fault: str = "shows"

    def __str__(self) -> str:
        return f"to {self.watcher}: {self.where} {self.fault} {self.value}"


@dataclass(frozen=True)
class Answer:
    """One answer, read. `met`: the canaries in it; `logged`: those in the log meanwhile."""

    status: int
    content: bytes
    text: str
    met: frozenset[Value]
    logged: frozenset[Value]


class Ear(logging.Handler):
    """Hears everything that is logged, at any level, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))

    def take(self) -> str:
        text, self.heard = "\n".join(self.heard), []
        return text


@dataclass
class Scene:
    """The ward, everybody who looks, each at a browser, and the log."""

    ward: Ward
    watchers: Mapping[str, Watcher]
    clients: Mapping[str, Client]
    ear: Ear

    @property
    def world(self) -> World:
        return self.ward.world

    def there(self, name: str, person: str, day: date) -> bool:
        """Whether somebody is there for a watcher on a day."""
        serves = self.world.in_service(person, day)
        return serves and self.world.may(self.watchers[name], person, Grant("exists"), day)

    def visit(self, name: str, shown: Any) -> Answer:
        """Ask for it. What the address itself says is no news."""
        if re.search(r"/sets/\d|[?&]set=", shown.address):  # a set is its owner's alone
            FoundSet.objects.update(owner=name)
        self.ear.take()
        answer = self.clients[name].get(shown.address, headers=dict(shown.headers))
        content = reading.body(answer)
        text = reading.text(answer, content)
        told = self.world.met(reading.unquote(shown.address))
        met, logged = (self.world.met(each) - told for each in (text, self.ear.take()))
        return Answer(answer.status_code, content, text, frozenset(met), frozenset(logged))

    def walk(self, name: str, visits: Iterable[Any]) -> Iterator[Leak]:
        """Everything that should not have been met on these visits."""
        watcher = self.watchers[name]
        for each in visits:
            answer = self.visit(name, each)
            # Who is not there on that day may be there today, and the page leads back.
            shown = replace(each, days=(*each.days, TODAY)) if answer.status == 404 else each
            yield from leaks(self.world, watcher, shown, answer.met, str(each))
            for value in answer.logged:
                yield Leak(name, str(each), value, "writes into the log")


def allowed(world: World, watcher: Watcher, value: Value, shown: Shown) -> bool:
    """Whether the table lets this watcher meet a value in such an answer."""
    if "hr" in watcher.ties and _told_to_personnel(value, shown):
        return True
    if value.owner is None:
        return world.on_house(watcher, value)
    own = shown.framed and value.owner == watcher.person
    if own and (world.on_card(watcher, value, TODAY) or _told_first(world, watcher, value, shown)):
        return True
    if shown.compares and not _both(world, watcher, value.owner, shown.days):
        return False
    if _for_personnel(world, watcher, value, shown):
        return True
    if any(world.on_card(watcher, value, day) for day in shown.days):
        return True
    if shown.about == value.owner and world.granted(watcher, value, "history"):
        return True
    return shown.compares and world.granted(watcher, value, "changes")


def _told_first(world: World, watcher: Watcher, value: Value, shown: Shown) -> bool:
    """Whether it is a day of an order to oneself, on the first page."""
    ordered = shown.first and value.what.endswith(" day")
    return ordered and world.granted(watcher, value, "history")


def _told_to_personnel(value: Value, shown: Shown) -> bool:
    """Why somebody is protected, and what intakes found, on the pages that are there for it."""
    reasons = shown.reasons and "reasons" in value.must
    return reasons or (shown.findings and "findings" in value.must)


def _for_personnel(world: World, watcher: Watcher, value: Value, shown: Shown) -> bool:
    """Whether the page tells of such things and the table gives them to this watcher."""
    if _told_to_personnel(value, shown) and "hr" in watcher.ties:
        return True
    if shown.dues and value.what.endswith(" until") and world.granted(watcher, value, "history"):
        return True
    if shown.orders and any(world.granted(watcher, value, p) for p in ("history", "card")):
        return True
    return shown.book and _cancelled(value) and "hr" in watcher.ties


def _cancelled(value: Value) -> bool:
    """Whether it is of an order that was cancelled, which stays in the book for personnel."""
    return not value.grants and value.what in CANCELLED


def _both(world: World, watcher: Watcher, owner: str, days: tuple[date, ...]) -> bool:
    """Nothing is told of somebody who may be looked at on one of the two days alone: not to be
    there on the other would say something of it."""
    return all(world.may(watcher, owner, Grant("exists"), day) for day in days)


def leaks(
    world: World, watcher: Watcher, shown: Shown, met: Iterable[Value], where: str
) -> Iterator[Leak]:
    """What of the met values should not have been."""
    for value in sorted(met, key=repr):
        if not allowed(world, watcher, value, shown):
            yield Leak(watcher.name, where, value)


def missing(
    world: World, watcher: Watcher, person: str, day: date, met: frozenset[Value], place: str
) -> Iterator[Leak]:
    """What the table gives this watcher of a person on a day and is not there. `place`: "page"
    (which has the history as well), "json" or "photo"."""
    for value in world.of(person):
        card = place in value.must and world.on_card(watcher, value, day)
        past = (
            place == "page" and "history" in value.must and world.granted(watcher, value, "history")
        )
        if (card or past) and value not in met:
            yield Leak(watcher.name, f"{place} of {day}", value, "does not show")
