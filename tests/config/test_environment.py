"""What the operator sets, and what happens when it is not set or set wrongly."""

import base64
import stat
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from meibo.config import environment

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SECRET_KEY",
        "MASTER_KEY",
        "OLD_MASTER_KEYS",
        "KEY_COMMAND",
        "DATABASE_URL",
        "TOWN",
        "DEBUG",
        "DATA",
    ):
        monkeypatch.delenv(f"MEIBO_{name}", raising=False)


def test_keys_are_made_once_and_readable_by_the_owner_alone(tmp_path: Path) -> None:
    first = (environment.secret_key(tmp_path), environment.master_key(tmp_path))
    assert (environment.secret_key(tmp_path), environment.master_key(tmp_path)) == first
    assert len(first[1]) == 32
    kept = sorted(tmp_path.iterdir())
    assert [path.name for path in kept] == ["master_key", "secret_key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_a_key_given_by_the_operator_is_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIBO_MASTER_KEY", base64.b64encode(KEY).decode())
    monkeypatch.setenv("MEIBO_SECRET_KEY", "given")
    assert environment.master_key(tmp_path) == KEY
    assert environment.secret_key(tmp_path) == "given"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("written", ["not base64!", base64.b64encode(KEY[:16]).decode()])
def test_a_key_of_the_wrong_form_stops_the_start_and_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("MEIBO_MASTER_KEY", written)
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.master_key(tmp_path)
    assert written not in str(caught.value)


def test_a_program_may_hand_out_the_current_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "hand out.py"
    program.write_text(f"import sys\nassert sys.argv[2] == 'current'\nprint('{_written(KEY)}')\n")
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("MEIBO_KEY_COMMAND", f"{sys.executable} '{program}' --quiet")
    assert environment.master_key(data) == KEY
    assert environment.master_key_file(data) is None
    assert not list(data.iterdir())
    monkeypatch.setenv("MEIBO_KEY_COMMAND", f"{sys.executable} -c 'raise SystemExit(1)'")
    with pytest.raises(ImproperlyConfigured):
        environment.master_key(data)


def test_keys_that_wrapped_before_are_given_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    other = KEY[::-1]
    monkeypatch.setenv("MEIBO_OLD_MASTER_KEYS", f"{_written(KEY)}, {_written(other)}")
    assert environment.old_master_keys() == (KEY, other)
    monkeypatch.setenv("MEIBO_OLD_MASTER_KEYS", "not base64!")
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.old_master_keys()
    assert "not base64!" not in str(caught.value)


def _written(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_the_data_directory_is_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIBO_DATA", str(tmp_path / "new"))
    assert stat.S_IMODE(environment.data_directory().stat().st_mode) == 0o700


def test_an_existing_data_directory_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIBO_DATA", str(tmp_path))
    assert environment.data_directory() == tmp_path


def test_without_a_url_the_database_is_a_file_among_the_data(tmp_path: Path) -> None:
    database = environment.database(tmp_path)
    assert database["NAME"] == str(tmp_path / "meibo.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:////srv/meibo.db", "/srv/meibo.db"), ("sqlite:///here.db", "here.db")],
)
def test_sqlite_paths_are_absolute_with_four_strokes_and_relative_with_three(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, name: str
) -> None:
    monkeypatch.setenv("MEIBO_DATABASE_URL", url)
    assert environment.database(tmp_path)["NAME"] == name


def test_a_postgresql_url_may_hold_any_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgres://meibo:p%40ss%2Fword@db.example:5433/roster?sslmode=require"
    monkeypatch.setenv("MEIBO_DATABASE_URL", url)
    database = environment.database(tmp_path)
    assert database["PASSWORD"] == "p@ss/word"
    assert (database["HOST"], database["PORT"]) == ("db.example", "5433")
    assert (database["NAME"], database["USER"]) == ("roster", "meibo")
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_a_postgresql_url_may_name_a_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIBO_DATABASE_URL", "postgresql://meibo@/roster?host=/run/postgresql")
    database = environment.database(tmp_path)
    assert (database["HOST"], database["PORT"]) == ("/run/postgresql", "")
    assert database["OPTIONS"] == {}


def test_an_unknown_database_is_refused_without_repeating_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIBO_DATABASE_URL", "oracle://scott:tiger@db/x")
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.database(tmp_path)
    assert "tiger" not in str(caught.value)


def test_the_town_of_the_source_tree_is_the_default() -> None:
    assert environment.town_directory() == environment.SOURCE_ROOT / "town"


def test_another_town_is_taken_when_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEIBO_TOWN", str(tmp_path))
    assert environment.town_directory() == tmp_path


def test_a_flag_that_says_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEIBO_DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured):
        environment.flag("MEIBO_DEBUG")


@pytest.mark.parametrize("value", ["-1", "2.5", "many", "0"])
def test_a_number_below_the_least_or_no_number_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIBO_LOCK_AFTER", value)
    with pytest.raises(ImproperlyConfigured, match="MEIBO_LOCK_AFTER"):
        environment.number("MEIBO_LOCK_AFTER", 5, least=1)


def test_a_file_is_where_it_is_said_to_be_or_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert environment.file("MEIBO_BREACH_LIST") is None
    monkeypatch.setenv("MEIBO_BREACH_LIST", str(tmp_path / "list"))
    assert environment.file("MEIBO_BREACH_LIST") == tmp_path / "list"
