"""All of package A loads: what the ward's answers say, what loading twice does, what is told."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from meibo.apps.personnel.actions import intake
from meibo.apps.personnel.models import OpenFinding
from meibo.domain.disclosure import Viewer
from meibo.ledger import check, reader, ties
from meibo.ledger.models import BookLine, FilingLine

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 23, 9, tzinfo=TOKYO)
HR = Viewer(frozenset({"hr"}), NOW.date())
NOVEMBER, APRIL = date(2026, 11, 1), date(2027, 4, 1)
DEFINITION = Path(settings.MEIBO_TOWN) / "feeds" / "package-a.toml"


@pytest.fixture(scope="module")
def loaded(
    shared: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[intake.Outcome]:
    """The package, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield intake.load(DEFINITION, shared / "feeds", actor="test", now=NOW)
        transaction.set_rollback(True)


def person(number: str, on: date, known: datetime | None = None) -> dict[str, Any] | None:
    found = ties.person_numbered(number)
    card = reader.card(HR, found, on=on, known=known) if found else None
    return None if card is None else dict(card)


def test_the_answers_of_the_ward_come_out(loaded: intake.Outcome, shared: Path) -> None:
    expected = json.loads((shared / "feeds" / "expected_sample.json").read_text())
    compared = 0
    for sample in expected["samples"]:
        for key, on in (("on_20261101", NOVEMBER), ("on_20270401", APRIL)):
            card = person(sample["staff_no"], on)
            assert card is not None
            for seat in card["concurrent"]:
                del seat["kind"], seat["kind_label"], seat["unit_codes"]
            wanted = sample[key]
            assert {k: card.get(k) for k in wanted} == wanted
            compared += len(wanted)
    assert compared > 100


def test_the_roster_of_the_first_master_has_everyone_once(
    loaded: intake.Outcome, shared: Path
) -> None:
    expected = json.loads((shared / "feeds" / "expected_sample.json").read_text())
    found = reader.cards(HR, on=NOVEMBER)
    assert len(found) == expected["totals"]["total_2026_11_01"]
    assert len({c.id for c in found}) == len(found)


def test_every_defect_of_the_sample_is_found_in_its_place(
    loaded: intake.Outcome, shared: Path
) -> None:
    expected = json.loads((shared / "feeds" / "expected_sample.json").read_text())
    places = {(f.file, f.record, f.column): f.severity.value for f in loaded.findings}
    for dirt in expected["dirt"]:
        place = (dirt["file"], dirt["record"], dirt["field"] or "")
        if dirt["action"] == "accept":
            assert place not in places
        else:
            assert place in places, dirt["kind"]


def test_loading_again_changes_nothing(loaded: intake.Outcome, shared: Path) -> None:
    before = (BookLine.objects.count(), FilingLine.objects.count(), OpenFinding.objects.count())
    again = intake.load(DEFINITION, shared / "feeds", actor="test", now=NOW)
    after = (BookLine.objects.count(), FilingLine.objects.count(), OpenFinding.objects.count())
    assert before == after
    assert [again.summary[k] for k in ("people", "orders", "filings")] == [0, 0, 0]


def test_the_drawn_tables_say_what_the_books_say(loaded: intake.Outcome) -> None:
    verdict = check.verify()
    assert verdict.checked > 3400
    assert verdict.differences == []


@pytest.mark.parametrize(
    ("number", "on", "known", "unit"),
    [
        # T001: 遡及. Learned on 10 December that she had moved on 1 October.
        ("0088064", "2026-10-15", "2026-12-09", "01040030"),
        ("0088064", "2026-10-15", "2026-12-10", "17000020"),
        ("0088064", "2026-10-15", None, "17000020"),
        # T002: 取消.
        ("0089010", "2027-04-01", "2027-03-24", "14060090"),
        ("0089010", "2027-04-01", None, "09020070"),
        # T003, T004: 取消 and 取消の取消.
        ("0059757", "2027-04-01", "2027-03-25", "14060070"),
        ("0059757", "2027-04-01", "2027-03-27", "12050030"),
        ("0059757", "2027-04-01", "2027-03-29", "14060070"),
        # T007: 同姓同名の別人.
        ("0019372", "2027-04-02", "2027-04-01", "12010020"),
        ("0019372", "2027-04-02", None, "11030010"),
        ("0028134", "2027-04-02", None, "12010020"),
    ],
)
def test_corrections_count_from_when_they_were_known(
    loaded: intake.Outcome, number: str, on: str, known: str | None, unit: str
) -> None:
    moment = datetime.fromisoformat(f"{known}T23:59:59+09:00") if known else None
    card = person(number, date.fromisoformat(on), moment)
    assert card is not None
    assert card["unit_code"] == unit


def test_a_corrected_post_and_a_corrected_day_count(loaded: intake.Outcome) -> None:
    post = person("0041670", APRIL)
    before, after = person("0068519", date(2027, 4, 11)), person("0068519", date(2027, 4, 12))
    assert post is not None
    assert before is not None
    assert after is not None
    assert (post["post"], post["grade"]) == ("担当係長", 3)
    assert (before["leave"], after["leave"]) == ("なし", "育児休業")


def test_orders_win_over_the_later_master(loaded: intake.Outcome) -> None:
    retired, moved = person("0045055", APRIL), person("0039055", APRIL)
    assert retired is None
    assert moved is not None
    assert moved["unit_code"] == "08020060"
    codes = {f.code for f in loaded.findings if f.staff_no in ("0045055", "0039055")}
    assert codes - {"lost-zeros"} == {"not_in_service_by_orders", "differs_unit"}


def test_nobody_enters_by_a_later_master_alone(loaded: intake.Outcome) -> None:
    assert person("0101800", APRIL) is None
    assert [f.code for f in loaded.findings if f.staff_no == "0101800"] == ["new_without_order"]


def test_reappointment_each_april_is_not_a_finding(loaded: intake.Outcome) -> None:
    again = BookLine.objects.filter(wording="再度の任用")
    assert again.count() > 1000
    about = Counter(f.code for f in loaded.findings if "再度" in f.message)
    assert about == Counter()


def test_earlier_places_read_as_not_known(loaded: intake.Outcome) -> None:
    card = person("0012580", date(2015, 6, 1))
    assert card is not None
    assert (card["unit_code"], card["unit_path"], card["post"], card["grade"]) == (
        *(None, [], None),
        None,
    )
    assert card["name"] == "渡辺　明美"


def messages(loaded: intake.Outcome, file: str, record: int) -> list[str]:
    return [f.message for f in loaded.findings if (f.file[6:14], f.record) == (file, record)]


@pytest.mark.parametrize(
    "record", [149, 291, 418, 546, 933, 1327, 1475, 1656, 1756, 2035, 2178, 2512, 2737, 3014]
)
def test_a_finding_says_that_the_later_master_supplied_the_value(
    loaded: intake.Outcome, record: int
) -> None:
    [message] = messages(loaded, "20261101", record)
    assert "2027-04-01 の職員マスタ" in message
    assert "取り込みました" not in message


def test_a_concurrent_post_without_an_order_is_said_not_to_be_in_the_roster(
    loaded: intake.Outcome,
) -> None:
    for record in (388, 489):
        [message] = messages(loaded, "20270401", record)
        assert "発令がない" in message
        assert "として取り込みました" not in message


def test_a_master_that_lacks_a_new_name_by_order_is_told_so(loaded: intake.Outcome) -> None:
    [message] = messages(loaded, "20270401", 1094)
    assert "2700780" in message
    assert "発令もありません" not in message


def test_an_unusable_unit_is_inferred_from_the_next_order(loaded: intake.Outcome) -> None:
    before, after = person("0005568", NOVEMBER), person("0005568", APRIL)
    assert before is not None
    assert after is not None
    assert (before["unit_code"], before["unit_since"]) == ("09030000", "2024-04-01")
    assert after["unit_code"] == "11010020"
    [message] = messages(loaded, "20261101", 108)
    assert "2700195" in message
    assert "空にして" not in message
