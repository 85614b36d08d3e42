"""Backups of a house of its own: made, listed, restored, tried; and what is refused."""

import json
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from tests.config.cli.house import PEOPLE
from tests.config.cli.keeper import LIMITED, Keeper


def test_a_backup_comes_back_whole_in_an_empty_place(keeper: Keeper, tmp_path: Path) -> None:
    file = keeper.backup()
    fresh = tmp_path / "fresh"
    said = keeper.restore(file, fresh, "--format", "json")
    told = json.loads(said.stdout)
    assert (said.returncode, told["good"], told["unlike"]) == (0, True, [])
    assert told["contents"]["people"] == told["checked"] == PEOPLE
    assert (fresh / "photos" / "0000001.jpg").read_bytes() == b"a picture"
    assert (fresh / "town" / "disclosure.csv").is_file()
    key = (keeper.house.data / "master_key").read_text().strip()
    asked = ("person", "0000001", "--as", "tie:hr", "--on", "2026-11-01", "--format", "json")
    read = keeper.say(*asked, data=fresh, MEIBO_MASTER_KEY=key)
    assert json.loads(read.stdout)["birth_date"] == "1971-02-02"


def test_a_backup_is_encrypted_and_holds_no_key(keeper: Keeper, tmp_path: Path) -> None:
    file = keeper.backup()
    sealed = file.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"a picture" not in sealed
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    plain = tmp_path / "opened.tar"
    keys = [pyrage.x25519.Identity.from_str(keeper.secret.read_text().split()[-1])]
    pyrage.decrypt_file(str(file), str(plain), keys)
    with tarfile.open(plain) as tar:
        names = tar.getnames()
    assert {"database/meibo.sqlite3", "database/meibo-audit.sqlite3"} <= set(names)
    assert not [name for name in names if name.endswith("_key") or "keys/" in name]
    for kept in ("master_key", "secret_key"):
        assert (keeper.house.data / kept).read_bytes().strip() not in plain.read_bytes()


def test_without_a_recipient_nothing_is_written_unless_plain_is_said(keeper: Keeper) -> None:
    refused = keeper.say("backup", "--to", str(keeper.folder))
    assert refused.returncode == 1
    assert "--plain" in refused.stderr
    assert not keeper.folder.exists()
    assert keeper.say("backup", "--to", str(keeper.folder), "--plain").returncode == 0
    assert [each.suffix for each in keeper.folder.glob("*.tar*")].count(".tar") == 1


def test_what_is_no_key_is_refused(keeper: Keeper) -> None:
    said = keeper.say("backup", "--to", str(keeper.folder), "--recipient", "age1nothing")
    assert said.returncode == 1
    assert "公開鍵" in said.stderr
    assert not keeper.files()


def test_a_young_backup_is_enough_if_only_a_due_one_is_asked_for(keeper: Keeper) -> None:
    keeper.backup("--if-due", "24")
    words = ("backup", "--to", str(keeper.folder), "--recipient", keeper.public, "--if-due", "24")
    assert keeper.say(*words).returncode == 0
    assert len(keeper.files()) == 1


def test_the_list_tells_which_backup_is_no_longer_what_was_written(keeper: Keeper) -> None:
    file = keeper.backup()
    words = ("backup", "list", "--to", str(keeper.folder), "--format", "json")
    whole = keeper.say(*words)
    (row,) = json.loads(whole.stdout)
    assert (whole.returncode, row["verified"], row["people"]) == (0, True, PEOPLE)
    spoiled = bytearray(file.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    file.write_bytes(spoiled)
    told = keeper.say(*words)
    assert (told.returncode, json.loads(told.stdout)[0]["verified"]) == (1, False)


@pytest.mark.parametrize("harm", ["a bit", "cut", "another key"])
def test_a_spoiled_backup_touches_nothing(keeper: Keeper, tmp_path: Path, harm: str) -> None:
    file = keeper.backup()
    content = bytearray(file.read_bytes())
    if harm == "a bit":
        content[-1000] ^= 4
    elif harm == "cut":
        content = content[: len(content) // 2]
    else:
        keeper.secret.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    file.write_bytes(content)
    before = keeper.house.rows()
    said = keeper.restore(file, keeper.house.data, "--force")
    assert said.returncode == 1
    assert "何もしていません" in said.stderr
    assert "Traceback" not in said.stderr
    assert keeper.house.rows() == before
    assert not list(keeper.house.data.glob("set-aside-*"))


def test_a_file_that_is_not_as_the_manifest_says_is_found_before_anything_is_touched(
    keeper: Keeper, tmp_path: Path
) -> None:
    assert keeper.say("backup", "--to", str(keeper.folder), "--plain").returncode == 0
    (file,) = keeper.folder.glob("*.tar")
    content = file.read_bytes().replace(b"a picture", b"b picture")
    file.write_bytes(content)
    fresh = tmp_path / "fresh"
    said = keeper.restore(file, fresh)
    assert said.returncode == 1
    assert "photos/0000001.jpg" in said.stderr
    assert not (fresh / "photos").exists()


def test_a_name_that_leads_elsewhere_is_refused(keeper: Keeper, tmp_path: Path) -> None:
    bad = tmp_path / "meibo-20260101T000000Z.tar"
    with tarfile.open(bad, "w") as tar:
        (tmp_path / "x").write_text("x")
        tar.add(tmp_path / "x", "photos/../../escaped")
    said = keeper.restore(bad, tmp_path / "fresh")
    assert said.returncode == 1
    assert not list(tmp_path.rglob("escaped"))


def test_people_are_not_replaced_unless_forced_and_then_set_aside(
    keeper: Keeper, tmp_path: Path
) -> None:
    file = keeper.backup()
    refused = keeper.restore(file, keeper.house.data)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    (keeper.house.data / "photos" / "later.jpg").write_bytes(b"later")
    assert keeper.restore(file, keeper.house.data, "--force").returncode == 0
    assert keeper.noted("backup") == [{"what": "make", "kind": "encrypted"}]
    assert keeper.noted("restore")[-1] == {"what": "restore", "backup": file.name, "good": True}
    (aside,) = keeper.house.data.glob("set-aside-*")
    assert (aside / "photos" / "later.jpg").read_bytes() == b"later"
    with closing(sqlite3.connect(aside / "meibo.sqlite3")) as old:
        assert old.execute("SELECT count(*) FROM ledger_person").fetchone() == (PEOPLE,)
    assert not (keeper.house.data / "photos" / "later.jpg").exists()
    assert keeper.say("verify").returncode == 0


def test_the_log_is_whole_after_a_restore_though_later_anchors_lay_there(keeper: Keeper) -> None:
    anchors = keeper.house.data / "audit" / "anchors.jsonl"
    assert keeper.say("audit", "verify").returncode == 0
    with closing(sqlite3.connect(keeper.house.data / "meibo-audit.sqlite3")) as log:
        (chain,) = log.execute("SELECT chain FROM audit_auditrecord WHERE no = 1").fetchone()
    kept = json.dumps({"day": "2026-01-01", "no": 1, "chain": chain}) + "\n"
    anchors.write_text(kept)
    file = keeper.backup()
    later = json.dumps({"day": "2026-01-02", "no": 99, "chain": "0" * 64}) + "\n"
    anchors.write_text(kept + later)
    assert keeper.restore(file, keeper.house.data, "--force").returncode == 0
    assert anchors.read_text() == kept
    assert keeper.say("audit", "verify").returncode == 0
    (aside,) = keeper.house.data.glob("set-aside-*")
    assert (aside / "audit" / "anchors.jsonl").read_text() == kept + later


def test_a_drill_tells_how_old_and_how_fast_and_leaves_nothing_behind(keeper: Keeper) -> None:
    keeper.backup()
    words = ("drill", "--to", str(keeper.folder), "--format", "json")
    said = keeper.say(*words, "--identity", str(keeper.secret))
    (told,) = json.loads(said.stdout)
    assert (said.returncode, told["good"], told["people"]) == (0, True, PEOPLE)
    assert told["rto_seconds"] > 0
    assert 0 <= told["rpo_seconds"] < 120
    failed = keeper.say(*words)
    assert failed.returncode == 1
    assert "秘密鍵" in json.loads(failed.stdout)[0]["trouble"]
    history = json.loads(keeper.say("drill", "--history", "--format", "json").stdout)
    assert [each["good"] for each in history] == [False, True]
    assert not list(keeper.house.data.glob(".drill-*"))


def test_a_drill_notices_a_backup_whose_roster_is_not_what_its_book_says(keeper: Keeper) -> None:
    with closing(sqlite3.connect(keeper.house.data / "meibo.sqlite3")) as database:
        database.execute("UPDATE ledger_stretch SET unit = '01'")
        database.commit()
    keeper.backup()
    said = keeper.say("drill", "--to", str(keeper.folder), "--identity", str(keeper.secret))
    assert said.returncode == 1
    assert "名簿の違い" in said.stdout


def test_a_full_disk_during_a_backup_leaves_no_half_one(keeper: Keeper) -> None:
    first = keeper.backup()
    words = ("backup", "--to", str(keeper.folder), "--recipient", keeper.public)
    size = keeper.house.size()
    for limit in (size // 2, size + 4096):  # while the database is copied; while it is packed
        said = keeper.say(*words, program=LIMITED.format(limit))
        assert said.returncode == 1
        assert "ディスクに書けません" in said.stderr
        assert "Traceback" not in said.stderr
        assert keeper.files() == [first]
        assert not [each for each in keeper.folder.iterdir() if each.name.startswith(".")]
        assert not list(keeper.house.data.glob(".backup-*"))


def test_a_full_disk_during_a_load_changes_nothing(keeper: Keeper) -> None:
    house = keeper.house
    full = house.size()
    house.reset()
    empty = house.size()
    assert full > empty
    # What a load writes goes into the log of the database first: that must not get so long.
    for limit in (96 << 10, (full - empty) // 2):
        said = keeper.say(*house.load, program=LIMITED.format(limit))
        assert said.returncode == 1
        assert "ディスクに書けません" in said.stderr
        assert house.rows() == [0, 0, 0, 0]
        assert keeper.say("verify").returncode == 0
    assert keeper.say(*house.load).returncode in {0, 2}
    assert house.rows()[2] == PEOPLE


def test_a_pair_of_keys_is_made_and_never_overwritten(keeper: Keeper, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    said = keeper.say("backup", "key", str(path))
    assert said.stdout.startswith("age1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    held = path.read_bytes()
    assert keeper.say("backup", "key", str(path)).returncode == 1
    assert path.read_bytes() == held
