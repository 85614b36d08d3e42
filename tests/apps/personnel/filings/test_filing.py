"""A person files, the 庶務担当 looks, personnel accepts, and the book says so: typed once."""

from datetime import date, timedelta

import pytest

from meibo.apps.personnel.models import OpenFiling
from meibo.domain.disclosure import Viewer
from meibo.ledger import check, lifedates, reader
from meibo.ledger.vault import Vault
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.filings.conftest import Desk, MakeDesk
from tests.apps.personnel.filings.steps import ADDRESS, SINCE, at_once, decide, mark, sent

HR = Viewer(frozenset({"hr"}), TODAY)


def test_an_address_goes_by_the_clerk_to_personnel_and_into_the_book(
    own: Desk, clerk: Desk, officer: Desk, person: str
) -> None:
    filing = sent(own)
    assert "庶務担当が確かめています" in own.text("/filings/")
    assert "1件を確かめました。人事課へ回しました" in decide(clerk, filing)
    assert (filing.refresh_from_db(), filing.step) == (None, "hr")
    decide(officer, filing)
    for day, address in ((TODAY, "汐見区新町1番地"), (TODAY - timedelta(days=11), "汐見区見本町")):
        card = reader.card(HR, person, on=day)
        assert card is not None
        assert str(card["address"]).startswith(address)
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert card["postcode"] == "000-1234"
    assert "汐見区新町1番地" in own.text(f"/people/{person}")
    page = own.text("/filings/")
    assert "受け付けました" in page
    assert "今日に届出" in page
    assert check.verify().differences == []


def test_a_filing_that_waits_is_sealed(own: Desk, person: str) -> None:
    filing = sent(own)
    stored = OpenFiling.objects.filter(pk=filing.pk).values().get()
    assert "新町" not in str(stored)
    assert "新町" in str(Vault().open(person, "waiting:address", stored["values"]))


def test_the_clerk_sees_who_and_not_what(own: Desk, clerk: Desk, officer: Desk) -> None:
    filing = sent(own)
    page = clerk.text(f"/personnel/filings/{filing.pk}")
    assert "新町" not in page
    assert "公開基準により" in page
    seen = officer.text(f"/personnel/filings/{filing.pk}")
    assert "汐見区新町1番地" in seen
    assert "汐見区見本町" in seen  # what is on record, beside it
    assert AuditRecord.objects.filter(act="read", detail__contains="address").exists()


def test_it_comes_back_with_a_reason_and_is_corrected(
    own: Desk, clerk: Desk, officer: Desk, person: str
) -> None:
    filing = sent(own)
    assert "差し戻すわけを書いて" in decide(clerk, filing, "return")
    decide(clerk, filing, "return", "部屋番号も書いてください")
    assert "差し戻された届が1件" in own.text("/")
    assert "部屋番号も書いてください" in own.text(f"/filings/{filing.pk}")
    filing.refresh_from_db()
    own.post(f"/filings/{filing.pk}/again", {"version": filing.version})
    assert "汐見区新町1番地" in own.text(f"/filings/{filing.pk}/questions/2")  # nothing typed twice
    own.client.post(f"/filings/{filing.pk}/questions/2", {"address": "汐見区新町1番地 203"})
    own.send(filing.pk)
    decide(officer, filing)  # personnel need not wait for the clerk
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert card["address"] == "汐見区新町1番地 203"


def test_it_is_withdrawn_while_it_is_open_and_not_after(own: Desk, officer: Desk) -> None:
    filing = sent(own)
    assert "届を取り下げました" in own.post(
        f"/filings/{filing.pk}/withdraw", {"version": OpenFiling.objects.get().version}
    )
    assert "変わりました" in decide(officer, filing)
    other = sent(own)
    decide(officer, other)
    other.refresh_from_db()
    page = own.post(f"/filings/{other.pk}/withdraw", {"version": other.version})
    assert "変わりました" in page
    assert OpenFiling.objects.get(pk=other.pk).state == OpenFiling.ACCEPTED


def test_an_acceptance_is_taken_back_by_a_cancelling_entry(
    own: Desk, officer: Desk, clerk: Desk, person: str
) -> None:
    filing = sent(own)
    decide(officer, filing)
    filing.refresh_from_db()
    address = f"/personnel/filings/{filing.pk}/undo"
    refused = clerk.post(address, {"version": filing.version, "reason": "誤り"})
    assert "取り消せません" in refused
    said = officer.post(address, {"version": filing.version, "reason": "別の人の届でした"})
    assert "受付を取り消しました" in said
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert str(card["address"]).startswith("汐見区見本町")
    page = own.text("/filings/")
    assert "受付が取り消されました" in page
    assert "別の人の届でした" in page
    assert check.verify().differences == []


def test_nobody_accepts_their_own(sits: MakeDesk) -> None:
    officer = sits("人事係", "060", duties=("hr",))
    filing = sent(officer)
    assert "自分の届や" in at_once(officer, filing)
    assert officer.client.get(f"/personnel/filings/{filing.pk}").status_code == 404
    clerk = sits("税務係", "060", purpose="")
    its = sent(clerk)
    assert "自分の届や" in at_once(clerk, its)


def test_a_clerk_sees_to_their_own_section_alone(own: Desk, clerk: Desk, sits: MakeDesk) -> None:
    stranger = sits("資格係", "070", purpose="")
    filing = sent(stranger)
    assert clerk.client.get(f"/personnel/filings/{filing.pk}").status_code == 404
    assert "自分の届や" in at_once(clerk, filing)
    assert stranger.client.get("/personnel/filings").status_code == 403
    contacts = sent(
        own, "contacts", {"mobile": "09000001234"}, {"home_phone": ""}, {"own_mail": ""}
    )
    assert clerk.client.get(f"/personnel/filings/{contacts.pk}").status_code == 404  # hr's alone
    assert own.client.get(f"/filings/{filing.pk}").status_code == 404


def test_two_clerks_never_decide_twice(own: Desk, officer: Desk, clerk: Desk) -> None:
    filing = sent(own)
    stale = mark(filing)
    decide(clerk, filing)
    values = {"filing": stale, "deed": "return", "reason": "古い画面から"}
    assert "ほかの画面で変わりました" in officer.post("/personnel/filings/decide", values)
    assert OpenFiling.objects.get().state == OpenFiling.SENT


def test_what_was_changed_meanwhile_is_looked_at_again(
    own: Desk, officer: Desk, person: str
) -> None:
    first = sent(own)
    page = officer.text(f"/personnel/filings/{first.pk}")
    seen = page.split('name="filing" value="')[1].split('"')[0]
    decide(officer, first)
    second = sent(own, "address", {"postcode": "000-9999"}, {"address": "別の町"}, {"since": SINCE})
    record = seen.split(":")[2]
    values = {"filing": f"{mark(second)}:{record}", "deed": "accept", "from": "sheet"}
    assert "記録が変わりました" in officer.post("/personnel/filings/decide", values)


def test_a_name_changes_and_the_old_one_is_kept_at_work(
    own: Desk, officer: Desk, person: str, ward: Ward
) -> None:
    old = ward.names[person].split("　")
    answers = ({"family": "髙見", "given": old[1]}, {"family_kana": "たかみ", "given_kana": "ケイ"})
    filing = sent(own, "name", *answers, {"keeps_maiden": "yes"}, {"since": TODAY.isoformat()})
    decide(officer, filing)
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert (card["name"], card["kana"]) == (f"髙見　{old[1]}", "タカミ　ケイ")
    assert card["name_at_work"] == ward.names[person]
    colleague = reader.card(Viewer(frozenset({"staff"}), TODAY), person, on=TODAY)
    assert colleague is not None
    assert colleague["name"] == ward.names[person]


def test_family_is_filed_one_by_one_and_none_is_lost(own: Desk, officer: Desk, person: str) -> None:
    def child(name: str) -> tuple[dict[str, str], ...]:
        return (
            {"who": "new"},
            {"relative": f"見本　{name}", "relation": "子"},
            {"born": "2020-05-06", "together": "1"},
            {"since": SINCE},
        )

    for name in ("一", "二"):
        decide(officer, sent(own, "family", *child(name)))
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert [row["name"] for row in card["family"]] == ["見本　一", "見本　二"]
    ended = sent(own, "family", {"who": "end:見本　一/2020-05-06"}, {"since": TODAY.isoformat()})
    decide(officer, ended)
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert [row["name"] for row in card["family"]] == ["見本　二"]
    payroll = reader.card(Viewer(frozenset({"payroll"}), TODAY), person, on=TODAY)
    assert payroll is not None
    assert payroll["family"] == card["family"]
    for tie in ("staff", "crisis", "audit", "it"):
        seen = reader.card(Viewer(frozenset({"staff", tie}), TODAY), person, on=TODAY)
        assert seen is not None
        assert not {"family", "commuting", "licence"} & set(seen)


@pytest.mark.parametrize(
    ("kind", "answers", "told"),
    [
        (
            "contacts",
            (
                {"mobile": "０９０ー０００１ー２３４５"},
                {"home_phone": ""},
                {"own_mail": "a@b.example"},
            ),
            "090-0001-2345",
        ),
        (
            "commuting",
            (
                {"means": "電車・バス"},
                {"route": "若葉駅―区役所前駅"},
                {"distance": "１２.5", "cost": "15,000"},
                {"since": SINCE},
            ),
            "月15,000円",
        ),
        (
            "emergency",
            ({"relative": "見本 花", "relation": "配偶者"}, {"phone": "0300001111"}),
            "見本 花",
        ),
        (
            "licence",
            (
                {"licence_name": "手話通訳者"},
                {"licence_number": "12345", "got": "2015-04-01"},
                {"expires": ""},
            ),
            "第12345号",
        ),
    ],
)
def test_every_kind_is_filed_accepted_and_on_ones_page(
    own: Desk, officer: Desk, kind: str, answers: tuple[dict[str, str], ...], told: str
) -> None:
    filing = sent(own, kind, *answers)
    assert told in officer.text(f"/personnel/filings/{filing.pk}")
    decide(officer, filing)
    assert told in own.text("/filings/")


def test_a_licence_that_was_filed_reminds_of_its_last_day(
    own: Desk, officer: Desk, person: str
) -> None:
    answers = ({"licence_name": "手話通訳者"}, {"licence_number": "1", "got": "2022-04-01"})
    decide(officer, sent(own, "licence", *answers, {"expires": "2027-03-31"}))
    own_days = next(facts for facts in lifedates.facts(TODAY) if facts.person == person)
    assert [(each.title, each.expires) for each in own_days.licences] == [
        ("手話通訳者", date(2027, 3, 31))
    ]


@pytest.mark.parametrize(
    ("kind", "step", "answer", "said"),
    [
        ("address", 1, {"postcode": "12"}, "7けたの数字"),
        ("address", 2, {"address": ""}, "書いてください"),
        ("address", 2, {"address": "番号 123456789018"}, "個人番号（マイナンバー）は書かないで"),
        ("contacts", 1, {"mobile": "12345"}, "0から始まる"),
        ("name", 2, {"family_kana": "高見", "given_kana": "ケイ"}, "カタカナか、ひらがなで"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    own: Desk, kind: str, step: int, answer: dict[str, str], said: str
) -> None:
    begun = own.client.post(f"/filings/begin/{kind}")
    number = begun.headers["Location"].split("/")[2]
    sent = own.client.post(f"/filings/{number}/questions/{step}", answer)
    assert (sent.status_code, said in sent.content.decode()) == (422, True)


def test_a_draft_is_kept_and_nobody_else_sees_it(own: Desk, officer: Desk) -> None:
    number = own.file("address", ADDRESS[0])
    assert "書きかけの届を続ける" in own.text("/filings/")
    again = own.client.post("/filings/begin/address")
    assert again.headers["Location"] == f"/filings/{number}/questions/1"
    assert "000-1234" in own.text(f"/filings/{number}/questions/1")
    assert officer.client.get(f"/personnel/filings/{number}").status_code == 404
    # A last look before everything is answered leads to what is missing.
    assert own.client.get(f"/filings/{number}/look").headers["Location"].endswith("/questions/2")


def test_every_deed_is_in_the_audit_log_without_a_value(own: Desk, officer: Desk) -> None:
    filing = sent(own)
    decide(officer, filing)
    rows = AuditRecord.objects.filter(act="filing").order_by("no")
    assert [r.detail.split('"what": "')[1].split('"')[0] for r in rows] == ["send", "accept"]
    assert all("新町" not in row.detail for row in AuditRecord.objects.all())
