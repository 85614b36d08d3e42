"""`meibo safety telegram`: judges files, changes nothing, needs nothing."""

import gzip
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from meibo.config import cli
from tests.domain.telegram.made import quick, wave

PLACE = ("--area", "350", "--city", "1310300", "--tsunami", "312")
KEYS = ["file", "kind", "status", "event", "action", "intensity", "areas", "reason"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "a.xml").write_bytes(quick({"350": "5-"}))
    (tmp_path / "b.xml").write_bytes(wave({"312": ("62", "00")}))
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        cli.main(["safety", "telegram", *words])
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    code, out, _ = call(capsys, *words, *PLACE, "--format", "json")
    return code, json.loads(out)


def test_each_file_is_judged_alone(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = rows(capsys, str(files / "a.xml"), str(files / "b.xml"))
    assert code == 0
    assert [list(row) for row in found] == [KEYS, KEYS]
    assert found[0] == {
        "file": str(files / "a.xml"),
        "kind": "VXSE51",
        "status": "通常",
        "event": "20260301031500",
        "action": "alarm",
        "intensity": "5弱",
        "areas": ["350"],
        "reason": "区域350で震度5弱。",
    }
    assert (found[1]["action"], found[1]["areas"], found[1]["intensity"]) == (
        "inform",
        ["312"],
        None,
    )


def test_one_that_can_not_be_read_stands_in_the_list_and_the_others_are_judged(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "bad.xml").write_bytes(b"<!DOCTYPE x><x/>")
    words = [str(files / name) for name in ("bad.xml", "missing.xml", "a.xml")]
    code, found = rows(capsys, *words)
    assert code == 1
    assert [row["action"] for row in found] == ["ignore", "ignore", "alarm"]
    assert "DTD" in found[0]["reason"]
    assert "ありません" in found[1]["reason"]
    assert (found[0]["kind"], found[0]["areas"]) == (None, [])


def test_folders_and_compressed_files_are_opened(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "c.xml.gz").write_bytes(gzip.compress(quick({"350": "6-"})))
    with zipfile.ZipFile(files / "d.zip", "w") as archive:
        archive.writestr("inner.xml", quick({"350": "3"}))
    (files / "note.txt").write_text("no telegram")
    code, found = rows(capsys, str(files))
    assert code == 0
    assert [row["action"] for row in found] == ["alarm", "inform", "alarm", "inform"]
    assert found[3]["file"].endswith("d.zip!inner.xml")


def test_a_compressed_file_that_unpacks_without_end_is_refused(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "bomb.gz").write_bytes(gzip.compress(b" " * 60_000_000))
    (files / "broken.gz").write_bytes(b"\x1f\x8b\x08rubbish")
    code, found = rows(capsys, str(files / "bomb.gz"), str(files / "broken.gz"))
    assert code == 1
    assert "壊れて" in found[1]["reason"]


def test_the_table_is_for_people(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, str(files / "a.xml"), *PLACE)
    assert code == 0
    assert "発報" in out.splitlines()[1]


def test_several_codes_may_be_given_and_digits_of_any_width(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (str(files / "a.xml"), "--area", "442", "--area", "３５０,351", "--format", "json")
    _, out, _ = call(capsys, *words)
    assert json.loads(out)[0]["action"] == "alarm"


@pytest.mark.parametrize(
    "words", [(), ("--area", "abc"), ("--city", "13"), ("--tsunami", "1310300")]
)
def test_a_wrong_call_is_told(
    words: tuple[str, ...], files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = call(capsys, str(files / "a.xml"), *words)
    assert (code, out) == (2, "")
    assert err


def test_it_runs_without_data_settings_or_database_and_leaves_nothing(files: Path) -> None:
    """As a process of its own, in an empty folder, where settings would stop the start."""
    empty = files / "empty"
    empty.mkdir()
    surroundings = {
        "PATH": os.environ["PATH"],
        "MEIBO_DATA": "/dev/null/nowhere",
        "MEIBO_DATABASE_URL": "nonsense",
    }
    command = "from meibo.config.cli import main; main()"
    began = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", command, "safety", "telegram", "-", *PLACE, "--format", "json"],
        input=quick({"350": "7"}),
        capture_output=True,
        cwd=empty,
        env=surroundings,
        check=False,
    )
    assert time.monotonic() - began < 10
    assert run.returncode == 0, run.stderr.decode()
    row = json.loads(run.stdout)[0]
    assert (row["file"], row["action"], row["intensity"]) == ("-", "alarm", "7")
    assert not list(empty.iterdir())


def test_the_modules_it_needs_know_nothing_of_the_database(files: Path) -> None:
    command = (
        "import sys; from meibo.config.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('django.db.models' in sys.modules, 'meibo.config.settings' in sys.modules)"
    )
    words = ["safety", "telegram", str(files / "a.xml"), *PLACE]
    run = subprocess.run(
        [sys.executable, "-c", command, *words], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "False False"
