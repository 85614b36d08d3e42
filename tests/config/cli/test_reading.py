"""roster, person, search, changes: their forms, their exit codes, and who is looking."""

import csv
import io
import json

import pytest

from meibo.domain.disclosure import TIES
from meibo.ledger.writer import Batch
from tests.config.cli.conftest import Meibo
from tests.ledger import scenes

PEOPLE = ["髙橋　花子", "佐藤　健太", "鈴木　美咲"]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_roster_in_json_is_a_list_of_everyone_once_in_the_order_of_the_house(
    loaded: Meibo,
) -> None:
    said = loaded("roster", "--format", "json")
    rows = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert [row["name"] for row in rows] == PEOPLE
    assert all(row["id"] and "staff_no" not in row for row in rows)
    assert rows[0]["unit_path"] == ["総務部", "総務課"]


def test_the_roster_in_csv_has_a_line_for_each_and_every_field(loaded: Meibo) -> None:
    said = loaded("roster", "--format", "csv", "--as", "tie:hr")
    rows = rows_of(said.out)
    assert [row["name"] for row in rows] == PEOPLE
    assert (rows[2]["staff_no"], rows[2]["birth_date"], rows[2]["unit_path"]) == (
        "0000003",
        "1995-09-10",
        "総務部 税務課",
    )


def test_a_table_is_for_people_and_has_headings_in_japanese(loaded: Meibo) -> None:
    lines = loaded("roster").out.splitlines()
    assert lines[0].split() == ["氏名", "読み", "所属", "職", "内線"]
    assert len(lines) == 4


def test_the_day_decides_who_is_there_and_where(loaded: Meibo) -> None:
    rows = json.loads(loaded("roster", "--on", "2027-04-01", "--format", "json").out)
    assert [(row["name"], row["post"]) for row in rows] == [
        ("佐藤　健太", "係長"),
        ("鈴木　美咲", "係長"),
    ]


def test_a_unit_means_all_below_it_and_an_unknown_one_nobody(loaded: Meibo) -> None:
    counts = [
        len(json.loads(loaded("roster", "--unit", unit, "--format", "json").out))
        for unit in ("01", "0101", "0102", "99")
    ]
    assert counts == [3, 2, 1, 0]


def test_what_was_known_earlier_leaves_out_what_was_recorded_later(loaded: Meibo) -> None:
    batch = Batch()
    person = json.loads(loaded("person", "0000002", "--format", "json").out)["id"]
    batch.add(scenes.order(person, scenes.TODAY, scenes.Effect.MOVE, unit="0102"))
    scenes.append(batch)
    asked = ["person", "0000002", "--format", "json"]
    now = json.loads(loaded(*asked).out)
    then = json.loads(loaded(*asked, "--known", "2026-11-22").out)
    same_day = json.loads(loaded(*asked, "--known", "2026-11-23").out)
    earlier = json.loads(loaded(*asked, "--known", "2026-11-23T08:59").out)
    assert [card["unit_code"] for card in (now, then, same_day, earlier)] == [
        *("0102", "0101", "0102", "0101")
    ]


def test_a_person_is_one_object(loaded: Meibo) -> None:
    said = loaded("person", "0000001", "--format", "json", "--as", "tie:hr")
    card = json.loads(said.out)
    assert said.code == 0
    assert (card["name"], card["staff_no"], card["hired"]) == (
        "髙橋　花子",
        "0000001",
        "2000-04-01",
    )
    by_id = loaded("person", card["id"], "--format", "json", "--as", "tie:hr")
    assert json.loads(by_id.out) == card


def test_a_person_in_csv_is_one_line_and_in_a_table_a_line_a_field(loaded: Meibo) -> None:
    (row,) = rows_of(loaded("person", "0000001", "--format", "csv").out)
    assert row["name"] == "髙橋　花子"
    lines = loaded("person", "0000001").out.splitlines()
    assert lines[0].split() == ["項目", "値"]
    assert any(line.split() == ["name", "髙橋", "花子"] for line in lines)


@pytest.mark.parametrize("number", ["0000001", "9999999", "", "髙橋"])
def test_who_is_not_in_service_that_day_is_null_and_that_is_no_error(
    loaded: Meibo, number: str
) -> None:
    said = loaded("person", number, "--on", "1999-01-01", "--format", "json")
    assert (said.code, json.loads(said.out), said.err) == (0, None, "")


def test_for_people_who_is_not_in_service_is_told_in_words(loaded: Meibo) -> None:
    said = loaded("person", "0000001", "--on", "2027-04-01")
    assert (said.code, said.out) == (1, "")
    assert "2027-04-01に在職する「0000001」は見当たりません" in said.err


def test_a_search_is_a_list_in_order_each_with_the_reason(loaded: Meibo) -> None:
    rows = json.loads(loaded("search", "高橋", "--format", "json").out)
    assert [(row["name"], row["post"]) for row in rows] == [("髙橋　花子", "課長")]
    assert {"id", "name", "kana", "unit_path", "post", "why"} <= rows[0].keys()
    assert "髙橋" in rows[0]["why"]
    assert json.loads(loaded("search", "いない", "--format", "json").out) == []
    found = rows_of(loaded("search", "総務課", "--format", "csv").out)
    assert [row["name"] for row in found] == ["佐藤　健太", "髙橋　花子"]  # 五十音


def test_a_search_is_no_longer_than_asked(loaded: Meibo) -> None:
    assert len(json.loads(loaded("search", "総務", "--format", "json", "--limit", "2").out)) == 2


def test_changes_are_rows_of_both_days(loaded: Meibo) -> None:
    words = ["changes", "--from", "2026-11-23", "--to", "2027-04-01"]
    rows = json.loads(loaded(*words, "--format", "json", "--as", "tie:hr").out)
    assert {row["kind"] for row in rows} == {"leave", "move"}
    gone = next(row for row in rows if row["kind"] == "leave")
    assert (gone["effective"], gone["after"]) == ("2027-03-31", None)
    assert gone["before"]["name"] == "髙橋　花子"
    assert all(row["recorded"] for row in rows)
    plain = json.loads(loaded(*words, "--format", "json").out)
    assert [row["recorded"] for row in plain] == [None, None]
    assert [row["label"] for row in rows_of(loaded(*words, "--format", "csv").out)]
    assert loaded(*words).out.splitlines()[0].split()[:2] == ["種類", "発令日"]


def test_two_equal_days_have_nothing_different(loaded: Meibo) -> None:
    day = "2026-11-23"
    said = loaded("changes", "--from", day, "--to", day, "--format", "json")
    assert json.loads(said.out) == []


@pytest.mark.parametrize("viewer", ["tie:self", "tie:peer", "tie:", "tie:mayor", "9999999", ""])
@pytest.mark.parametrize("form", ["json", "table"])
def test_who_is_nobody_cannot_look(loaded: Meibo, viewer: str, form: str) -> None:
    said = loaded("roster", "--as", viewer, "--format", form)
    assert said.code == 1
    assert "--as" in said.err or "立場" in said.err
    if form == "json":
        assert json.loads(said.out).keys() == {"error"}
    else:
        assert said.out == ""


@pytest.mark.parametrize("tie", sorted(set(TIES) - {"self", "peer"}))
def test_every_tie_may_be_taken(loaded: Meibo, tie: str) -> None:
    said = loaded("roster", "--as", f"tie:{tie}", "--format", "json")
    expected = 0 if tie in {"public", "it", "audit"} else 3
    assert (said.code, len(json.loads(said.out))) == (0, expected)


def test_a_staff_number_looks_with_the_eyes_of_that_person(loaded: Meibo) -> None:
    rows = json.loads(loaded("roster", "--as", "0000001", "--format", "json").out)
    # A 課長 sees the numbers of her own section, and not of another one.
    assert [row.get("staff_no") for row in rows] == ["0000001", "0000002", None]


def test_a_cell_that_a_spreadsheet_would_run_is_marked_as_text(loaded: Meibo) -> None:
    batch = Batch()
    person = json.loads(loaded("person", "0000002", "--format", "json").out)["id"]
    scenes.file(batch, person, "extension", "=1+1")
    scenes.append(batch)
    rows = rows_of(loaded("roster", "--format", "csv").out)
    assert "'=1+1" in {row["extension"] for row in rows}


def test_what_people_say_is_found_and_told_beside_the_answer(loaded: Meibo) -> None:
    said = loaded("search", "高橋さん", "--format", "json")
    assert [row["name"] for row in json.loads(said.out)] == ["髙橋　花子"]
    assert said.err == "「高橋さん」では見つからないため、「高橋」でさがしました。\n"
    assert not loaded("search", "高橋", "--format", "json").err
