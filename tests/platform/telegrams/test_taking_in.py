"""Telegrams are kept once, followed once, and what is decided is handed out once."""

import os
from pathlib import Path
from typing import Any

import pytest

from meibo.domain.telegram.tree import MOST_BYTES
from meibo.platform.alone import alone
from meibo.platform.telegrams import actions, listening, receivers
from meibo.platform.telegrams.actions import follow, forget, receive, tick
from meibo.platform.telegrams.dropping import sweep
from meibo.platform.telegrams.models import Decided, Telegram
from meibo.platform.telegrams.receivers import Handed
from tests.domain.telegram.made import QUICK, full, quick, telegram, wave
from tests.platform.telegrams.conftest import NOW, after

pytestmark = pytest.mark.django_db
HERE = "1310300"


def take(data: bytes, minutes: float = 0) -> Telegram:
    row, _ = receive(data, source="hand", name="a.xml", now=after(minutes))
    follow(now=after(minutes))
    return row


def dos(handed: list[Handed]) -> list[str]:
    return [str(h.decision.do) for h in handed]


def test_a_telegram_is_kept_as_it_came_with_what_it_means() -> None:
    data = quick({"350": "5+"})
    row = take(data)
    row.refresh_from_db()
    assert row.data == data
    assert (row.kind, row.action, row.intensity, row.areas) == ("VXSE51", "alarm", "5強", ["350"])
    assert row.followed_at == NOW
    assert not row.refused


def test_the_same_bytes_are_there_once_whichever_way_they_come(handed: list[Handed]) -> None:
    data = quick({"350": "5+"})
    first, new = receive(data, source="feed", name="https://x/a.xml", now=NOW)
    again, renewed = receive(data, source="drop", name="a.xml", now=after(1))
    assert (first.pk, new, renewed) == (again.pk, True, False)
    follow(now=NOW)
    assert follow(now=after(1)) == 0
    assert dos(handed) == ["start"]


def test_a_decision_is_handed_out_with_what_led_to_it(handed: list[Handed]) -> None:
    row = take(quick({"350": "5+"}))
    (one,) = handed
    assert (one.telegram, one.title, one.headline) == (row.pk, QUICK, "見出し")
    assert one.at == NOW
    assert one.decision.event == "20260301031500"
    kept = Decided.objects.get(pk=one.number)
    assert (kept.do, kept.telegram_id, kept.level["intensity"]) == ("start", row.pk, 50)


def test_a_start_waits_as_the_town_says_and_goes_once(handed: list[Handed]) -> None:
    take(quick({"350": "5-"}))
    assert dos(handed) == ["wait"]
    assert tick(now=after(0.5)) == 0
    assert tick(now=after(1)) == 1
    assert tick(now=after(2)) == 0
    assert dos(handed) == ["wait", "start"]
    assert handed[1].telegram is None


def test_what_is_taken_back_while_it_waits_is_not_started(handed: list[Handed]) -> None:
    take(quick({"350": "5-"}, at="03:17"))
    take(telegram(QUICK, info="取消", at="03:18"), 0.5)
    tick(now=after(5))
    assert dos(handed) == ["wait", "cancel"]


def test_a_person_may_go_before_the_engine_or_stop_it(handed: list[Handed]) -> None:
    take(quick({"350": "5-"}))
    actions.person_started("20260301031500", now=after(0.2))
    tick(now=after(5))
    take(full({"350": "5+"}, {HERE: "5+"}, at="03:20"), 5)
    assert dos(handed) == ["wait", "raise"]
    take(quick({"350": "5-"}, event="2", at="2026-03-07T03:17"), 6 * 24 * 60)
    actions.person_stopped("2")
    tick(now=after(7 * 24 * 60))
    assert dos(handed) == ["wait", "raise", "wait"]


def test_the_engine_remembers_between_two_workers(handed: list[Handed]) -> None:
    take(quick({"350": "5+"}))
    take(full({"350": "6-"}, {HERE: "6-"}, at="03:20"), 3)
    take(wave({"312": ("51", "00")}, at="03:21"), 4)
    assert dos(handed) == ["start", "raise", "raise"]


def test_what_a_receiver_can_not_take_is_followed_again_and_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    got: list[Handed] = []

    def fails_at_first(one: Handed) -> None:
        if one.decision.event == "bad" and len(got) < 1:
            raise RuntimeError("the outbox is not there")
        got.append(one)

    monkeypatch.setattr(receivers, "RECEIVERS", [fails_at_first])
    receive(quick({"350": "5+"}, event="bad"), source="hand", name="1", now=NOW)
    receive(quick({"350": "6-"}, event="good"), source="hand", name="2", now=NOW)
    assert follow(now=NOW) == 1
    assert [h.decision.event for h in got] == ["good"]
    assert Decided.objects.count() == 1
    assert follow(now=after(1)) == 1
    assert [h.decision.event for h in got] == ["good", "bad"]
    assert Decided.objects.count() == 2


def test_a_telegram_that_nobody_can_follow_is_given_up_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_one: Handed) -> None:
        raise RuntimeError

    monkeypatch.setattr(receivers, "RECEIVERS", [fails])
    receive(quick({"350": "5+"}), source="hand", name="1", now=NOW)
    follow(now=after(60))
    assert Telegram.objects.filter(followed_at=None).exists()
    follow(now=after(7 * 60))
    assert not Telegram.objects.filter(followed_at=None).exists()


def test_a_receiver_may_be_named_by_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receivers, "RECEIVERS", ["tests.platform.telegrams.heard.hear"])
    from tests.platform.telegrams import heard

    take(quick({"350": "5+"}))
    assert [h.decision.do for h in heard.HEARD] == ["start"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "DTD"),
        (b"<Report", "壊れて"),
        (b"no xml at all", "壊れて"),
        (b"", "空"),
        (b" " * (MOST_BYTES + 1) + b"x", "大きすぎ"),
    ],
)
def test_what_can_not_be_read_is_logged_with_its_reason_and_never_followed(
    data: bytes, why: str, caplog: pytest.LogCaptureFixture, handed: list[Handed]
) -> None:
    with caplog.at_level("WARNING", "meibo.telegrams"):
        row = take(data)
    assert row.refused
    assert why in row.reason
    assert row.action == "ignore"
    assert "a.xml" in caplog.text
    assert why in caplog.text
    assert len(row.data) <= MOST_BYTES
    assert not handed


def lay(folder: Path, name: str, data: bytes, age: float = 10) -> Path:
    path = folder / name
    path.write_bytes(data)
    written = NOW.timestamp() - age
    os.utime(path, (written, written))
    return path


def test_a_file_in_the_drop_folder_is_taken_when_it_is_complete(drop: Path) -> None:
    lay(drop, "a.xml", quick({"350": "5+"}))
    lay(drop, "growing.xml", quick({"350": "6-"}), age=0)
    lay(drop, "b.xml.tmp", b"half")
    lay(drop, ".c.xml", b"half")
    (drop / "link.xml").symlink_to("/etc/hostname")
    assert sweep(now=NOW) == 1
    assert [t.name for t in Telegram.objects.all()] == ["a.xml"]
    left = {p.name for p in drop.iterdir()}
    assert left == {"growing.xml", "b.xml.tmp", ".c.xml", "link.xml", "done"}
    assert sweep(now=after(1)) == 1


def test_what_is_refused_is_laid_apart_with_the_reason(drop: Path) -> None:
    lay(drop, "bad.xml", b"<!DOCTYPE x><x/>")
    lay(drop, "broken.xml.gz", b"\x1f\x8brubbish")
    assert sweep(now=NOW) == 2
    reasons = [p.read_text("utf-8") for p in sorted((drop / "refused").glob("*.txt"))]
    assert "DTD" in reasons[0]
    assert "圧縮" in reasons[1]
    assert len(list((drop / "refused").iterdir())) == 4


def test_a_round_of_the_worker_takes_in_and_follows(drop: Path, handed: list[Handed]) -> None:
    lay(drop, "a.xml", quick({"350": "5+"}))
    listening.listen_once(lambda: NOW)
    assert dos(handed) == ["start"]


def test_one_way_in_that_fails_stops_no_other(
    drop: Path, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*, now: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(listening.polling, "poll", broken)
    lay(drop, "a.xml", quick({"350": "5+"}))
    listening.listen_once(lambda: NOW)
    assert dos(handed) == ["start"]


def test_a_second_listener_stays_out(drop: Path) -> None:
    lay(drop, "a.xml", quick({"350": "5+"}))
    with alone("telegrams") as mine:
        assert mine
        listening.listen_once(lambda: NOW)
    assert not Telegram.objects.exists()


def test_what_was_nothing_to_us_is_forgotten_after_a_month(handed: list[Handed]) -> None:
    take(quick({"220": "7"}))
    take(quick({"350": "5+"}, event="2"))
    forget(now=after(29 * 24 * 60))
    assert Telegram.objects.count() == 2
    forget(now=after(31 * 24 * 60))
    assert [t.action for t in Telegram.objects.all()] == ["alarm"]


def test_a_towns_file_with_a_slip_is_told_in_the_log(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MEIBO_TOWN = tmp_path
    # A text of its own: each is told of once.
    (tmp_path / "telegrams.toml").write_text(f'# {tmp_path}\n[[rule]]\nanswer = "go"', "utf-8")
    with caplog.at_level("ERROR", "meibo.telegrams"):
        _, wrong = actions.rules.current()
    assert len(wrong) == 1
    assert wrong[0] in caplog.text
