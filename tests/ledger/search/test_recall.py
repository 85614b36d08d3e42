"""Everybody is found however their name is written, and nobody else for it."""

import pytest

from benchmarks import search_measure, search_recall
from benchmarks.town import Staff, Town
from meibo.domain.finding import everything
from meibo.ledger import search

pytestmark = pytest.mark.django_db


def test_everyone_is_found_however_written_and_namesakes_stay_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_recall, "_PEOPLE", 60)
    sample: list[Staff] = []
    recall = search_recall.Recall()
    twins = Town(400, seed=3)
    twins._given = twins._given[:12]  # so that many share a name
    search.write(search_measure._keys(twins, sample, recall))
    answer = recall.ask(sample, everything(search_measure.FIELDS))
    missed = {k: v for k, v in answer["recall"].items() if v["found"] != v["asked"]}
    assert missed == {}
    assert len(answer["recall"]) == 28
    namesakes = answer["namesakes"]
    assert namesakes["groups"] > 5
    assert namesakes["listed"] == namesakes["people"]
    assert namesakes["wrong"] == 0
