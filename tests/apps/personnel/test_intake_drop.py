"""受け渡しフォルダー: deliveries are taken when they are complete, once, and moved away."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from meibo.apps.personnel.actions.deliveries import drop, files
from meibo.apps.personnel.models import Intake
from meibo.config.cli import main
from meibo.platform.alone import alone
from tests.apps.directory.conftest import SignIn
from tests.apps.personnel.deliveries import NOW, package

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    settings.MEIBO_DATA = tmp_path / "data"
    settings.MEIBO_DATA.mkdir()
    settings.MEIBO_DROP_DIR = tmp_path / "drop"
    settings.MEIBO_DROP_DIR.mkdir()
    return tmp_path / "drop"


def deliver(place: Path, name: str = "11月分", *, minutes_ago: int = 5) -> Path:
    folder = place / name
    folder.mkdir()
    for file, data in package().items():
        (folder / file).write_bytes(data)
    moment = (NOW - timedelta(minutes=minutes_ago)).timestamp()
    for path in [*folder.iterdir(), folder]:
        os.utime(path, (moment, moment))
    return folder


def test_a_delivery_that_lies_still_is_taken_and_moved(place: Path) -> None:
    folder = deliver(place)
    (number,) = drop.sweep(now=NOW)
    found = Intake.objects.get(pk=number)
    assert (found.source, found.definition, found.state) == ("drop", "package-a", "open")
    assert not folder.exists()
    assert [p.name.startswith("11月分-") for p in (place / "done").iterdir()] == [True]
    assert {name for name, _ in files.names(number)} == set(package())
    assert drop.sweep(now=NOW) == []


def test_a_delivery_that_still_grows_waits(place: Path) -> None:
    folder = deliver(place, minutes_ago=0)
    assert drop.sweep(now=NOW + timedelta(seconds=59)) == []
    assert folder.exists()
    assert len(drop.sweep(now=NOW + timedelta(seconds=61))) == 1


def test_the_mark_of_completeness_needs_no_waiting(place: Path) -> None:
    folder = deliver(place, minutes_ago=0)
    (folder / "完了.txt").write_text("")
    (number,) = drop.sweep(now=NOW)
    assert "完了.txt" not in dict(files.names(number))


def test_what_cannot_be_taken_is_put_aside_with_the_reason(place: Path) -> None:
    folder = deliver(place)
    (folder / "写真.jpg").write_bytes(b"x")
    moment = (NOW - timedelta(hours=1)).timestamp()
    os.utime(folder, (moment, moment))
    os.utime(folder / "写真.jpg", (moment, moment))
    assert drop.sweep(now=NOW) == []
    (refused,) = (place / "refused").iterdir()
    assert "写真.jpg" in (refused / "理由.txt").read_text("utf-8")
    assert not Intake.objects.exists()


def test_a_link_out_of_the_folder_is_not_followed(place: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("x")
    (place / "link").symlink_to(tmp_path)
    folder = deliver(place)
    (folder / "職員.csv").symlink_to(secret)
    moment = (NOW - timedelta(hours=1)).timestamp()
    os.utime(folder, (moment, moment))
    (number,) = drop.sweep(now=NOW)
    assert "職員.csv" not in dict(files.names(number))


def test_killed_before_it_was_moved_it_is_not_taken_twice(place: Path) -> None:
    deliver(place)
    (number,) = drop.sweep(now=NOW)
    (taken,) = (place / "done").iterdir()
    taken.rename(place / "11月分")  # as if the move had not happened
    assert drop.sweep(now=NOW + timedelta(hours=1)) == []
    assert list(Intake.objects.values_list("pk", flat=True)) == [number]
    assert not (place / "11月分").exists()


def test_while_somebody_else_sweeps_nothing_is_taken(place: Path) -> None:
    deliver(place)
    with alone("intake") as mine:
        assert mine
        assert drop.sweep(now=NOW) == []
    assert len(drop.sweep(now=NOW)) == 1


def test_the_page_picks_up_what_lies_there(place: Path, signed_in: SignIn) -> None:
    clerk = signed_in("人事係", "060", ("hr",))
    deliver(place)
    told = clerk.post("/personnel/intake/sweep", follow=True).content.decode()
    assert "1件を受け取りました" in told
    assert "受け渡しフォルダーから" in told
    told = clerk.post("/personnel/intake/sweep", follow=True).content.decode()
    assert "受け取れるものはありません" in told


def test_the_command_takes_what_lies_there(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(place)
    monkeypatch.setattr("meibo.config.cli.intake.now", lambda: NOW)
    monkeypatch.setattr("meibo.config.cli.intake.require_ready", lambda: None)
    with pytest.raises(SystemExit) as left:
        main(["intake", "watch", "--once"])
    assert left.value.code == 0
    assert "受け取りました: 1件" in capsys.readouterr().err


def test_the_command_says_that_no_folder_is_set(
    settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEIBO_DROP_DIR = None
    monkeypatch.setattr("meibo.config.cli.intake.require_ready", lambda: None)
    with pytest.raises(SystemExit) as left:
        main(["intake", "watch", "--once"])
    assert left.value.code == 1
    assert "MEIBO_DROP_DIR" in capsys.readouterr().err
