"""Trying whether a backup can be restored, and how long that takes.

Results are kept as lines of JSON beside the database: they tell of the copies of it, so they must
not go back in time with it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess  # nosec B404  # our own command, without a shell
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from psycopg import sql

from meibo.ledger import masters
from meibo.platform.backup import snapshot
from meibo.platform.backup.generations import Generation

FILE = "drills.jsonl"
_SCRATCH = ".drill-"


@dataclass(frozen=True, slots=True)
class Drill:
    """One try. `rpo_seconds`: how old the newest backup was, so how much work would have been lost;
    `rto_seconds`: how long restoring and checking took. `trouble` is empty where all went well."""

    moment: str
    backup: str
    good: bool
    rpo_seconds: int
    rto_seconds: float
    lines: int
    people: int
    audits: int
    trouble: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What `meibo restore` in the scratch place said: its exit code, its JSON, its words."""

    code: int
    report: dict[str, Any]
    said: str


def rehearse(command: Sequence[str], generation: Generation, identity: Path | None) -> Answer:
    """Restore a backup into a scratch place by the very command that would be used in earnest.

    `command`: what starts `meibo`. The scratch place goes in any case. Raises ProgramError.
    """
    words = [*command, "restore", str(generation.path), "--format", "json"]
    words += ["--identity", str(identity)] if identity else []
    with _place() as surroundings:
        done = subprocess.run(  # nosec B603  # our own command, no shell
            words, env=surroundings, capture_output=True, text=True, check=False
        )
    try:
        told = json.loads(done.stdout)
    except ValueError:
        told = {}
    return Answer(done.returncode, told, done.stderr)


def result(generation: Generation, answer: Answer, *, now: datetime, seconds: float) -> Drill:
    """What a try came to."""
    contents = answer.report.get("contents", {})
    good = answer.code == 0 and bool(answer.report.get("good"))
    lines, people, audits = (int(contents.get(n, 0)) for n in ("lines", "people", "audits"))
    return Drill(
        moment=now.isoformat(timespec="seconds"),
        backup=generation.path.name,
        good=good,
        rpo_seconds=int((now - generation.moment).total_seconds()),
        rto_seconds=round(seconds, 1),
        lines=lines,
        people=people,
        audits=audits,
        trouble="" if good else _trouble(answer),
    )


def _trouble(answer: Answer) -> str:
    report = answer.report
    if "error" in report:
        return str(report["error"])
    if "good" not in report:
        return answer.said.strip().splitlines()[-1] if answer.said.strip() else "途中で止まりました"
    parts = [f"目録と違う: {'、'.join(report['unlike'])}" if report["unlike"] else ""]
    parts += [f"名簿の違い: {len(report['differences'])}件" if report["differences"] else ""]
    parts += [f"監査ログが{report['broken_at']}番で途切れ" if report["broken_at"] else ""]
    return "  ".join(filter(None, parts))


def record(drill: Drill) -> None:
    """Keep a result for good."""
    with (Path(settings.MEIBO_DATA) / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(drill), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def recorded() -> list[Drill]:
    """All results, the newest first; a line that a full disk cut short is passed over."""
    found = []
    path = Path(settings.MEIBO_DATA) / FILE
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                found.append(Drill(**json.loads(line)))
            except (ValueError, TypeError):
                continue
    return found[::-1]


@contextmanager
def _place() -> Iterator[dict[str, str]]:
    """A data directory, and a database, of nobody: the environment that leads there."""
    data = Path(settings.MEIBO_DATA)
    for left in data.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = data / f"{_SCRATCH}{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        _lay_keys(data, folder)
        there = dict(os.environ) | {"MEIBO_DATA": str(folder)}
        if snapshot.is_postgresql():
            with _database() as url:
                yield there | {"MEIBO_DATABASE_URL": url}
        else:
            yield there | {"MEIBO_DATABASE_URL": f"sqlite:////{folder / 'meibo.sqlite3'}"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay_keys(data: Path, folder: Path) -> None:
    """The keys go with the place for as long as it lasts; those in the environment do so anyway."""
    if (data / "master_key").is_file():
        shutil.copy2(data / "master_key", folder / "master_key")
    if (data / masters.FOLDER).is_dir():
        shutil.copytree(data / masters.FOLDER, folder / masters.FOLDER)


@contextmanager
def _database() -> Iterator[str]:
    """An empty database on our server; its URL."""
    name = f"meibo_drill_{secrets.token_hex(4)}"
    place = connection.settings_dict
    quoted = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(quoted))
    try:
        yield url_of({**place, "NAME": name})
    finally:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))


def url_of(place: dict[str, Any]) -> str:
    """The address of a PostgreSQL database, as MEIBO_DATABASE_URL has it."""
    options = {k: str(v) for k, v in place["OPTIONS"].items() if k in {"sslmode", "sslrootcert"}}
    host = str(place["HOST"])
    if host.startswith("/"):
        options["host"], host = host, ""
    user = quote(str(place["USER"]), safe="")
    secret = f":{quote(str(place['PASSWORD']), safe='')}" if place["PASSWORD"] else ""
    port = f":{place['PORT']}" if place["PORT"] else ""
    return (
        f"postgres://{user}{secret}@{host}{port}/{quote(str(place['NAME']))}?{urlencode(options)}"
    )
