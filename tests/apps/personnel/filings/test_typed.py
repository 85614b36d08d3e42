"""What people type in a filing, and what stands on their page afterwards."""

from datetime import timedelta

import pytest

from meibo.apps.personnel.models import OpenFiling
from meibo.ledger import filed
from tests.apps.directory.ward import TODAY
from tests.apps.personnel.filings.conftest import Desk
from tests.apps.personnel.filings.steps import RING, SINCE, decide, sent


def test_a_filing_that_changes_nothing_is_not_sent(own: Desk, officer: Desk) -> None:
    decide(officer, sent(own, "contacts", *RING))
    number = own.file("contacts", *RING)
    page = own.text(f"/filings/{number}/look")
    assert "変わるところがありません" in page
    assert "この内容で送る" not in page
    filing = OpenFiling.objects.get(pk=number)
    values = {"version": filing.version, "seen": filed.mark(filing.person, ["contacts"])}
    assert "変わるところがありません" in own.post(f"/filings/{number}/send", values)
    assert OpenFiling.objects.get(pk=number).state == OpenFiling.DRAFT


def test_what_was_accepted_for_a_day_ahead_is_on_ones_page(own: Desk, officer: Desk) -> None:
    day = TODAY + timedelta(days=30)
    way = ({"means": "自転車"}, {"route": "若葉―区役所"}, {"distance": "3", "cost": ""})
    decide(officer, sent(own, "commuting", *way, {"since": day.isoformat()}))
    part = own.text("/filings/").split("</svg>通勤</h3>")[1].split("</li>")[0]
    assert f"{day.year}年{day.month}月{day.day}日から" in part
    assert "（受け付けました）" in part
    assert "若葉―区役所" in part
    assert "まだ届出がありません" not in part
    assert "変わったので届け出る" in part


@pytest.mark.parametrize("typed", ["１２，３４０", "12,340円", "１２、３４０", "￥１２３４０"])
def test_a_sum_may_be_typed_as_people_write_it(own: Desk, typed: str) -> None:
    way = ({"means": "電車・バス"}, {"route": "若葉"}, {"distance": "１２．５ｋｍ", "cost": typed})
    number = own.file("commuting", *way, {"since": SINCE})
    page = own.text(f"/filings/{number}/look")
    assert "月12,340円" in page
    assert "12.5km" in page


@pytest.mark.parametrize("typed", ["１２３４５", "第１２３４５号"])
def test_the_number_of_a_licence_is_kept_in_half_width(own: Desk, typed: str) -> None:
    answers = ({"licence_name": "手話通訳者"}, {"licence_number": typed, "got": "2015-04-01"})
    number = own.file("licence", *answers, {"expires": ""})
    assert "　第12345号　" in f"　{own.text(f'/filings/{number}/look')}".replace(">", "　")
