"""A delivery read beside the one before tells and does just what reading it whole would."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings as Settings
from django.db import transaction

from meibo.apps.personnel.actions import intake
from meibo.apps.personnel.actions.deliveries.differences import differences
from meibo.apps.personnel.actions.deliveries.survey import report_of
from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.findings import amendments_of, digests
from meibo.apps.personnel.models import OpenFinding
from meibo.ledger import memory, shredding
from meibo.ledger.models import Memory
from meibo.platform.feeds import load_definition
from meibo.platform.proposals.models import Proposal
from tests.apps.personnel.supplier import (
    Supplier,
    end_of_file,
    extension,
    extension_kept,
    left,
    telephone,
)
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
    amendments = amendments_of(load_definition(DEFINITION).name, digests(folder))
    desk = intake.lay_out(DEFINITION, folder, supplier.now, amendments=amendments)
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
    asked = [(ids[p.person], p.field, p.current, p.proposed) for p in desk.proposals]
    shown = [
        (e["kind"], ids.get(e["person"], e["person"]), e["title"], e["name"], e["rows"])
        for e in differences(desk)
    ]
    report = report_of(desk, {})
    outcome = intake.check(DEFINITION, folder, now=supplier.now)
    told = outcome.findings, outcome.summary, report["files"], asked, shown
    return *told, lines, filings, sorted(batch.people.values())


def settle(supplier: Supplier, folder: Path) -> None:
    """Somebody leaves rows out or corrects them, and the file is delivered once more."""
    whole = sorted(p for p in folder.iterdir() if p.name.startswith("職員マスタ"))[0]
    found = OpenFinding.objects.filter(file=whole.name, record__gt=0, way="").order_by("pk")
    for one in supplier.chance.sample(list(found), min(2, len(found))):
        one.way = supplier.chance.choice(("leave_out", "correct"))
        one.correction, one.digest = "1234", digests(folder)[whole.name]
        one.settled, one.settled_by = supplier.now, "test"
        one.save()


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
            if supplier.chance.random() < 0.3:
                settle(supplier, place)
                beside = looked_at(supplier, place)
                with forgotten():
                    assert beside == looked_at(supplier, place), what
                intake.load(DEFINITION, place, actor="test", now=supplier.now)
    return saved


@pytest.mark.parametrize("seed", [1, 5, 6, 7])
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


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_record_of_several_lines_is_known_again_as_a_whole(tmp_path: Path, end: str) -> None:
    supplier = Supplier(tmp_path, 9)
    for place in (3, 4, 9):  # two of them one behind the other
        supplier.set(supplier.rows[place], "備考", f"育児中{end}早出不可{end}{place}")
    for _ in range(2):
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    every = len(supplier.rows) - 1  # the first is always read
    assert spared(intake.lay_out(DEFINITION, supplier.send(), supplier.now)) == every
    supplier.set(supplier.rows[4], "備考", f"育児中{end}早出可{end}4")
    folder = supplier.send()
    desk = intake.lay_out(DEFINITION, folder, supplier.now)
    [filing] = desk.settle().filings
    assert (spared(desk), filing.value) == (every - 1, f"育児中{end}早出可{end}4")
    with forgotten():
        assert looked_at(supplier, folder) == looked_at(supplier, folder)


def test_what_has_been_written_is_not_read_once_more(tmp_path: Path) -> None:
    supplier = Supplier(tmp_path, 10)
    for _ in range(2):
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    before = spared(intake.lay_out(DEFINITION, supplier.send(), supplier.now))
    supplier.set(supplier.rows[7], "内線", "4321")
    supplier.base += timedelta(days=7)
    intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    supplier.base += timedelta(days=7)
    assert spared(intake.lay_out(DEFINITION, supplier.send(), supplier.now)) == before


def test_somebody_of_whom_the_book_says_something_new_is_looked_at_again(tmp_path: Path) -> None:
    supplier = Supplier(tmp_path, 2)
    for _ in range(2):
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    folder = supplier.send()
    before = spared(intake.lay_out(DEFINITION, folder, supplier.now))
    left(supplier)
    desk = intake.lay_out(DEFINITION, folder, supplier.now)
    assert spared(desk) == before - 1


def test_who_keeps_a_value_against_payroll_is_read_each_time_and_asked_for_once(
    tmp_path: Path,
) -> None:
    supplier = Supplier(tmp_path, 5)
    for _ in range(2):
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    before = spared(intake.lay_out(DEFINITION, supplier.send(), supplier.now))
    extension_kept(supplier)
    for _ in range(3):
        done = intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
        assert [f.code for f in done.findings].count("kept_by_roster") == 1
    assert Proposal.objects.count() == 1
    desk = intake.lay_out(DEFINITION, supplier.send(), supplier.now)
    assert (spared(desk), len(desk.proposals)) == (before - 1, 1)


def test_a_row_that_was_left_out_is_left_out_of_a_delivery_that_could_be_read_in_part(
    tmp_path: Path,
) -> None:
    supplier = Supplier(tmp_path, 6)
    supplier.set(supplier.rows[5], "内線", "１２３４")
    for _ in range(2):
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    folder = supplier.send()
    intake.load(DEFINITION, folder, actor="test", now=supplier.now)
    name = f"職員マスタ_{supplier.base:%Y%m%d}.csv"
    row = OpenFinding.objects.get(file=name, record=6, code="full-width")
    row.way, row.digest = "leave_out", digests(folder)[name]
    row.save()
    amendments = amendments_of(row.package, digests(folder))
    desk = intake.lay_out(DEFINITION, folder, supplier.now, amendments=amendments)
    assert spared(desk) == 0
    [count] = [c for c in desk.package.counts if c.role == "master"]
    assert (count.read, count.left_out) == (len(supplier.rows), 1)
    extension(supplier)  # another content, of which nothing was settled
    again = intake.lay_out(DEFINITION, supplier.send(), supplier.now)
    assert spared(again) > 0
    assert ("full-width", 6) in {(f.code, f.record) for f in again.findings}


def test_another_leader_of_a_field_is_another_reading(tmp_path: Path, settings: Settings) -> None:
    supplier = Supplier(tmp_path, 7)
    for _ in range(2):
        intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    town = tmp_path / "town"
    shutil.copytree(settings.MEIBO_TOWN, town)
    settings.MEIBO_TOWN = town
    assert spared(intake.lay_out(DEFINITION, supplier.send(), supplier.now)) > 0
    led = town / "ownership.csv"
    led.write_text(led.read_text("utf-8") + "step,号給,roster,,\n", "utf-8")
    assert spared(intake.lay_out(DEFINITION, supplier.send(), supplier.now)) == 0


def test_what_others_write_while_a_delivery_is_laid_out_does_not_look_known(
    tmp_path: Path,
) -> None:
    supplier = Supplier(tmp_path, 8)
    intake.load(DEFINITION, supplier.send(), actor="test", now=supplier.now)
    desk = intake.lay_out(DEFINITION, supplier.send(), supplier.now)
    before = Memory.objects.get().content
    extension_kept(supplier)
    intake.take_in(desk, actor="test", now=supplier.now)
    assert Memory.objects.get().content == before


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
