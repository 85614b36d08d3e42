"""Answers into SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from meibo.apps.safety.face.store import (
    INSTRUCTS,
    LOOK,
    PHOTO,
    TOLD,
    Asked,
    Item,
    Photo,
    Told,
    turns,
)
from meibo.domain.safety.words import PHOTOS

_BUSY = 20.0  # seconds
# All answers of a turn in one statement: the driver lets go of the interpreter at each, and has to
# get it back from a thread that is busy reading requests.
_GIVEN = """WITH given AS MATERIALIZED (SELECT value ->> 0 AS called, value ->> 1 AS at,
 value ->> 2 AS status, value ->> 3 AS comes, value ->> 4 AS arrives, value ->> 5 AS sealed
 FROM json_each(?)) """
# An answer that waited for a line may come after a later one: the later one counts.
_UPDATE = """UPDATE safety_called AS c SET
 status = CASE WHEN c.answered_at > g.at THEN c.status ELSE g.status END,
 comes = CASE WHEN c.answered_at > g.at THEN c.comes ELSE g.comes END,
 arrives_at = CASE WHEN c.answered_at > g.at THEN c.arrives_at ELSE g.arrives END,
 answered_at = max(coalesce(c.answered_at, g.at), g.at),
 first_at = min(coalesce(c.first_at, g.at), g.at)
 FROM given AS g WHERE c.id = g.called RETURNING id"""
_INSERT = """INSERT INTO safety_answer
 (called_id, at, by, status, comes, arrives_at, sealed)
 SELECT c.id, g.at, '', g.status, g.comes, g.arrives, g.sealed
 FROM given AS g JOIN safety_called AS c ON c.id = g.called"""
_READ = """INSERT INTO safety_receipt (bulletin_id, called_id, at) SELECT b.id, c.id, ?
 FROM safety_bulletin b JOIN safety_called c ON c.check_asked_id = b.check_asked_id
 WHERE b.id = ? AND c.id = ? ON CONFLICT DO NOTHING"""
_PLACES = {n: f":{n}" for n in ("called", "at", "size", "sealed", "boxed", "most", "now")}
_INSTRUCTS, _TOLD, _PHOTO = (text.format(**_PLACES) for text in (INSTRUCTS, TOLD, PHOTO))
_OPENED = "UPDATE safety_called SET opened_at = ? WHERE id = ? AND opened_at IS NULL"


class SqliteStore:
    """The file of the house, as `environment` sets it up."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.afresh()

    def afresh(self) -> None:
        """Connect anew."""
        # Opened by who makes it and used by the one thread that it is for.
        self._base = sqlite3.connect(
            self._path, timeout=_BUSY, isolation_level=None, check_same_thread=False
        )
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = FULL")

    def look(self, called: int) -> Asked | None:
        """What this person is asked."""
        row = self._base.execute(LOOK + "?", (called,)).fetchone()
        if row is None:
            return None
        kind, title, message, status, *moments, comes, arrives, photos, ended, news, at = row
        answered, first, arrived = map(_moment, moments)
        last = (comes, _moment(arrives), photos, bool(ended), news, _moment(at))
        return Asked(kind, title, message, status, answered, first, arrived, *last)

    def instructs(self, now: datetime) -> bool:
        """Whether anybody has been told anything."""
        return self._base.execute(_INSTRUCTS, {"now": _text(now)}).fetchone() is not None

    def told(self, called: int) -> list[Told]:
        """What this person has been told."""
        rows = self._base.execute(_TOLD, {"called": called}).fetchall()
        return [Told(no, _at(at), text, bool(read)) for no, at, text, read in rows]

    def keep_photo(self, photo: Photo) -> bool:
        """Keep a picture."""
        values = {"called": photo.called, "at": _text(photo.at), "size": photo.size}
        values |= {"sealed": photo.sealed, "boxed": 1, "most": PHOTOS}
        return self._base.execute(_PHOTO, values).rowcount == 1

    def keep(self, items: Sequence[Item]) -> list[bool]:
        """Keep all of them, or none."""
        base, found = self._base, set[int]()
        looked = [(_text(i.at), i.called) for i in items if i.given is None and not i.bulletin]
        receipts = [(_text(i.at), i.bulletin, i.called) for i in items if i.bulletin]
        base.execute("BEGIN IMMEDIATE")
        try:
            if looked:
                base.executemany(_OPENED, looked)
            if receipts:
                base.executemany(_READ, receipts)
            for turn in turns(items):
                rows = json.dumps(list(map(_row, turn)))
                found |= {
                    number for (number,) in base.execute(_GIVEN + _UPDATE, (rows,)).fetchall()
                }
                base.execute(_GIVEN + _INSERT, (rows,))
            base.execute("COMMIT")
        except BaseException:
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise
        return [item.given is None or item.called in found for item in items]


def _row(item: Item) -> list[int | str | None]:
    given = item.given
    if given is None:
        raise ValueError("a look is no answer")
    arrives = _text(given.arrives_at) if given.arrives_at else None
    return [item.called, _text(given.at), given.status, given.comes, arrives, item.sealed]


def _text(moment: datetime) -> str:
    """As Django keeps a moment there."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _moment(text: str | None) -> datetime | None:
    return _at(text) if text else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
