"""After a shredding the name is not left in the bytes of the database's file either."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.config.cli.house import surroundings

LEAVE = """
import django; django.setup()
from datetime import date
from meibo.domain.book import Effect
from tests.ledger.scenes import append, hire, house, order
batch = house()
hire(batch, "0009002", "山田　一郎", "ヤマダ　イチロウ", "01010010", "050")
gone = hire(batch, "0009001", "鶴見　紗英子", "ツルミ　サエコ", "01010010", "070")
batch.add(order(gone, date(2021, 3, 31), Effect.LEAVE, "退職"))
append(batch)
"""
SHRED = """
import django; django.setup()
from meibo.ledger import shredding, ties
from tests.ledger.scenes import NOW
shredding.shred(ties.person_numbered("0009001"), actor="test", now=NOW)
"""
TRACES = ("鶴見", "ツルミ", "0009001")


def run(data: Path, program: str) -> None:
    env = surroundings(data) | {"DJANGO_SETTINGS_MODULE": "meibo.config.settings"}
    subprocess.run([sys.executable, "-c", program], env=env, check=True)


def content(data: Path) -> bytes:
    with closing(sqlite3.connect(data / "meibo.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (data / "meibo.sqlite3").read_bytes()


def test_the_name_is_not_left_in_the_bytes_of_the_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(data, "from meibo.config.cli import main; main(['init'])")
    run(data, LEAVE)
    before = content(data)
    assert all(word.encode() in before for word in (*TRACES, "山田"))
    run(data, SHRED)
    after = content(data)
    assert not [word for word in TRACES if word.encode() in after]
    assert "山田".encode() in after
