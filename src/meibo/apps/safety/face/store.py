"""Where answers go: straight to the two tables, many in one transaction. What is returned is on the
disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import psycopg

from meibo.apps.safety.face.form import Given

FAILURES = (sqlite3.Error, psycopg.Error, OSError)
"""With which a connection says that it is no use any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked, what they answered last, and how many pictures they sent; whether
    that was ended, and the newest instruction (`news`), for whoever has not answered yet."""

    kind: str
    title: str
    message: str
    status: str = ""
    answered_at: datetime | None = None
    first_at: datetime | None = None
    arrived_at: datetime | None = None
    comes: str = ""
    arrives_at: datetime | None = None
    photos: int = 0
    ended: bool = False
    news: str | None = None
    news_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An instruction to who was asked, and whether they said that they have read it."""

    number: int
    at: datetime
    text: str
    read: bool


@dataclass(frozen=True, slots=True)
class Item:
    """Something to keep: an answer with what it says sealed, or (`bulletin`) that an instruction
    was read, or (neither) that the page was looked at."""

    called: int
    at: datetime
    given: Given | None = None
    sealed: str = ""
    bulletin: int = 0


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in its box. `size`: bytes of the picture itself."""

    called: int
    at: datetime
    sealed: bytes
    size: int


class Store(Protocol):
    """One connection, used by one thread."""

    def look(self, called: int) -> Asked | None:
        """What this person is asked; None where there is no such person any more."""

    def keep(self, items: Sequence[Item]) -> list[bool]:
        """Keep all of them in one durable transaction, or raise and keep none. For each: whether
        there is such a person."""

    def instructs(self, now: datetime) -> bool:
        """Whether anybody at all has been told anything in a check that runs."""

    def told(self, called: int) -> list[Told]:
        """What this person has been told, the newest first."""

    def keep_photo(self, photo: Photo) -> bool:
        """Keep a picture in a transaction of its own; False where there are enough of this person
        already."""

    def afresh(self) -> None:
        """Connect anew, after a failure."""


LOOK = (
    "SELECT k.kind, k.title, k.message, c.status, c.answered_at, c.first_at, c.arrived_at,"
    " c.comes, c.arrives_at, (SELECT count(*) FROM safety_photo p WHERE p.called_id = c.id),"
    " k.closed_at IS NOT NULL, b.text, b.at"
    " FROM safety_called c JOIN safety_check k ON k.id = c.check_asked_id"
    " LEFT JOIN safety_bulletin b ON b.id = (SELECT max(n.id) FROM safety_bulletin n"
    " WHERE n.check_asked_id = k.id) WHERE c.id = "
)
INSTRUCTS = (
    "SELECT 1 FROM safety_bulletin b JOIN safety_check k ON k.id = b.check_asked_id"
    " WHERE k.closed_at IS NULL AND k.until > {now} LIMIT 1"
)
TOLD = (
    "SELECT b.id, b.at, b.text, r.called_id IS NOT NULL FROM safety_called c"
    " JOIN safety_check k ON k.id = c.check_asked_id AND k.closed_at IS NULL"
    " JOIN safety_bulletin b ON b.check_asked_id = c.check_asked_id"
    " LEFT JOIN safety_receipt r ON r.bulletin_id = b.id AND r.called_id = c.id"
    " WHERE c.id = {called} ORDER BY b.id DESC"
)
PHOTO = (
    "INSERT INTO safety_photo (called_id, at, size, sealed, boxed)"
    " SELECT c.id, {at}, {size}, {sealed}, {boxed} FROM safety_called c WHERE c.id = {called}"
    " AND (SELECT count(*) FROM safety_photo p WHERE p.called_id = c.id) < {most}"
)


def turns(items: Iterable[Item]) -> list[list[Item]]:
    """The answers, turn by turn where somebody answered twice: a statement changes a row
    but once. In the order of the people, so that two processes never lock in a circle."""
    made: list[dict[int, Item]] = []
    for item in items:
        if item.given is None:
            continue
        turn = next((turn for turn in made if item.called not in turn), None)
        if turn is None:
            made.append(turn := {})
        turn[item.called] = item
    return [[turn[number] for number in sorted(turn)] for turn in made]
