"""Crisis management opens a disaster or a drill at its browser; others do not."""

import json

import pytest
from django.db import DatabaseError
from django.test import Client

from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.models import AuditRecord
from meibo.platform.emergency import looking
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward

DRILL = {"kind": "drill", "title": "参集訓練", "purpose": "訓練の連絡のため", "hours": "24"}
PHONE = "090-0000-7788"


@pytest.fixture
def person(ward: Ward) -> str:
    """Somebody whose telephone at home is known."""
    found = ward.first("税務係", "060")
    contacts = json.dumps([{"kind": "携帯", "value": PHONE}], ensure_ascii=False)
    filing = NewFiling(found, "contacts", contacts, FIRST, NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    return found


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_contacts_are_seen_while_it_is_open_and_not_before_nor_after(
    crisis: Client, person: str
) -> None:
    address = f"/people/{person}"
    assert PHONE not in page(crisis, address)
    opened = crisis.post("/safety/events/open", DRILL, follow=True).content.decode()
    assert "訓練：参集訓練" in opened
    assert PHONE in page(crisis, address)
    assert "band-event" in page(crisis, "/")
    crisis.post("/safety/events/close")
    assert PHONE not in page(crisis, address)
    assert "band-event" not in page(crisis, "/")


def test_an_open_event_gives_others_nothing(crisis: Client, person: str, signed_in: SignIn) -> None:
    crisis.post("/safety/events/open", DRILL)
    other = signed_in("税務係", "050")
    assert PHONE not in page(other, f"/people/{person}")
    assert other.get("/safety/events").status_code == 403
    assert other.post("/safety/events/open", DRILL).status_code == 403
    assert other.post("/safety/events/close").status_code == 403


def test_who_was_looked_at_is_told_by_whom_when_and_what_for(
    crisis: Client, person: str, signed_in: SignIn
) -> None:
    own = signed_in("税務係", "060", purpose="")
    assert "あなたの連絡先を見ました" not in page(own, f"/people/{person}")
    crisis.post("/safety/events/open", DRILL)
    page(crisis, f"/people/{person}")
    told = page(own, f"/people/{person}")
    assert "危機管理担当が" in told
    assert "訓練：参集訓練" in told
    assert "訓練の連絡のため" in told
    mine = page(own, "/audit/mine")
    assert "非常時の閲覧" in mine
    assert "自宅・携帯の電話" in mine
    assert "drill" not in mine
    assert "連絡先を見た職員" in page(crisis, "/safety/events")
    assert "<td>1人</td>" in page(crisis, "/safety/events")


def test_one_look_is_one_entry_and_no_reading_of_the_record_besides(
    crisis: Client, person: str
) -> None:
    crisis.post("/safety/events/open", DRILL)
    before = AuditRecord.objects.count()
    page(crisis, f"/people/{person}")
    (record,) = AuditRecord.objects.order_by("no")[before:]
    assert record.act == "emergency"
    assert PHONE not in record.detail


def test_a_list_that_leaves_the_house_in_an_event_needs_no_other_purpose(
    crisis: Client, person: str
) -> None:
    crisis.post("/safety/events/open", DRILL)
    answer = crisis.get("/list.csv?col=name&col=contacts")
    assert PHONE in answer.content.decode("utf-8-sig")
    looks = AuditRecord.objects.filter(act="emergency", subjects__person=person)
    assert looks.count() == 1


def test_what_can_not_be_noted_is_not_shown(
    crisis: Client, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crisis.post("/safety/events/open", DRILL)

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(looking, "note", broken)
    answer = crisis.get(f"/people/{person}")
    assert answer.status_code == 503
    assert PHONE not in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"hours": "73"}, {"title": ""}, {"purpose": ""}, {"kind": "x"}])
def test_what_is_wrong_opens_nothing(crisis: Client, wrong: dict[str, str]) -> None:
    answer = crisis.post("/safety/events/open", DRILL | wrong)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert "band-event" not in page(crisis, "/")
