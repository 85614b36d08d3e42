"""The databases as they were at one moment, copied while everybody goes on working."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess  # nosec B404  # pg_dump and pg_restore, without a shell
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from meibo.ledger.heads import Cursor, heads
from meibo.platform.audit import anchors
from meibo.platform.audit.router import DATABASE
from meibo.platform.backup.manifest import Contents

BOOK, AUDIT, DUMP = "meibo.sqlite3", "meibo-audit.sqlite3", "meibo.pgdump"
ANCHORS = "anchors.jsonl"
_START = "0" * 64


class ProgramError(Exception):
    """A program of the database failed or is missing; the message says what it said."""


def take(folder: Path) -> Contents:
    """Copy the databases and the anchors of the audit log into a folder; tells what the copies
    hold."""
    contents = _take(folder)
    lines = [json.dumps(asdict(a)) for a in anchors.days() if a.no <= contents.audits]
    (folder / ANCHORS).write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return contents


def _take(folder: Path) -> Contents:
    if connection.vendor == "postgresql":
        return _dump(folder / DUMP)
    _copy(Path(connections["default"].settings_dict["NAME"]), folder / BOOK)
    _copy(Path(connections[DATABASE].settings_dict["NAME"]), folder / AUDIT)
    return held(folder / BOOK, folder / AUDIT)


def held(book: Path, audit: Path) -> Contents:
    """What two database files hold."""
    with closing(sqlite3.connect(book)) as one, closing(sqlite3.connect(audit)) as two:
        return _contents(one.cursor(), two.cursor())


def held_now() -> Contents:
    """What the databases in use hold, each at one moment."""
    with transaction.atomic(), connection.cursor() as one, connections[DATABASE].cursor() as two:
        return _contents(one, two)


def _contents(book: Cursor, audit: Cursor) -> Contents:
    found = heads(book)
    audit.execute("SELECT no, chain FROM audit_auditrecord ORDER BY no DESC LIMIT 1")
    no, chain = audit.fetchone() or (0, _START)
    return Contents(found.lines, found.filings, found.people, no, found.book, found.filed, chain)


def _copy(source: Path, target: Path) -> None:
    """SQLite's online backup, in one step: a reader like any other, whom writers don't wait for."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, without its log
        if new.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise ProgramError("データベースのファイルが傷んでいます。")


def _dump(target: Path) -> Contents:
    """Dump and count the very same moment: pg_dump looks through this transaction's eyes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        run_program("pg_dump", "-Fc", f"--snapshot={snapshot}", "-f", str(target))
        return _contents(cursor, cursor)


def run_program(name: str, *arguments: str, database: str | None = None) -> None:
    """Run a program of PostgreSQL against our server. Raises ProgramError."""
    place = connection.settings_dict
    program = shutil.which(name)
    if program is None:
        raise ProgramError(f"{name} がありません。PostgreSQL のクライアントを入れてください。")
    words = [program, *arguments, *(["-d", database] if database else [])]
    done = subprocess.run(  # nosec B603  # no shell, our own words
        words, env=environment(place, database), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramError(f"{name}: {done.stderr.strip()[-400:]}")


def environment(place: Mapping[str, Any], database: str | None = None) -> dict[str, str]:
    """What libpq reads; a password on the command line could be read by everybody."""
    asked = {
        "PGHOST": place["HOST"],
        "PGPORT": place["PORT"],
        "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
        "PGDATABASE": database or place["NAME"],
        "PGSSLMODE": place.get("OPTIONS", {}).get("sslmode", ""),
        "PGSSLROOTCERT": place.get("OPTIONS", {}).get("sslrootcert", ""),
    }
    return dict(os.environ) | {name: str(value) for name, value in asked.items() if value}


def is_postgresql() -> bool:
    """Which kind of database is in use."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))
