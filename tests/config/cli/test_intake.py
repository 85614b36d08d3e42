"""intake check writes nothing; load takes what is right; exit codes tell which."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests.config.cli.conftest import Meibo
from tests.config.cli.package import Package


def counts() -> dict[str, int]:
    """How many rows every table of the database holds."""
    models = [model for model in apps.get_models() if model._meta.app_label != "audit"]
    return {model.__name__: model._default_manager.count() for model in models}


def test_check_writes_nothing_and_says_json_alone(desk: Meibo, package: Package) -> None:
    before, words = counts(), package.write()
    said = desk("intake", "check", *words, "--format", "json")
    told = json.loads(said.out)
    assert (said.code, counts()) == (0, before)
    assert told["findings"] == []
    assert told["summary"] | {"people": 3, "written": 0} == told["summary"]
    assert "%" in said.err  # progress goes to standard error


def test_check_tells_what_load_will_do(desk: Meibo, package: Package) -> None:
    words = package.write()
    checked = json.loads(desk("intake", "check", *words, "--format", "json").out)
    loaded = json.loads(desk("intake", "load", *words, "--format", "json").out)
    assert checked["summary"] | {"written": 1} == loaded["summary"]
    assert checked["findings"] == loaded["findings"]


def test_load_leaves_with_0_when_clean_and_a_second_time_adds_nothing(
    desk: Meibo, package: Package
) -> None:
    words = package.write()
    first = desk("intake", "load", *words, "--format", "json")
    after = counts()
    again = desk("intake", "load", *words, "--format", "json")
    assert (first.code, again.code) == (0, 0)
    assert counts() == after
    summary = json.loads(again.out)["summary"]
    assert (summary["people"], summary["orders"], summary["filings"]) == (0, 0, 0)


def spoil(package: Package) -> None:
    """One birthday that does not exist, one unit that nobody knows."""
    first, second, third = package.people
    package.people = [(*first[:3], "1975/02/30", *first[4:]), (*second[:4], "0909", *second[5:])]
    package.people.append(third)


def test_load_leaves_with_2_when_there_are_findings(desk: Meibo, package: Package) -> None:
    spoil(package)
    said = desk("intake", "load", *package.write(), "--format", "json")
    findings = json.loads(said.out)["findings"]
    assert said.code == 2
    assert {"file", "record", "column", "staff_no", "value", "severity", "message", "action"} <= (
        findings[0].keys()
    )
    assert ("職員_20261101.csv", 1, "生年月日", "1975/02/30", "reject") in {
        tuple(row[key] for key in ("file", "record", "column", "value", "severity"))
        for row in findings
    }
    assert json.loads(desk("roster", "--format", "json").out)  # what is right is there


@pytest.mark.parametrize("form", ["csv", "table"])
def test_findings_are_rows_in_every_form(desk: Meibo, package: Package, form: str) -> None:
    spoil(package)
    said = desk("intake", "check", *package.write(), "--format", form)
    assert said.code == 2
    assert "1975/02/30" in said.out
    assert "people: " in said.err


def test_load_leaves_with_1_when_there_is_nothing_to_load(desk: Meibo, package: Package) -> None:
    before, (definition, _) = counts(), package.write()
    empty = package.folder / "empty"
    empty.mkdir()
    said = desk("intake", "load", definition, str(empty), "--format", "json")
    assert said.code == 1
    assert json.loads(said.out)["summary"]["people"] == 0
    assert {name: n for name, n in counts().items() if before[name] != n}.keys() <= {"OpenFinding"}


@pytest.mark.parametrize("verb", ["check", "load"])
@pytest.mark.parametrize("form", ["json", "table"])
def test_a_definition_or_a_folder_that_is_not_there_is_told(
    desk: Meibo, package: Package, verb: str, form: str
) -> None:
    before, (definition, files) = counts(), package.write()
    for words, said in (
        ([str(package.folder / "no.toml"), files], "取込定義がありません"),
        ([definition, str(package.folder / "no")], "ファイルのある場所がありません"),
    ):
        answer = desk("intake", verb, *words, "--format", form)
        assert answer.code == 1
        assert said in answer.err
        assert (json.loads(answer.out)["error"] if form == "json" else answer.out) in answer.err
    assert counts() == before


def test_a_definition_with_a_mistake_is_told_with_its_place(desk: Meibo, package: Package) -> None:
    package.definition = package.definition.replace('"staff_no"', '"shimei"', 1)
    said = desk("intake", "load", *package.write(), "--format", "json")
    assert said.code == 1
    assert "small.toml" in json.loads(said.out)["error"]
    assert "shimei" in json.loads(said.out)["error"]


def test_what_is_not_announced_goes_into_the_drawer(desk: Meibo, package: Package) -> None:
    package.definition = package.definition.replace("announced = true", "announced = false")
    desk("intake", "load", *package.write())
    rows = json.loads(desk("roster", "--on", "2027-04-01", "--format", "json").out)
    assert len(rows) == 3
    assert counts()["PlanLine"] == 2


def test_the_files_themselves_stay_as_they_were(desk: Meibo, package: Package) -> None:
    definition, files = package.write()
    before = {path: path.read_bytes() for path in Path(files).iterdir()}
    desk("intake", "load", definition, files)
    assert {path: path.read_bytes() for path in Path(files).iterdir()} == before


def test_values_of_findings_are_hidden_from_an_operator_who_sees_no_content(
    desk: Meibo, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(package)
    words = [*package.write(), "--format", "json"]
    plain = json.loads(desk("intake", "check", *words).out)["findings"]
    masked = json.loads(desk("intake", "check", *words, "--mask").out)["findings"]
    assert [f["record"] for f in masked] == [f["record"] for f in plain]
    values = {f["value"] for f in plain if f["value"]}
    assert values
    assert not any(value in json.dumps(masked, ensure_ascii=False) for value in values)
    monkeypatch.setattr(settings, "MEIBO_COMMAND_AS", "off")
    assert json.loads(desk("intake", "check", *words).out)["findings"] == masked
