"""Answers into SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from meibo.apps.safety.face.store import LOOK, Asked, Item

_BUSY = 20.0  # seconds
# An answer that waited for a line may come after a later one: the later one counts.
_UPDATE = """UPDATE safety_called SET
 status = CASE WHEN answered_at > :at THEN status ELSE :status END,
 comes = CASE WHEN answered_at > :at THEN comes ELSE :comes END,
 arrives_at = CASE WHEN answered_at > :at THEN arrives_at ELSE :arrives END,
 answered_at = max(coalesce(answered_at, :at), :at),
 first_at = min(coalesce(first_at, :at), :at) WHERE id = :called"""
_INSERT = """INSERT INTO safety_answer (called_id, at, by, status, comes, arrives_at, sealed)
 VALUES (:called, :at, '', :status, :comes, :arrives, :sealed)"""
_OPENED = "UPDATE safety_called SET opened_at = :at WHERE id = :called AND opened_at IS NULL"


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
        kind, title, message, status, answered, first = row
        return Asked(kind, title, message, status, _moment(answered), _moment(first))

    def keep(self, items: Sequence[Item]) -> list[bool]:
        """Keep all of them, or none."""
        base = self._base
        base.execute("BEGIN IMMEDIATE")
        try:
            found = [self._one(item) for item in items]
            base.execute("COMMIT")
        except BaseException:
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise
        return found

    def _one(self, item: Item) -> bool:
        given, at = item.given, _text(item.at)
        if given is None:
            self._base.execute(_OPENED, {"at": at, "called": item.called})
            return True
        values = {
            "called": item.called,
            "at": at,
            "status": given.status,
            "comes": given.comes,
            "arrives": _text(given.arrives_at) if given.arrives_at else None,
            "sealed": item.sealed,
        }
        if not self._base.execute(_UPDATE, values).rowcount:
            return False
        self._base.execute(_INSERT, values)
        return True


def _text(moment: datetime) -> str:
    """As Django keeps a moment there."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
