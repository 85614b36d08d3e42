"""The printed record says all that the card on screen says to the same viewer."""

import json
from urllib.parse import urlencode

from django.test import Client

from meibo.apps.papers.queries.asked import Asked
from meibo.apps.papers.queries.records import record
from meibo.domain.disclosure import Viewer
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.free import LANGUAGE, PLEDGED, add_fields
from tests.apps.directory.ward import FIRST, NOW, TODAY, Ward
from tests.house.canary import pdf

HR = Viewer(frozenset({"hr"}), TODAY)
MAIL = "watanabe-kobayashi.sakura-hanako@densan.keyakino-ku.example.jp"


def furnished(ward: Ward) -> str:
    """Somebody of whom a bit of everything is on record."""
    person = ward.first("防災計画係", "060")
    add_fields(TODAY)
    values = {
        "commuting": [{"means": "電車・バス", "route": "若葉駅―緑線", "cost": "月12,340円"}],
        "family": [
            {
                "name": "木村　さくら",
                "relation": "子",
                "born": "2026-11-20",
                "together": "同居",
                "since": "2026-11-20",
            }
        ],
        "licence": [{"name": "危険物取扱者", "number": "123", "got": "2020-04-01"}],
        "contacts": [{"kind": "メール", "value": MAIL}, {"kind": "携帯", "value": "090-0000-0000"}],
    }
    texts = {name: json.dumps(rows, ensure_ascii=False) for name, rows in values.items()}
    texts |= {LANGUAGE: json.dumps(["英語", "手話"], ensure_ascii=False), PLEDGED: "2020-04-01"}
    filings = [NewFiling(person, name, text, FIRST, NOW) for name, text in texts.items()]
    append(Batch(filings=filings), actor="test", now=NOW)
    return person


def facts(person: str) -> dict[str, str]:
    made = record(Asked(HR, TODAY, "けやき野区", people=(person,)))
    [page] = made.sheet.data["people"]
    return {label: text for group in page["groups"] for label, text in group["facts"]}


def test_the_printed_record_holds_what_was_filed_and_the_towns_own_fields(ward: Ward) -> None:
    said = facts(furnished(ward))
    assert said["通勤"] == "電車・バス 若葉駅―緑線 月12,340円"
    assert said["家族（扶養など）"] == (
        "木村 さくら 子 2026年11月20日生まれ 同居 2026年11月20日から"
    )
    assert said["資格・免許（届出）"] == "危険物取扱者 第123号 2020年4月1日取得"
    assert said["自宅・携帯の電話"] == f"メール {MAIL}、携帯 090-0000-0000"
    assert said["通訳できる言語"] == "英語、手話"
    assert said["宣誓の日"] == "令和2年4月1日"
    assert "緊急連絡先" in said  # personnel sees it, and that there is none


def test_a_mail_address_stays_in_one_piece_on_paper(ward: Ward, signed_in: SignIn) -> None:
    furnished(ward)
    client: Client = signed_in(duties=("hr",))
    number = f"{int(ward.first('防災計画係', '060')[1:]):07}"
    answer = client.get(f"/papers/forms/record/pdf?{urlencode({'people': number})}")
    assert answer.status_code == 200
    assert MAIL in pdf.text(answer.content)
