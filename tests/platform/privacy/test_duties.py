"""What is owed to those whose data these are: a copy, in time, and the truth about a leak."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from meibo.domain.redaction import THIRD
from meibo.ledger import ties
from meibo.platform.accounts.actions import open_account
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.privacy import actions, leaks, queries, register
from meibo.platform.privacy.bundle import Bundle, bundle
from meibo.platform.privacy.models import Request
from tests.ledger.scenes import NOW, TODAY, append, file, hire, house

pytestmark = pytest.mark.django_db
HR = Actor("hr1")
CONTACT = [{"name": "鶴見　父郎", "relation": "父", "phone": "090-0000-1111"}]
ROWS = [{"course": "接遇", "memo": "山田一郎と参加 #strong[x] \\n $1$"}]


@pytest.fixture
def person(db: None) -> str:
    batch = house()
    found = hire(batch, "0009001", "鶴見　紗英子", "ツルミ　サエコ", "01010010", "070")
    file(batch, found, "emergency", json.dumps(CONTACT, ensure_ascii=False))
    file(batch, found, "note", "山田　一郎さんの後任。鶴見紗英子")
    file(batch, found, "kept:training", json.dumps(ROWS, ensure_ascii=False))
    other = hire(batch, "0009002", "山田　一郎", "ヤマダ　イチロウ", "01010010", "050")
    append(batch)
    note(Entry(Act.READ, {"fields": ["address"]}, [found], "扶養の届"), actor=HR, now=NOW)
    note(Entry(Act.READ, {"fields": ["address"]}, [other]), actor=HR, now=NOW)
    return found


def made(person: str) -> Bundle:
    return bundle(person, purpose="本人の請求", actor=HR, now=NOW)


def test_a_bundle_holds_everything_of_the_person_and_who_looked(person: str) -> None:
    data = json.loads(made(person).as_json())
    filed = {row["field"]: row["value"] for row in data["filings"]}
    assert (filed["birth_date"], filed["staff_no"]) == ("1990-05-06", "0009001")
    assert filed["name"] == "鶴見　紗英子"
    assert filed["kept:training"][0]["course"] == "接遇"
    (order,) = data["orders"]
    assert (order["wording"], order["unit_name"], order["post_name"]) == ("採用", "納税係", "主事")
    assert data["states"][0]["birth_date"] == "1990-05-06"
    looks = [(row["actor"], row["purpose"]) for row in data["looks"]]
    assert looks == [("hr1", "扶養の届"), ("hr1", "本人の請求")]


def test_a_bundle_tells_nothing_of_others(person: str) -> None:
    found = made(person)
    text = found.as_json()
    for hidden in ("父郎", "090-0000-1111", "山田", "0009002"):
        assert hidden not in text
    filed = {row["field"]: row["value"] for row in found.data["filings"]}
    assert filed["emergency"] == [{"name": THIRD, "relation": "父", "phone": THIRD}]
    assert filed["note"] == f"{THIRD}さんの後任。鶴見紗英子"
    assert found.redacted == found.data["redacted"] == 7  # filings and the roster's own row


def test_a_bundle_is_a_pdf_and_no_value_is_read_as_markup(person: str) -> None:
    made_pdf = made(person).as_pdf()
    assert made_pdf.startswith(b"%PDF-")
    assert len(made_pdf) > 10_000  # with the letters it needs


def test_a_bundle_is_noted_with_its_purpose_before_anything_is_told(person: str) -> None:
    made(person)
    last = AuditRecord.objects.latest("no")
    assert (last.act, last.purpose) == ("privacy", "本人の請求")
    assert [s.person for s in last.subjects.all()] == [person]
    assert "鶴見" not in last.detail
    with pytest.raises(ValueError, match="目的"):
        bundle(person, purpose=" ", actor=HR, now=NOW)
    with pytest.raises(ValueError, match="名簿にない"):
        bundle("nobody", purpose="x", actor=HR, now=NOW)


def taken(received: date = TODAY, kind: str = "disclosure") -> Request:
    return actions.take_in(kind, "0009001", received, actor=HR, now=NOW, on=TODAY)


def test_a_request_is_to_be_decided_within_thirty_days_and_once_thirty_more(person: str) -> None:
    number = taken().pk
    assert queries.pending(TODAY)[0].left == 30
    found = actions.extend(number, "対象が多い", actor=HR, now=NOW)
    assert found.due == TODAY + timedelta(days=60)
    with pytest.raises(ValidationError, match="一度だけ"):
        actions.extend(number, "まだ多い", actor=HR, now=NOW)
    actions.decide(number, "partly", actor=HR, now=NOW, on=TODAY)
    assert queries.pending(TODAY) == []
    with pytest.raises(ValidationError, match="決定して"):
        actions.decide(number, "granted", actor=HR, now=NOW, on=TODAY)
    acts = AuditRecord.objects.filter(act="privacy").values_list("detail", flat=True)
    assert [json.loads(text)["what"] for text in acts] == ["take in", "extend", "decide partly"]


def test_the_most_urgent_request_comes_first_and_a_late_one_says_so(person: str) -> None:
    taken(TODAY, "correction")
    taken(TODAY - timedelta(days=31), "suspension")
    taken(TODAY - timedelta(days=25))
    found = queries.pending(TODAY)
    assert [(each.left, each.is_late, each.is_near) for each in found] == [
        (-1, True, False),
        (5, False, True),
        (30, False, False),
    ]


@pytest.mark.parametrize(
    ("kind", "number", "received"),
    [
        ("gift", "0009001", TODAY),
        ("disclosure", "1", TODAY),
        ("disclosure", "0009001", TODAY + timedelta(days=1)),
    ],
)
def test_what_is_no_request_is_refused(person: str, kind: str, number: str, received: date) -> None:
    with pytest.raises(ValidationError):
        actions.take_in(kind, number, received, actor=HR, now=NOW, on=TODAY)
    assert not Request.objects.exists()


def client(*duties: str) -> Client:
    account = open_account("someone", None, None, duties, actor="test", now=NOW)
    made_client = Client()
    made_client.force_login(account)
    return made_client


def test_personnel_take_in_extend_and_decide_on_the_page(person: str) -> None:
    desk = client("hr")
    sent = {"kind": "correction", "staff_no": "0009001", "received": "2026-11-20"}
    assert desk.post("/privacy/", sent).status_code == 302
    number = Request.objects.get().pk
    wrong = desk.post("/privacy/", sent | {"staff_no": "7"})
    assert (wrong.status_code, "いません" in wrong.content.decode()) == (422, True)
    desk.post(f"/privacy/{number}/extend", {"reason": "照会中"})
    assert "照会中" in desk.get("/privacy/").content.decode()
    desk.post(f"/privacy/{number}/decide", {"result": "granted"})
    assert Request.objects.get().result == "granted"
    assert "応じた" in desk.get("/privacy/").content.decode()
    assert desk.post(f"/privacy/{number}/eat").status_code == 404


def test_requests_are_for_personnel_and_the_register_is_for_everyone(person: str) -> None:
    other = client("it")
    assert other.get("/privacy/").status_code == 403
    assert other.post("/privacy/1/extend", {"reason": "x"}).status_code == 403
    assert other.get("/privacy/register").status_code == 200
    assert Client().get("/privacy/register").status_code == 302  # to the sign-in


def test_the_register_has_twelve_items_from_what_is_in_force(settings: Any, tmp_path: Path) -> None:
    source = Path(settings.MEIBO_TOWN)
    table = (source / "disclosure.csv").read_text(encoding="utf-8-sig")
    opened = table.replace("name,氏名（職場で使う名前）,,", "name,氏名（職場で使う名前）,v,")
    (tmp_path / "disclosure.csv").write_text(opened, encoding="utf-8")
    written = 'name = "名簿"\nbody = "区長"\ndesk_name = "総務課"\ndesk_address = "一丁目"\n'
    (tmp_path / "file_register.toml").write_text(written, encoding="utf-8")
    settings.MEIBO_TOWN = tmp_path
    items = {item.number: item for item in register.items(on=TODAY)}
    assert sorted(items) == list(range(1, 13))
    assert (items[2].value, items[10].value) == ("区長", "総務課（一丁目）")
    assert items[9].value == "住民（氏名（職場で使う名前））"
    assert "緊急連絡先" in items[5].value
    assert "組織の名称" not in items[5].value
    assert {n for n, item in items.items() if item.is_missing} == {3, 4, 6, 7, 8, 11, 12}


def test_the_register_is_a_csv_that_spreadsheets_read(person: str) -> None:
    answer = client("it").get("/privacy/register.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (len(rows), rows[5][1]) == (13, "記録項目")


def test_a_draft_of_a_leak_counts_people_and_says_since_when(person: str) -> None:
    other = ties.person_numbered("0009002")
    thief = Actor("thief", address="192.0.2.7")
    for hours, people in ((1, [person]), (2, [person, str(other)]), (48, ["later"])):
        entry = Entry(Act.EXPORT, {}, people)
        note(entry, actor=thief, now=NOW + timedelta(hours=hours))
    until = NOW + timedelta(hours=24)
    found = leaks.traced("thief", NOW, until, actor=HR, now=until)
    assert (len(found.people), found.acts, found.addresses) == (
        2,
        {"書き出し": 2},
        ("192.0.2.7",),
    )
    text = leaks.draft(found, now=until)
    assert "2人（100人以下です" in text
    assert "最初の操作: 2026-11-23 10:00" in text
    assert "192.0.2.7" in text
    assert "鶴見" not in text
    assert AuditRecord.objects.latest("no").act == "privacy"


def test_more_than_a_hundred_people_are_to_be_reported_in_any_case() -> None:
    many = frozenset(str(n) for n in range(101))
    moment = datetime(2026, 11, 1, tzinfo=NOW.tzinfo)
    leak = leaks.Leak("x", moment, moment, many, {}, (), None, None)
    assert "101人（100人を超えるため" in leaks.draft(leak, now=NOW)
