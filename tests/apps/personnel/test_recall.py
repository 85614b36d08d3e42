"""A delivery read beside the one before tells and does just what reading it whole would."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from meibo.apps.personnel.actions import intake
from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.ledger import memory, shredding
from meibo.ledger.models import Memory
from tests.apps.personnel.supplier import Supplier, end_of_file, extension, left, telephone
from tests.platform.feeds.ward import DEFINITION

pytestmark = pytest.mark.django_db


@contextmanager
def forgotten() -> Iterator[None]:
    """As if nothing were kept of the deliveries before."""
    with transaction.atomic():
        memory.forget()
        yield
        transaction.set_rollback(True)


def looked_at(supplier: Supplier, folder: Path) -> tuple[Any, ...]:
    """What is told and what would be written, without the ids that are given anew each time."""
    desk = intake.lay_out(DEFINITION, folder, supplier.now)
    ids = {person: number for number, person in desk.shelf.numbers.items()}
    batch = desk.settle()
    first = min((line.no for line in batch.lines), default=0)
    lines = [
        (
            ids.get(x.person, x.person),
            x.no - first,
            x.effective,
            x.effect,
            x.unit,
            x.post,
            x.term_end,
        )
        for x in batch.lines
    ]
    filings = [
        (ids.get(f.subject, f.subject), f.field, f.value, f.effective, f.until)
        for f in batch.filings
    ]
    outcome = intake.check(DEFINITION, folder, now=supplier.now)
    return outcome.findings, outcome.summary, lines, filings, sorted(batch.people.values())


def spared(desk: Desk) -> int:
    """How many lines of the master were not read."""
    return desk.package.spared("master")


def deliver(folder: Path, seed: int, times: int) -> int:
    """Deliver again and again, and hold the two ways against each other; lines not read."""
    supplier = Supplier(folder, seed)
    intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    saved = 0
    for _ in range(times):
        what = supplier.happens()
        place = supplier.send()
        beside = looked_at(supplier, place)
        saved += spared(intake.lay_out(DEFINITION, place, supplier.now))
        with forgotten():
            whole = looked_at(supplier, place)
        assert beside == whole, what
        if supplier.chance.random() < 0.7:
            done = intake.load(DEFINITION, place, actor="test", now=supplier.now)
            assert done.findings == whole[0], what
    return saved


@pytest.mark.parametrize("seed", range(4))
def test_reading_beside_the_last_delivery_is_reading_it_whole(tmp_path: Path, seed: int) -> None:
    assert deliver(tmp_path, seed, 4) > 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 140))
def test_reading_beside_the_last_delivery_is_reading_it_whole_for_long(
    tmp_path: Path, seed: int
) -> None:
    deliver(tmp_path, seed, 8)


def test_lines_that_stayed_are_not_read_and_their_findings_are_told_again(tmp_path: Path) -> None:
    supplier = Supplier(tmp_path, 1)
    telephone(supplier)
    supplier.set(supplier.rows[5], "内線", "１２３４")
    for _ in range(2):  # a first load, and one in which its findings are seen to stay
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    extension(supplier)
    end_of_file(supplier)
    folder = supplier.send()
    desk = intake.lay_out(DEFINITION, folder, supplier.now)
    assert spared(desk) >= len(supplier.rows) - 8
    told = [(f.code, f.record) for f in desk.findings if f.file.startswith("職員マスタ")]
    assert ("full-width", 6) in told
    assert ("control-z", None) in told


def test_somebody_of_whom_the_book_says_something_new_is_looked_at_again(tmp_path: Path) -> None:
    supplier = Supplier(tmp_path, 2)
    for _ in range(2):
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    folder = supplier.send()
    before = spared(intake.lay_out(DEFINITION, folder, supplier.now))
    left(supplier)
    desk = intake.lay_out(DEFINITION, folder, supplier.now)
    assert spared(desk) == before - 1


def test_what_is_kept_can_be_read_with_the_master_key_alone_and_goes_with_a_record(
    tmp_path: Path,
) -> None:
    supplier = Supplier(tmp_path, 3)
    intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    note = Memory.objects.get()
    assert supplier.rows[0][0].encode() not in bytes(note.content)
    kept = memory.kept(note.name)
    assert kept is not None
    assert supplier.rows[0][0].encode() in kept.content
    Memory.objects.update(content=bytes(note.content)[:-1] + b"\0")
    assert memory.kept(note.name) is None
    intake.check(DEFINITION, supplier.send(), now=supplier.now)  # read whole, that is all
    person = supplier.person(supplier.rows[0])
    assert person is not None
    with pytest.raises(ValueError, match="在職中"):
        shredding.shred(person, actor="test", now=supplier.now)
    assert Memory.objects.exists()
