"""The whole of package A, as the fictional ward hands it over."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from meibo.domain.findings import Finding
from meibo.platform.feeds import Package, load_definition, read_package
from tests.platform.feeds.ward import DEFINITION, HERE, LICENCES, MASTER

PINNED = HERE / "fixtures" / "package_a_findings.tsv"


@pytest.fixture(scope="module")
def feeds(shared: Path) -> Path:
    return shared / "feeds"


@pytest.fixture(scope="module")
def package(feeds: Path) -> Package:
    return read_package(load_definition(DEFINITION), feeds)


def at(package: Package, file: str, record: int) -> list[Finding]:
    return [f for f in package.findings if (f.file, f.record) == (file, record)]


def row(finding: Finding) -> dict[str, str]:
    return {
        "file": finding.file,
        "record": str(finding.record or ""),
        "column": finding.column,
        "staff_no": finding.staff_no,
        "code": finding.code,
        "severity": finding.severity.value,
    }


def lost_zeros(finding: Finding) -> bool:
    """2,458 rows of the licences lack the zeros of their numbers; they are counted, not listed."""
    return (finding.file, finding.code) == (LICENCES, "lost-zeros")


def test_exactly_the_known_departures_are_told(package: Package) -> None:
    with PINNED.open(encoding="utf-8", newline="") as lines:
        expected = list(csv.DictReader(lines, delimiter="\t"))
    assert [row(f) for f in package.findings if not lost_zeros(f)] == expected


def test_every_licence_with_a_short_number_is_told(package: Package) -> None:
    assert sum(lost_zeros(f) for f in package.findings) == 2458


def test_the_sample_answers_are_found(package: Package, feeds: Path) -> None:
    sample = json.loads((feeds / "expected_sample.json").read_text(encoding="utf-8"))
    severities = {"normalise": "normalised", "reject_field": "reject", "dedupe": "normalised"}
    for dirt in sample["dirt"]:
        told = at(package, dirt["file"], dirt["record"])
        if dirt["action"] == "accept":
            assert told == []
            continue
        (finding,) = told
        assert finding.column == (dirt["field"] or "")
        assert finding.severity == severities[dirt["action"]]
        assert finding.staff_no == dirt["row_key"]["職員番号"]


def test_a_mended_value_is_the_expected_one(package: Package, feeds: Path) -> None:
    sample = json.loads((feeds / "expected_sample.json").read_text(encoding="utf-8"))
    values = {(r.file, r.number): r.values for r in package.records["master"]}
    for dirt in sample["dirt"]:
        taken = values.get((dirt["file"], dirt["record"]))
        if "normalized" in dirt and taken is not None:
            assert taken["name"] == dirt["normalized"]
        if dirt["action"] == "accept" and taken is not None:
            assert taken["note"] == dirt["raw"]


def test_everyone_in_service_on_the_day_of_the_first_master_is_delivered_once(
    package: Package, feeds: Path
) -> None:
    sample = json.loads((feeds / "expected_sample.json").read_text(encoding="utf-8"))
    numbers = [r.values["staff_no"] for r in package.records["master"] if r.file == MASTER]
    assert len(numbers) == len(set(numbers)) == sample["totals"]["total_2026_11_01"]


def test_the_people_of_the_sample_arrive_as_expected(package: Package, feeds: Path) -> None:
    sample = json.loads((feeds / "expected_sample.json").read_text(encoding="utf-8"))
    day = date(2026, 11, 1)
    people = {r.values["staff_no"]: r.values for r in package.records["master"] if r.base == day}
    for case in sample["samples"]:
        state, values = case["on_20261101"], people[case["staff_no"]]
        assert values["name"] == state["name"]
        assert values["kana"] == state["kana"]
        assert values["sex"] == state["sex"]
        assert str(values["birth_date"]) == state["birth_date"]
        assert values["unit"] == state["unit_code"]
        assert values["grade"] == state["grade"]
        assert package.tables["post"][str(values["post"])].name == state["post"]
        assert [c["unit_code"] for c in state["concurrent"]] == [
            unit
            for unit, _ in values["concurrent"]  # type: ignore[attr-defined]  # a list
        ]


def test_findings_come_in_the_order_of_files_and_rows(package: Package) -> None:
    places = [(f.file, f.record or 0) for f in package.findings]
    files = list(dict.fromkeys(file for file, _ in places))
    assert places == sorted(places, key=lambda place: (files.index(place[0]), place[1]))


def test_every_finding_speaks_in_whole_japanese_sentences(package: Package) -> None:
    for finding in package.findings:
        assert finding.message.endswith("。")
        assert finding.action.endswith("。")
        assert "{" not in finding.message + finding.action
