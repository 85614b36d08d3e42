"""Out by a definition, in by the same definition: no difference."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from meibo.apps.exchange.queries.feeds import house_of, masters_only, substitutes
from meibo.apps.exchange.queries.records import ROWS, records, visible
from meibo.apps.personnel.actions import intake
from meibo.domain.disclosure import Viewer
from meibo.ledger import policy
from meibo.platform.feeds import Definition, Record, load_definition, read_package
from meibo.platform.feeds.outbound import (
    OutSheet,
    build,
    layout_of,
    letters_of,
    reshaped,
    write,
)
from meibo.platform.feeds.package import read_master

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 4, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
APRIL = date(2027, 4, 1)
A = Path(settings.MEIBO_TOWN) / "feeds" / "package-a.toml"
FORMATS = ("csv", "tsv", "xlsx", "json", "fixed")
#: Read by what reads the others too; tried by `make soak`.
SLOW = frozenset({"tsv", "xlsx", "json"})
WIDTHS = 160


@pytest.fixture(scope="module")
def loaded(
    shared: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """Package A in the books, for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        intake.load(A, shared / "feeds", actor="test", now=NOW)
        yield shared / "feeds"
        transaction.set_rollback(True)


def all_seen(monkeypatch: pytest.MonkeyPatch) -> Viewer:
    """A payroll job to which the town shows every field that the package has."""
    seen = policy.table(NOW.date()).seen(frozenset({"payroll"})) | frozenset(ROWS.values())
    monkeypatch.setattr(
        "meibo.domain.disclosure.Table.seen", lambda self, ties, *, event=False: seen
    )
    return Viewer(frozenset({"payroll"}), NOW.date())


def wide(definition: Definition) -> Definition:
    """Every column with room for anything, for a file of fixed length."""
    files = tuple(
        replace(spec, columns=tuple(replace(c, bytes=WIDTHS) for c in spec.columns))
        for spec in definition.files
    )
    return replace(definition, files=files)


def sent(definition: Definition, viewer: Viewer, on: date) -> OutSheet:
    house = house_of(definition)
    sheet = layout_of(definition, on, ROWS.keys() - visible(viewer))
    write(
        sheet,
        records(viewer, on=on).items(),
        house,
        letters_of(definition, house, substitutes()),
        on,
    )
    return sheet


@pytest.mark.parametrize(
    "form", [pytest.param(each, marks=pytest.mark.soak if each in SLOW else ()) for each in FORMATS]
)
def test_what_package_a_brought_comes_back_as_it_went(
    loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    viewer = all_seen(monkeypatch)
    definition = masters_only(reshaped(wide(load_definition(A)), form))
    sheet = sent(definition, viewer, APRIL)
    ours = {str(v["staff_no"]): v for v in records(viewer, on=APRIL).values()}
    lines = {n for n, v in ours.items() if any("\n" in str(each) for each in v.values())}
    # A file of fixed length has no place for a line break: such a record is held back, and told.
    assert set(sheet.held.values()) == (lines if form == "fixed" else set())
    assert [f.code for _, f in sheet.findings] == ["line-break"] * len(sheet.held)
    (tmp_path / sheet.layout.name).write_bytes(build(sheet.layout, [r.cells for r in sheet.rows]))
    package = read_master(definition, tmp_path, house_of(definition))
    back = {r.values["staff_no"]: r.values for r in package.records["master"]}
    ours = {n: v for n, v in ours.items() if n not in sheet.held.values()}
    assert len(back) == len(ours) > 3000
    different = [
        (number, name, value, back[number][name])
        for number, values in ours.items()
        for name, value in values.items()
        if _plain(name, value) != _plain(name, back[number][name])
    ]
    assert different == []


def read_corrections(folder: Path) -> list[Record]:
    return read_package(load_definition(A), folder).records["corrections"]


def _plain(name: str, value: object) -> object:
    if name in ("leave", "dispatch") and value == "0":
        return None
    if name == "concurrent":
        pairs = value if isinstance(value, list) else []
        return frozenset(tuple(pair) for pair in pairs)
    return value or None


def test_taking_in_what_went_out_changes_nothing_in_the_books(
    loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = all_seen(monkeypatch)
    folder = tmp_path / "in"
    shutil.copytree(loaded, folder)
    definition = load_definition(A)
    sheet = sent(definition, viewer, APRIL)
    assert (folder / sheet.layout.name).is_file()
    (folder / sheet.layout.name).write_bytes(build(sheet.layout, [r.cells for r in sheet.rows]))
    outcome = intake.check(A, folder, now=NOW)
    told = [f for f in outcome.findings if f.file == sheet.layout.name]
    assert (outcome.summary["orders"], outcome.summary["filings"]) == (0, 0)
    # A master is held against what was known on its day; what goes out knows the later corrections.
    later = {
        r.values[name] for r in read_corrections(folder) for name in ("staff_no", "right_staff_no")
    }
    assert {f.staff_no for f in told if f.code.startswith("differs_")} <= later
