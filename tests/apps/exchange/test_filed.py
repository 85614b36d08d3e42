"""What people file and payroll pays by goes out with the next delivery, and is compared."""

import json

import pytest

from meibo.apps.exchange.actions import answering
from meibo.apps.exchange.actions.delivering import DeliveryError
from meibo.apps.exchange.actions.handing import content
from meibo.apps.exchange.actions.reconciling import Sent, reconcile
from meibo.apps.exchange.models import Accepted
from meibo.apps.exchange.queries.feeds import Feed
from meibo.apps.exchange.queries.sealing import Sealer
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.exchange.test_deliveries import CLERK, LATER, accepted, deliver, file, rows


def filed(person: str) -> None:
    """How somebody comes to work, and a family of five, as filings write it."""
    way = [{"means": "電車・バス", "route": "若葉駅―緑線", "distance": "12.5km"}]
    way[0]["cost"] = "月12,340円"
    child = {"relation": "子", "born": "2026-11-20", "together": "同居", "since": "2026-11-21"}
    kin = [{"name": f"見本　{name}", **child} for name in "一二三四五"]
    file(person, "commuting", json.dumps(way, ensure_ascii=False), TODAY, LATER)
    file(person, "family", json.dumps(kin, ensure_ascii=False), TODAY, LATER)


def test_an_accepted_filing_that_payroll_pays_by_is_in_the_next_difference(
    ward: Ward, link: Feed
) -> None:
    person = ward.first("税務係", "060")
    accepted(link)
    filed(person)
    delivery = deliver(link, now=LATER)
    row = rows(delivery)[0]
    assert delivery.counts["rows"] == 1
    ways = [row[name] for name in ("通勤手段", "通勤経路", "通勤片道距離", "通勤費用月額")]
    assert ways == ["電車・バス", "若葉駅―緑線", "12.5", "12340"]
    parts = ("氏名", "続柄", "生年月日", "住まい", "いつから")
    fourth = [row[f"家族4{part}"] for part in parts]
    assert fourth == ["見本　四", "子", "20261120", "同居", "20261121"]
    (told,) = delivery.remarks.filter(code="no-place")
    assert told.person == person
    assert "家族（扶養など）が5件あり、4件まで" in told.message


def test_a_column_more_is_no_change_where_nothing_is_in_it(ward: Ward, link: Feed) -> None:
    last = accepted(link)
    sealer = Sealer(Accepted.objects.values_list("person", flat=True))
    for kept in Accepted.objects.all():
        opened = sealer.open_row(kept.person, kept.cells)
        assert opened is not None
        older = {h: text for h, text in opened[1].items() if not h.startswith(("通勤", "家族"))}
        kept.cells = sealer.close_row(kept.person, opened[0], older)
        kept.save()
    assert last.counts["rows"] > 0
    with pytest.raises(DeliveryError, match="変わったところはありません"):
        deliver(link, now=LATER)


def test_what_was_filed_comes_back_without_a_difference(ward: Ward, link: Feed) -> None:
    filed(ward.first("税務係", "060"))
    delivery = answering.accept_all(deliver(link, full=True), actor=CLERK, now=LATER)
    sent = Sent(link, str(delivery.layout["name"]), content(delivery), TODAY)
    run = reconcile(sent, actor=CLERK, now=LATER)
    assert list(run.differences.all()) == []
    assert run.notes == []


def test_the_page_of_a_delivery_says_which_filings_it_does_not_carry(
    ward: Ward, link: Feed, signed_in: SignIn
) -> None:
    deliver(link, full=True)
    payroll = signed_in("給与係", "060", duties=("payroll",))
    page = payroll.get("/exchange/deliveries/1").content.decode()
    assert "この定義では送らないもの：自宅・携帯の電話、緊急連絡先、資格・免許（届出）。" in page
