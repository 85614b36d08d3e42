"""feed out, feed ack: what a timer at night sends, and what comes back."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from meibo.config.cli import feed
from tests.config.cli.conftest import Meibo
from tests.ledger.scenes import NOW, TODAY

LINK = str(Path(settings.MEIBO_TOWN) / "feeds" / "payroll-link.toml")


@pytest.fixture
def sending(loaded: Meibo, monkeypatch: pytest.MonkeyPatch) -> Meibo:
    monkeypatch.setattr(feed, "today", lambda: TODAY)
    monkeypatch.setattr(feed, "now", lambda: NOW)
    return loaded


def out(sending: Meibo, folder: Path, *more: str) -> tuple[int, str, str]:
    said = sending("feed", "out", LINK, "--to", str(folder), *more)
    return said.code, said.out, said.err


def test_a_delivery_is_written_and_told_with_its_totals(sending: Meibo, tmp_path: Path) -> None:
    code, told, _ = out(sending, tmp_path, "--full", "--json")
    report = json.loads(told)
    assert code == 0
    assert (report["number"], report["rows"], report["full"]) == (1, 3, True)
    written = Path(report["file"])
    assert written.parent == tmp_path
    assert len(written.read_bytes().decode("cp932").splitlines()) == 1 + 3 + 1


def test_an_answer_makes_the_next_difference_empty(sending: Meibo, tmp_path: Path) -> None:
    out(sending, tmp_path, "--full")
    answer = tmp_path / "answer.csv"
    answer.write_bytes("送出番号,職員番号,結果\r\n1,,0\r\n".encode("cp932"))
    assert sending("feed", "ack", str(answer)).code == 0
    code, told, said = out(sending, tmp_path)
    assert (code, told) == (1, "")
    assert "変わったところはありません" in said


def test_a_refused_line_is_a_warning_of_the_command(sending: Meibo, tmp_path: Path) -> None:
    out(sending, tmp_path, "--full")
    answer = tmp_path / "answer.csv"
    answer.write_bytes("送出番号,職員番号,結果\r\n1,0000003,9\r\n".encode("cp932"))
    said = sending("feed", "ack", str(answer), "--json")
    assert (said.code, json.loads(said.out)["refused"]) == (2, 1)


def test_another_format_has_another_name(sending: Meibo, tmp_path: Path) -> None:
    for form, ending in (("xlsx", ".xlsx"), ("fixed", ".txt"), ("json", ".json")):
        report = json.loads(out(sending, tmp_path, "--full", "--format", form, "--json")[1])
        assert Path(report["file"]).suffix == ending


def test_what_cannot_be_done_is_said(sending: Meibo, tmp_path: Path) -> None:
    code, _, said = out(sending, tmp_path / "nowhere", "--full")
    assert (code, "MEIBO_OUT_DIR" in said) == (1, True)
    bad = tmp_path / "bad.toml"
    bad.write_text("name = 'x'", encoding="utf-8")
    told = sending("feed", "out", str(bad), "--to", str(tmp_path))
    assert (told.code, "[out]" in told.err) == (1, True)
    gone = sending("feed", "ack", str(tmp_path / "none.csv"))
    assert (gone.code, "読めません" in gone.err) == (1, True)


def test_rows_that_an_answer_does_not_name_are_agreed_to_by_their_number(
    sending: Meibo, tmp_path: Path
) -> None:
    out(sending, tmp_path, "--full")
    answer = tmp_path / "answer.csv"
    answer.write_bytes("送出番号,職員番号,結果\r\n1,0000003,0\r\n".encode("cp932"))
    refused = sending("feed", "ack", str(answer))
    assert (refused.code, "--rest 2" in refused.err) == (1, True)
    said = sending("feed", "ack", str(answer), "--rest", "2", "--json")
    report = json.loads(said.out)
    assert (said.code, report["named"], report["rest"], report["state"]) == (0, 1, 2, "accepted")
