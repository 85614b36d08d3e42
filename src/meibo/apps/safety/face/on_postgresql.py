"""Answers into PostgreSQL: one statement for all that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import psycopg

from meibo.apps.safety.face.store import LOOK, Asked, Item, turns

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
_OPENED = """UPDATE safety_called c SET opened_at = g.at
 FROM unnest(%s::bigint[], %s::timestamptz[]) AS g (called, at)
 WHERE c.id = g.called AND c.opened_at IS NULL"""

_CHANGED = "status, comes, arrives_at, first_at, answered_at, opened_at"
#: What the role of the answer face may do, and nothing else: no person, no address, no sealed word.
_GRANTS = (
    ("SELECT", f"id, check_asked_id, {_CHANGED}", "safety_called"),
    ("UPDATE", _CHANGED, "safety_called"),
    ("SELECT", "id, kind, title, message", "safety_check"),
    ("INSERT", "called_id, at, by, status, comes, arrives_at, sealed", "safety_answer"),
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

    def keep(self, items: Sequence[Item]) -> list[bool]:
        """Keep all of them, or none."""
        found: set[int] = set()
        looked = {item.called: item.at for item in items if item.given is None}
        answers = turns(items)
        # A statement alone is a transaction, and spares two ways to the server and back.
        alone = len(answers) + bool(looked) == 1
        with nullcontext() if alone else self._base.transaction():
            if looked:
                # In one order, so that two processes never wait for one another in a circle.
                columns = zip(*sorted(looked.items()), strict=True)
                self._base.execute(_OPENED, list(map(list, columns)), prepare=True)
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
