"""`meibo answers` as it runs: a real process, killed under load; a role that can do no more."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import time
from collections import Counter
from pathlib import Path
from urllib.request import Request, urlopen

import psycopg
import pytest

from benchmarks import answers_load
from tests import surroundings
from tests.apps.safety.test_after_answer import KIND, form
from tests.domain.test_documents import jpeg

ROLE = "answer_face"
BULLETIN = """INSERT INTO safety_bulletin (check_asked_id, at, by, text)
 SELECT id, started_at, 'bench', '本庁に集合' FROM safety_check"""
POSTGRES = pytest.mark.skipif(
    surroundings.SERVER not in os.environ, reason="SQLite knows no roles: run with --postgres"
)


def killed(times: int, seconds: float) -> None:
    """Kill under load, start again, and in the end look for every answer that was thanked for."""
    thanked: Counter[int] = Counter()
    number = 0
    with answers_load.house(500, surroundings.own_database("answers")) as found:
        for _ in range(times):
            heard = answers_load.load(found, seconds, first=number, then=found.kill)
            assert heard.thanked, "nobody was thanked before the kill"
            assert heard.wrong, "nobody was waiting when it was killed"
            thanked.update(heard.thanked)
            number = max(heard.thanked) + 1000
            found.start()
        kept = answers_load.kept(found)
    assert not thanked - kept
    assert len(thanked) > 64 * times // 2


def test_no_answer_that_was_thanked_for_is_lost_by_a_kill() -> None:
    killed(3, 1.0)


@pytest.mark.soak
def test_fifty_kills_under_load_lose_no_answer() -> None:
    killed(50, 1.5)


def test_the_process_that_faces_the_telephones_holds_no_key_that_opens_anything() -> None:
    with answers_load.house(1, surroundings.own_database("answers")) as found:
        found.kill()
        secrets = {"MEIBO_SECRET_KEY": "s" * 50, "MEIBO_OLD_MASTER_KEYS": ""}
        found.surroundings |= secrets
        found.start()
        assert found.process is not None
        place, held = Path(f"/proc/{found.process.pid}/environ"), b""
        for _ in range(100):  # empty until the program that was started stands in its place
            held = held or place.read_bytes()
            time.sleep(0 if held else 0.1)
    assert b"MEIBO_ANSWERS_CARD" in held
    assert b"MEIBO_SECRET_KEY" not in held
    assert b"MEIBO_OLD_MASTER_KEYS" not in held


def test_a_card_is_written_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    with answers_load.house(1, surroundings.own_database("answers")) as found:
        path = tmp_path / "card.json"
        command = [answers_load.MEIBO, "answers", "--card", str(path)]
        assert subprocess.run(command, env=found.surroundings, check=False).returncode == 0
        assert subprocess.run(command, env=found.surroundings, check=False).returncode == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(path.read_text())) == {"link", "master", "public", "family", "phone"}


@POSTGRES
def test_the_role_of_the_face_takes_answers_and_can_do_nothing_else() -> None:
    url = surroundings.own_database("answers")
    with answers_load.house(3, url) as found, psycopg.connect(url, autocommit=True) as owner:
        found.kill()
        grants = subprocess.run(
            [answers_load.MEIBO, "answers", "--grant", ROLE],
            env=found.surroundings,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        owner.execute(f"DROP ROLE IF EXISTS {ROLE}")
        owner.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'face'")
        try:
            owner.execute(grants)
            owner.execute(BULLETIN)
            _takes(found, url)
            assert owner.execute("SELECT count(*) FROM safety_receipt").fetchone() == (1,)
            assert owner.execute("SELECT count(*) FROM safety_photo WHERE boxed").fetchone() == (1,)
            with psycopg.connect(url, autocommit=True) as base:
                base.execute(f"SET ROLE {ROLE}")
                _can_do_nothing_else(base)
        finally:
            owner.execute(f"DROP OWNED BY {ROLE}")
            owner.execute(f"DROP ROLE {ROLE}")


def _takes(found: answers_load.House, url: str) -> None:
    """The process itself, as that role: it looks, takes and thanks."""
    command = [answers_load.MEIBO, "answers", "--card", found.surroundings["MEIBO_DATA"] + "/card"]
    subprocess.run(command, env=found.surroundings, check=True)
    limited = f"{url}{'&' if '?' in url else '?'}options=-crole%3D{ROLE}"
    found.start_apart(limited, found.surroundings["MEIBO_DATA"] + "/card")
    assert "いまの指示" in _fetched(f"http://127.0.0.1:{found.port}/a/{found.tokens[0]}")
    heard = answers_load.load(found, 0.3, clients=2)
    _goes_on(found)
    found.kill()
    assert heard.thanked
    assert not heard.wrong
    assert not Counter(heard.thanked) - answers_load.kept(found)


def _goes_on(found: answers_load.House) -> None:
    """What comes behind an answer: the instruction, its receipt, a picture, the code."""
    page = f"http://127.0.0.1:{found.port}/a/{found.tokens[0]}"
    assert "集合" in _fetched(page)
    assert "読みました" in _fetched(f"{page}?read", b"sheet=1&bulletin=1")
    assert "写真を受け取りました" in _fetched(f"{page}?photo", form(jpeg()), KIND)
    assert "<svg" in _fetched(f"{page}?code")


def _fetched(url: str, body: bytes | None = None, kind: str = "") -> str:
    headers = {"Content-Type": kind} if kind else {}
    with urlopen(Request(url, body, headers)) as answer:
        return str(answer.read().decode())


@pytest.mark.skipif(surroundings.SERVER in os.environ, reason="as the role, in the test below")
def test_instructions_pictures_and_the_code_come_from_the_process_itself() -> None:
    with answers_load.house(1) as found, sqlite3.connect(_file(found)) as owner:
        owner.execute(BULLETIN)
        owner.commit()
        page = f"http://127.0.0.1:{found.port}/a/{found.tokens[0]}"
        assert "いまの指示" in _fetched(page)  # before it is answered
        answers_load.load(found, 0.1, clients=1)
        _goes_on(found)
        assert owner.execute("SELECT count(*) FROM safety_receipt").fetchone() == (1,)
        assert owner.execute("SELECT count(*) FROM safety_photo WHERE boxed").fetchone() == (1,)
        owner.execute("UPDATE safety_check SET closed_at = started_at")
        owner.commit()
        assert "この安否確認は終わりました" in _fetched(page)


def _file(found: answers_load.House) -> str:
    return found.surroundings["MEIBO_DATA"] + "/meibo.sqlite3"


def _can_do_nothing_else(base: psycopg.Connection[tuple[object, ...]]) -> None:
    rows = base.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    tables = {str(name) for (name,) in rows} - {"safety_called", "safety_check"}
    tables -= {"safety_bulletin", "safety_receipt", "safety_photo"}
    assert "ledger_datakey" in tables
    for table in sorted(tables):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            base.execute(f'SELECT 1 FROM "{table}"')
    for statement in (
        "SELECT person FROM safety_called",
        "SELECT sealed FROM safety_answer",
        "SELECT target FROM safety_check",
        "UPDATE safety_called SET person = ''",
        "UPDATE safety_answer SET status = ''",
        "UPDATE safety_check SET title = ''",
        "SELECT sealed FROM safety_photo",
        "SELECT by FROM safety_bulletin",
        "SELECT at FROM safety_receipt",
        "UPDATE safety_photo SET boxed = false",
        "UPDATE safety_bulletin SET text = ''",
        "UPDATE safety_called SET arrived_at = NULL",
        "DELETE FROM safety_receipt",
        "DELETE FROM safety_photo",
        "DELETE FROM safety_answer",
        "DELETE FROM safety_called",
        "TRUNCATE safety_answer",
        "CREATE TABLE safety_mine (id int)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            base.execute(statement)
