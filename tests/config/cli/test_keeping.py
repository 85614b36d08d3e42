"""init, verify, redraw; and a house that is not there yet."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from meibo.ledger.models import SearchEntry, Seat, Stretch, UnitStretch
from tests.config.cli.conftest import Meibo
from tests.config.cli.house import surroundings
from tests.config.cli.package import Package


def meibo(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program itself, in a house of its own."""
    program = [sys.executable, "-c", "from meibo.config.cli import main; main()", *words]
    return subprocess.run(
        program, env=surroundings(data), capture_output=True, text=True, check=False
    )


def test_an_existing_empty_folder_becomes_a_house_that_only_its_owner_reads(
    tmp_path: Path, package: Package
) -> None:
    data = tmp_path / "var"
    data.mkdir(mode=0o755)
    first = meibo(data, "init")
    assert (first.returncode, first.stdout) == (0, "")
    assert str(data) in first.stderr
    made = {path.name: path for path in data.iterdir()}
    assert {"master_key", "secret_key", "meibo.sqlite3"} <= made.keys()
    for path in made.values():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    keys = made["master_key"].read_bytes()

    checked = meibo(
        data, "intake", "check", *package.without_readings().write(), "--format", "json"
    )
    assert (checked.returncode, json.loads(checked.stdout)["summary"]["people"]) == (0, 3)
    assert meibo(data, "init").returncode == 0
    assert made["master_key"].read_bytes() == keys


def test_check_leaves_the_database_file_as_it_was(tmp_path: Path, package: Package) -> None:
    data = tmp_path / "var"
    assert meibo(data, "init").returncode == 0
    before = (data / "meibo.sqlite3").read_bytes()
    said = meibo(data, "intake", "check", *package.without_readings().write(), "--format", "json")
    assert said.returncode == 0
    json.loads(said.stdout)
    assert (data / "meibo.sqlite3").read_bytes() == before


def test_check_needs_no_house_and_reading_says_what_is_missing(
    tmp_path: Path, package: Package
) -> None:
    data = tmp_path / "none"
    said = meibo(data, "intake", "check", *package.without_readings().write(), "--format", "json")
    assert (said.returncode, json.loads(said.stdout)["summary"]["people"]) == (0, 3)
    asked = meibo(data, "roster", "--format", "json")
    assert asked.returncode == 1
    assert "meibo init" in json.loads(asked.stdout)["error"]
    assert "meibo init" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_verify_is_content_with_what_was_drawn(loaded: Meibo) -> None:
    said = loaded("verify", "--format", "json")
    assert (said.code, json.loads(said.out)) == (0, {"checked": 3, "differences": []})
    plain = loaded("verify")
    assert (plain.code, plain.out) == (0, "")
    assert "違い: 0件" in plain.err


def _rename() -> None:
    for row in Stretch.objects.all():
        row.state = row.state.replace("花子", "花江")
        row.save()


def _mix_keys() -> None:
    entry = SearchEntry.objects.order_by("place").first()
    assert entry is not None
    entry.packed = entry.packed.replace("\t", "\tx", 1)
    entry.save()


TAMPERED = {
    "a post": lambda: Stretch.objects.filter(post="070").update(post="030"),
    "a name": _rename,
    "a day": lambda: Stretch.objects.filter(post="070").update(starts="2019-01-01"),
    "a seat gone": lambda: Seat.objects.filter(post="050").delete(),
    "a unit": lambda: UnitStretch.objects.filter(code="0101").update(parent="0102"),
    "a unit gone": lambda: UnitStretch.objects.filter(code="0102").delete(),
    "search keys": _mix_keys,
    "search keys gone": lambda: SearchEntry.objects.filter(era=1).delete(),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_verify_leaves_with_1_and_the_first_differences(loaded: Meibo, what: str) -> None:
    TAMPERED[what]()
    said = loaded("verify", "--format", "json")
    told = json.loads(said.out)["differences"]
    assert said.code == 1
    assert told
    plain = loaded("verify")
    assert (plain.code, plain.out.splitlines()) == (1, told)


def test_a_difference_names_nobody(loaded: Meibo) -> None:
    _rename()
    said = loaded("verify")
    assert "花" not in said.out + said.err


@pytest.mark.parametrize("what", TAMPERED)
def test_redraw_puts_right_what_was_tampered_with(loaded: Meibo, what: str) -> None:
    before = loaded("roster", "--as", "tie:hr", "--format", "json").out
    TAMPERED[what]()
    assert loaded("redraw").code == 0
    assert loaded("verify").code == 0
    assert loaded("roster", "--as", "tie:hr", "--format", "json").out == before


def test_the_demo_ward_is_only_put_where_nobody_is(loaded: Meibo) -> None:
    assert loaded("demo", "--if-empty").code == 0
    said = loaded("demo")
    assert (said.code, said.out) == (1, "")
    assert "もう職員がいます" in said.err


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, package: Package) -> None:
    data = tmp_path / "var"
    assert meibo(data, "init").returncode == 0
    read, write = os.pipe()
    os.close(read)
    program = [sys.executable, "-c", "from meibo.config.cli import main; main()", "roster"]
    env = surroundings(data) | {"PYTHONUNBUFFERED": "1"}
    done = subprocess.run(program, env=env, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert b"Traceback" not in done.stderr
