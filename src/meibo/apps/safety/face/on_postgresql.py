"""Answers into PostgreSQL: one statement for all that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import psycopg

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

_KEEP = """WITH given AS (
  SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::timestamptz[],
    %s::text[]) AS g (called, at, status, comes, arrives, sealed)
), touched AS (
  UPDATE safety_called c SET
    status = CASE WHEN c.answered_at > g.at THEN c.status ELSE g.status END,
    comes = CASE WHEN c.answered_at > g.at THEN c.comes ELSE g.comes END,
    arrives_at = CASE WHEN c.answered_at > g.at THEN c.arrives_at ELSE g.arrives END,
    answered_at = greatest(c.answered_at, g.at), first_at = least(c.first_at, g.at)
  FROM given g WHERE c.id = g.called RETURNING c.id
), kept AS (
  INSERT INTO safety_answer (called_id, at, by, status, comes, arrives_at, sealed)
  SELECT g.called, g.at, '', g.status, g.comes, g.arrives, g.sealed
  FROM given g JOIN touched t ON t.id = g.called
) SELECT id FROM touched"""
_READ = """INSERT INTO safety_receipt (bulletin_id, called_id, at)
 SELECT b.id, c.id, g.at FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[])
 AS g (bulletin, called, at) JOIN safety_called c ON c.id = g.called
 JOIN safety_bulletin b ON b.id = g.bulletin AND b.check_asked_id = c.check_asked_id
 ON CONFLICT (bulletin_id, called_id) DO NOTHING"""
_OPENED = """UPDATE safety_called c SET opened_at = g.at
 FROM unnest(%s::bigint[], %s::timestamptz[]) AS g (called, at)
 WHERE c.id = g.called AND c.opened_at IS NULL"""

_PLACES = {n: f"%({n})s" for n in ("called", "at", "size", "sealed", "boxed", "most", "now")}
_INSTRUCTS, _TOLD, _PHOTO = (text.format(**_PLACES) for text in (INSTRUCTS, TOLD, PHOTO))

_CHANGED = "status, comes, arrives_at, first_at, answered_at, opened_at"
#: What the role of the answer face may do, and nothing else: no person, no address, no sealed word.
_GRANTS = (
    ("SELECT", f"id, check_asked_id, arrived_at, {_CHANGED}", "safety_called"),
    ("UPDATE", _CHANGED, "safety_called"),
    ("SELECT", "id, kind, title, message, until, closed_at", "safety_check"),
    ("INSERT", "called_id, at, by, status, comes, arrives_at, sealed", "safety_answer"),
    ("SELECT", "id, check_asked_id, at, text", "safety_bulletin"),
    ("SELECT", "bulletin_id, called_id", "safety_receipt"),
    ("INSERT", "bulletin_id, called_id, at", "safety_receipt"),
    ("SELECT", "called_id", "safety_photo"),
    ("INSERT", "called_id, at, size, sealed, boxed", "safety_photo"),
)


def grants(role: str) -> str:
    """The statements that let a role take answers. `role` must be a plain name."""
    return "\n".join(
        f'GRANT {may} ({columns}) ON {table} TO "{role}";' for may, columns, table in _GRANTS
    )


class PostgresStore:
    """The database of the house."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = parameters
        self.afresh()

    def afresh(self) -> None:
        """Connect anew."""
        self._base = psycopg.connect(**self._parameters, autocommit=True)
        # Durable whatever the server's own default is: who is thanked has been heard.
        self._base.execute("SET synchronous_commit = on")

    def look(self, called: int) -> Asked | None:
        """What this person is asked."""
        row = self._base.execute(LOOK + "%s", (called,), prepare=True).fetchone()
        return None if row is None else Asked(*row)

    def instructs(self, now: datetime) -> bool:
        """Whether anybody has been told anything."""
        row = self._base.execute(_INSTRUCTS, {"now": now}, prepare=True).fetchone()
        return row is not None

    def told(self, called: int) -> list[Told]:
        """What this person has been told."""
        rows = self._base.execute(_TOLD, {"called": called}, prepare=True)
        return [Told(*row) for row in rows]

    def keep_photo(self, photo: Photo) -> bool:
        """Keep a picture; a statement alone is a transaction."""
        values = {"called": photo.called, "at": photo.at, "size": photo.size}
        values |= {"sealed": photo.sealed, "boxed": True, "most": PHOTOS}
        return self._base.execute(_PHOTO, values).rowcount == 1

    def keep(self, items: Sequence[Item]) -> list[bool]:
        """Keep all of them, or none."""
        found: set[int] = set()
        looked = {i.called: i.at for i in items if i.given is None and not i.bulletin}
        receipts = {(i.bulletin, i.called): i.at for i in items if i.bulletin}
        answers = turns(items)
        # A statement alone is a transaction, and spares two ways to the server and back.
        alone = len(answers) + bool(looked) + bool(receipts) == 1
        with nullcontext() if alone else self._base.transaction():
            if looked:
                # In one order, so that two processes never wait for one another in a circle.
                columns = zip(*sorted(looked.items()), strict=True)
                self._base.execute(_OPENED, list(map(list, columns)), prepare=True)
            if receipts:
                read = [(*key, at) for key, at in sorted(receipts.items())]
                columns = zip(*read, strict=True)
                self._base.execute(_READ, list(map(list, columns)), prepare=True)
            for turn in answers:
                rows = self._base.execute(_KEEP, _columns(turn), prepare=True)
                found |= {number for (number,) in rows}
        return [item.given is None or item.called in found for item in items]


def _columns(items: Sequence[Item]) -> list[list[Any]]:
    rows = [
        (i.called, i.at, i.given.status, i.given.comes, i.given.arrives_at, i.sealed)
        for i in items
        if i.given is not None
    ]
    return list(map(list, zip(*rows, strict=True)))
