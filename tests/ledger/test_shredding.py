"""Whoever was shredded can't be read any more: not by reading, and not by drawing anew."""

from datetime import date

import pytest

from meibo.domain.book import Effect
from meibo.ledger import check, draw, holdings, reader, shredding, writer
from meibo.ledger.models import BookLine, DataKey, FilingLine, Person, SearchEntry, Seat, Stretch
from meibo.ledger.writer import Batch, NewFiling
from tests.ledger.scenes import (
    KNOWN,
    NOW,
    START,
    TODAY,
    append,
    file,
    hire,
    house,
    order,
    viewer,
)

LEFT = date(2021, 3, 31)
HR = viewer("hr")


@pytest.fixture
def gone(db: None) -> str:
    """Somebody who left long ago, beside one who stays."""
    batch = house()
    person = hire(batch, "0009001", "鶴見　紗英子", "ツルミ　サエコ", "01010010", "070")
    file(batch, person, "photo", "0009001.jpg")
    hire(batch, "0009002", "山田　一郎", "ヤマダ　イチロウ", "01010010", "050")
    batch.add(order(person, LEFT, Effect.LEAVE, "退職"))
    append(batch)
    return person


def shred(person: str) -> shredding.Shredded:
    return shredding.shred(person, actor="test", now=NOW)


def test_who_left_is_listed_with_the_last_day_and_who_stays_is_not(gone: str) -> None:
    assert shredding.gone(TODAY) == {gone: LEFT}
    assert shredding.gone(LEFT) == {}
    assert shredding.gone(date(2021, 4, 1)) == {gone: LEFT}


def test_no_row_of_a_book_changes_and_everything_still_fits_together(gone: str) -> None:
    books = [list(m.objects.order_by("no").values_list()) for m in (BookLine, FilingLine)]
    assert shred(gone) == shredding.Shredded({gone: "0009001"}, ("0009001.jpg",))
    assert books == [list(m.objects.order_by("no").values_list()) for m in (BookLine, FilingLine)]
    verdict = check.verify()
    assert (verdict.checked, verdict.differences) == (1, [])


def test_nothing_of_the_person_comes_back_however_often_it_is_drawn(gone: str) -> None:
    shred(gone)
    for _ in range(2):
        for table in (Stretch, Seat):
            assert not table.objects.filter(person=gone).exists()
        assert not SearchEntry.objects.filter(subject=gone).exists()
        assert not DataKey.objects.filter(person_id=gone).exists()
        assert reader.card(HR, gone, on=START) is None
        assert reader.card(HR, gone, on=START, known=NOW) is None
        assert reader.history(HR, gone) == []
        for words in ("鶴見", "ツルミ", "0009001"):
            assert not reader.search(HR, words, on=START).hits
        draw.redraw_all()
        assert check.verify().differences == []
    found = holdings.held(gone)
    assert {each["value"] for each in found.filings} == {None}
    assert (found.staff_no, found.states, found.names) == (None, [], frozenset())


def test_shredding_twice_is_shredding_once(gone: str) -> None:
    shred(gone)
    assert shred(gone) == shredding.Shredded({}, ())
    assert Person.objects.get(pk=gone).shredded


def test_nothing_can_be_written_of_them_any_more(gone: str) -> None:
    shred(gone)
    batch = Batch(filings=[NewFiling(gone, "name", "鶴見　紗英子", START, KNOWN)])
    with pytest.raises(ValueError, match="消された"):
        writer.append(batch, actor="test", now=NOW)
    assert FilingLine.objects.filter(subject=gone).count() == 5


def test_who_is_in_service_or_will_be_is_not_shredded(gone: str) -> None:
    stays = Person.objects.get(staff_no="0009002").pk
    with pytest.raises(ValueError, match="在職中"):
        shred(stays)
    with pytest.raises(ValueError, match="名簿にない"):
        shred("nobody")
    assert reader.card(HR, stays, on=TODAY) is not None


def test_an_older_copy_is_told_again_whom_it_has_to_forget(gone: str) -> None:
    assert shredding.shred_again([gone, "nobody"], actor="test", now=NOW) == 1
    assert shredding.shred_again([gone], actor="test", now=NOW) == 0
