"""The witness sees who takes sensitive values off cards, and nothing else."""

import pytest

from meibo.domain.book import Effect
from meibo.ledger import reader
from meibo.ledger.witness import watching
from meibo.ledger.writer import Batch
from tests.ledger import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody() -> str:
    batch = scenes.house()
    person = scenes.hire(batch, "0000003", "渡辺　明美", "ワタナベ　アケミ", "01010010", "070")
    for field, value in (
        ("maiden_name", "今枝"),
        ("maiden_kana", "イマエダ"),
        ("uses_maiden_name", "1"),
    ):
        scenes.file(batch, person, field, value)
    scenes.append(batch)
    return person


def test_a_sensitive_value_that_is_read_is_seen(somebody: str) -> None:
    with watching() as seen:
        card = reader.card(scenes.viewer("hr"), somebody, on=scenes.TODAY)
        assert card is not None
        assert card["birth_date"] == "1990-05-06"
    assert seen.read == {somebody: {"birth_date"}}


def test_the_record_name_in_the_place_of_the_name_is_seen(somebody: str) -> None:
    with watching() as seen:
        card = reader.card(scenes.viewer("hr"), somebody, on=scenes.TODAY)
        assert card is not None
        assert card.get("name") == "渡辺　明美"
    assert seen.read == {somebody: {"record_name"}}


def test_asking_whether_a_value_is_there_is_no_reading(somebody: str) -> None:
    with watching() as seen:
        card = reader.card(scenes.viewer("hr"), somebody, on=scenes.TODAY)
        assert card is not None
        assert "birth_date" in card
        assert "birth_date" in card.filled
        assert card["post"] == "主事"
        assert card["note"] is None
    assert not seen.read


def test_ones_own_record_is_nobody_elses_business(somebody: str) -> None:
    viewer = scenes.viewer("hr", "staff", person=somebody)
    with watching() as seen:
        card = reader.card(viewer, somebody, on=scenes.TODAY)
        assert card is not None
        assert dict(card)["birth_date"]
        assert reader.history(viewer, somebody)
    assert not seen.read


def test_the_orders_of_somebody_are_seen(somebody: str) -> None:
    with watching() as seen:
        assert reader.history(scenes.viewer("hr"), somebody)
    assert seen.read == {somebody: {"orders"}}


def test_being_found_by_what_few_may_search_by_is_seen(somebody: str) -> None:
    with watching() as seen:
        assert reader.search(scenes.viewer("hr"), "渡辺", on=scenes.TODAY).total == 1
        assert reader.search(scenes.viewer("staff"), "今枝", on=scenes.TODAY).total == 1
    assert seen.sought == {somebody: {"record_name"}}


def test_what_is_written_is_seen(somebody: str) -> None:
    batch = Batch()
    batch.add(scenes.order(somebody, scenes.TODAY, Effect.MOVE, unit="02010000", post="070"))
    scenes.file(batch, somebody, "allotment:1", "x")
    with watching() as seen:
        scenes.append(batch)
    assert seen.changed == {somebody: {"配置換", "allotment"}}
