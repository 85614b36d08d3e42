"""Master keys change while people go on reading; no row of a book does."""

import base64
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from meibo.ledger import masters, reader, vault
from meibo.ledger.models import DataKey, FilingLine
from meibo.ledger.vault import Vault
from tests.ledger.scenes import TODAY, append, hire, house, viewer

pytestmark = pytest.mark.django_db
OLD, NEW = bytes(range(32)), bytes(range(1, 33))


def written(key: bytes) -> str:
    return base64.b64encode(key).decode()


@pytest.fixture
def people(settings: Any, tmp_path: Path) -> list[str]:
    """Three people whose keys OLD wraps, in a data directory of their own."""
    settings.MEIBO_DATA = tmp_path
    settings.MEIBO_MASTER_KEY = OLD
    settings.MEIBO_MASTER_KEY_FILE = tmp_path / "master_key"
    settings.MEIBO_MASTER_KEY_FILE.write_text(written(OLD) + "\n")
    batch = house()
    made = [
        hire(batch, str(n), f"山田　{n}", "ヤマダ", "01010010", "070", hired=TODAY)
        for n in range(3)
    ]
    append(batch)
    return made


def birthdays(people: list[str]) -> set[str | None]:
    found = reader.cards(viewer("hr"), on=TODAY, ids=people)
    return {card.get("birth_date") for card in found}


def test_a_rotation_rewraps_every_key_and_touches_no_book(people: list[str]) -> None:
    before = list(FilingLine.objects.order_by("no").values_list())
    keys = dict(DataKey.objects.values_list("person_id", "wrapped"))
    new = masters.renew()
    assert birthdays(people) == {"1990-05-06"}  # all still under the old one
    assert vault.rewrap() == 3
    assert vault.wrapped_by() == {new: 3}
    assert birthdays(people) == {"1990-05-06"}
    assert list(FilingLine.objects.order_by("no").values_list()) == before
    assert all(keys[row.person_id] != bytes(row.wrapped) for row in DataKey.objects.all())


def test_a_rotation_that_was_broken_off_goes_on_where_it_stopped(
    people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_BATCH", 1)
    new = masters.renew()

    def stop(_what: str, done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vault.rewrap(progress=stop)
    assert sorted(vault.wrapped_by().values()) == [1, 2]
    assert vault.master_fits()
    assert birthdays(people) == {"1990-05-06"}  # mixed
    assert vault.rewrap() == 1
    assert vault.wrapped_by() == {new: 3}
    assert vault.rewrap() == 0


def test_a_server_started_before_reads_and_writes_with_the_new_key(
    people: list[str], settings: Any
) -> None:
    new = masters.renew()
    vault.rewrap()
    assert settings.MEIBO_MASTER_KEY == OLD  # what it had read when it started
    assert birthdays(people) == {"1990-05-06"}
    batch = house()
    batch.codes.clear()
    batch.filings.clear()
    hire(batch, "9", "佐藤　九", "サトウ", "01010010", "070")
    append(batch)
    assert vault.wrapped_by() == {new: 4}


def test_the_old_key_is_kept_and_only_the_owner_reads_either(
    people: list[str], tmp_path: Path
) -> None:
    masters.renew()
    kept = tmp_path / "master_keys" / masters.id_of(OLD)
    assert masters.parse(kept.read_text()) == OLD
    for path in (kept, tmp_path / "master_key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert masters.known() == [masters.current()[0], masters.id_of(OLD)]


def test_without_the_old_key_nothing_fits_and_nothing_is_rewrapped(
    people: list[str], settings: Any, tmp_path: Path
) -> None:
    settings.MEIBO_MASTER_KEY = NEW
    settings.MEIBO_MASTER_KEY_FILE = None
    assert not vault.master_fits()
    with pytest.raises(masters.MissingKeyError):
        vault.rewrap()
    settings.MEIBO_OLD_MASTER_KEYS = (OLD,)
    assert vault.master_fits()
    assert vault.rewrap() == 3


def test_a_program_hands_out_keys_by_their_id(
    people: list[str], settings: Any, tmp_path: Path
) -> None:
    settings.MEIBO_MASTER_KEY = NEW
    settings.MEIBO_MASTER_KEY_FILE = None
    program = tmp_path / "keys.py"
    program.write_text(
        f"import sys\nprint({{'{masters.id_of(OLD)}': '{written(OLD)}'}}[sys.argv[1]])\n"
    )
    settings.MEIBO_KEY_COMMAND = (sys.executable, str(program))
    assert vault.master_fits()
    assert not masters.is_known(masters.id_of(bytes(32)))
    assert birthdays(people) == {"1990-05-06"}
    assert vault.rewrap() == 3


def test_a_program_that_gives_another_key_is_not_believed(
    people: list[str], settings: Any, tmp_path: Path
) -> None:
    settings.MEIBO_MASTER_KEY = NEW
    settings.MEIBO_MASTER_KEY_FILE = None
    settings.MEIBO_KEY_COMMAND = (sys.executable, "-c", f"print('{written(bytes(32))}')")
    assert not vault.master_fits()


def test_a_value_is_not_searched_for_by_the_database(people: list[str]) -> None:
    """Why there is no blind index: two equal values are different ciphertexts, and no query of the
    house compares them (decision 0011)."""
    locker = Vault()
    locker.prepare(people)
    assert locker.seal(people[0], "x", "1") != locker.seal(people[0], "x", "1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_filingline WHERE value LIKE %s", ["%1990%"])
        assert cursor.fetchone() == (0,)
