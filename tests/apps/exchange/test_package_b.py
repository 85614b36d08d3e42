"""The second package: a workbook without codes, headers of two rows, 和暦. Out and in again."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meibo.apps.exchange.queries.feeds import house_of, masters_only, substitutes
from meibo.apps.exchange.queries.records import ROWS, records, visible
from meibo.apps.personnel.actions import intake
from meibo.domain.disclosure import Viewer
from meibo.platform.feeds import load_definition
from meibo.platform.feeds.outbound import build, layout_of, letters_of, write
from meibo.platform.feeds.package import read_master
from tests.platform.feeds import package_b
from tests.platform.feeds.test_package_b import DEFINITION

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
ON = date(2026, 11, 23)
OUT = '\n[out]\nfile = "人事台帳.xlsx"\n'


def test_what_package_b_brought_comes_back_as_it_went(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    package_b.write(folder)
    path = tmp_path / "package-b.toml"
    text = DEFINITION.read_text(encoding="utf-8")
    path.write_text(text.replace("[defaults]", OUT + "\n[defaults]", 1), encoding="utf-8")
    intake.load(path, folder, actor="test", now=NOW)
    viewer = Viewer(frozenset({"payroll"}), ON)
    ours = records(viewer, on=ON, extra=["qualification"])
    definition = masters_only(load_definition(path))
    house = house_of(definition)
    sheet = layout_of(definition, ON, ROWS.keys() - visible(viewer))
    write(sheet, ours.items(), house, letters_of(definition, house, substitutes()), ON)
    assert not sheet.findings
    back = tmp_path / "back"
    back.mkdir()
    (back / sheet.layout.name).write_bytes(build(sheet.layout, [r.cells for r in sheet.rows]))
    package = read_master(definition, back, house)
    assert {r.base for r in package.records["master"]} == {ON}
    theirs = {r.values["staff_no"]: r.values for r in package.records["master"]}
    assert len(theirs) == len(ours) == 4
    fields = {c.name.partition(".")[0] for c in definition.files[0].columns} & ROWS.keys()
    for values in ours.values():
        other = theirs[values["staff_no"]]
        assert {n: other[n] for n in fields} == {n: values[n] for n in fields}
