"""The books are appended to, never changed; the drawn tables follow in the same transaction."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from meibo.domain.book import Effect
from meibo.ledger import check, draw, reader, vault, writer
from meibo.ledger.models import BookLine, DataKey, FilingLine, Stretch
from meibo.ledger.writer import Batch
from tests.ledger import scenes

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)


@pytest.fixture
def anna() -> str:
    batch = scenes.house()
    person = scenes.hire(batch, "0000001", "髙橋　杏奈", "タカハシ　アンナ", "01010010", "070")
    scenes.append(batch)
    return person


@pytest.mark.parametrize("table", ["ledger_bookline", "ledger_filingline"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET actor = 'x'"])
def test_the_database_itself_refuses_to_change_a_book(anna: str, table: str, verb: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(verb.format(table))


def test_an_announced_order_shows_on_its_day_and_not_before(anna: str) -> None:
    batch = Batch()
    batch.add(scenes.order(anna, APRIL, Effect.MOVE, unit="02010000", post="060"))
    scenes.append(batch)
    staff = scenes.viewer("staff")
    before = reader.card(staff, anna, on=APRIL - timedelta(days=1))
    after = reader.card(staff, anna, on=APRIL)
    assert before is not None
    assert after is not None
    assert before["unit_path"] == ["区民部", "税務課", "納税係"]
    assert (after["unit_path"], after["post"]) == (["福祉部", "福祉課"], "主任")


def test_what_was_believed_then_is_answered_from_the_lines_of_then(anna: str) -> None:
    batch = Batch()
    move = scenes.order(anna, date(2026, 10, 1), Effect.MOVE, unit="02010000")
    batch.add(replace(move, recorded=scenes.NOW))
    scenes.append(batch)
    hr = scenes.viewer("hr")
    day = date(2026, 10, 15)
    now = reader.card(hr, anna, on=day)
    then = reader.card(hr, anna, on=day, known=scenes.NOW - timedelta(days=1))
    assert now is not None
    assert then is not None
    assert (now["unit_code"], then["unit_code"]) == ("02010000", "01010010")


def test_a_void_of_somebody_elses_order_is_refused_and_nothing_is_written(anna: str) -> None:
    lines = BookLine.objects.count()
    batch = Batch()
    ben = scenes.hire(batch, "0000002", "別　人", "ベツ　ジン", "01010010", "070")
    first = BookLine.objects.get(person=anna).no
    batch.add(replace(scenes.order(ben, scenes.START, Effect.VOID), voids=first))
    with pytest.raises(ValueError, match="同じ職員"):
        scenes.append(batch)
    assert BookLine.objects.count() == lines


def test_lines_of_one_batch_may_name_each_other(anna: str) -> None:
    batch = Batch()
    move = batch.add(scenes.order(anna, APRIL, Effect.MOVE, unit="02010000"))
    batch.add(replace(scenes.order(anna, APRIL, Effect.VOID, "取消"), voids=move.no))
    numbers = scenes.append(batch)
    void = BookLine.objects.get(effect="void")
    assert void.voids == numbers[move.no]
    card = reader.card(scenes.viewer("staff"), anna, on=APRIL)
    assert card is not None
    assert card["unit_code"] == "01010010"


def test_values_of_people_are_ciphertext_in_the_book(anna: str) -> None:
    rows = list(FilingLine.objects.filter(subject=anna))
    assert len(rows) == 4
    assert all(row.sealed and row.value and "髙橋" not in row.value for row in rows)
    assert "1990-05-06" not in Stretch.objects.get(person=anna).state


def test_without_its_key_a_sealed_value_is_gone(anna: str) -> None:
    hr = scenes.viewer("hr")
    card = reader.card(hr, anna, on=scenes.TODAY)
    assert card is not None
    assert card["birth_date"] == "1990-05-06"
    DataKey.objects.filter(person_id=anna).delete()
    card = reader.card(hr, anna, on=scenes.TODAY)
    assert card is not None
    assert card["birth_date"] is None


def test_verify_finds_no_difference_and_finds_one_that_was_made(anna: str) -> None:
    assert check.verify().differences == []
    Stretch.objects.filter(person=anna).update(unit="02010000")
    assert len(check.verify().differences) == 2
    Stretch.objects.all().delete()
    assert len(check.verify().differences) == 1


def test_a_failure_in_the_middle_of_an_append_leaves_everything_as_it_was(
    anna: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("meibo.ledger.draw._store", fail)
    batch = Batch()
    batch.add(scenes.order(anna, APRIL, Effect.MOVE, unit="02010000"))
    with pytest.raises(RuntimeError):
        scenes.append(batch)
    monkeypatch.undo()
    assert BookLine.objects.count() == 1
    assert check.verify().differences == []


def test_a_reorganisation_carries_everyone_and_its_void_brings_them_back(anna: str) -> None:
    from meibo.domain.book import Line, Succession, SuccessionTable

    batch = Batch()
    table = SuccessionTable([Succession("01010010", "02010000", "移管")])
    line = Line(0, APRIL, scenes.NOW, Effect.REMAP, wording="組織改正", successions=table)
    batch.add(line)
    numbers = scenes.append(batch)
    hr = scenes.viewer("hr")
    card = reader.card(hr, anna, on=APRIL)
    assert card is not None
    assert (card["unit_code"], card["unit_since"]) == ("02010000", scenes.START.isoformat())
    back = Batch()
    back.add(Line(0, APRIL, scenes.NOW, Effect.VOID, voids=next(iter(numbers.values()))))
    scenes.append(back)
    card = reader.card(hr, anna, on=APRIL)
    assert card is not None
    assert card["unit_code"] == "01010010"
    assert check.verify().differences == []


def test_ids_are_opaque_and_differ() -> None:
    made = {writer.new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(len(i) == 21 for i in made)


def test_drawing_everything_anew_mends_what_was_damaged(anna: str) -> None:
    Stretch.objects.filter(person=anna).update(unit="02010000")
    draw.redraw_all()
    assert check.verify().differences == []


def test_another_master_key_is_noticed(anna: str, settings: Any, tmp_path: Path) -> None:
    assert vault.master_fits()
    settings.MEIBO_MASTER_KEY = bytes(32)
    settings.MEIBO_MASTER_KEY_FILE = None
    settings.MEIBO_DATA = tmp_path
    assert not vault.master_fits()
