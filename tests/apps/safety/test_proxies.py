"""Answers by telephone, and one's own from the first page."""

import pytest
from django.test import Client

from meibo.apps.safety.models import Answer, Called
from meibo.apps.safety.queries.given import said
from meibo.ledger import reader
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.safety.test_checks import begun, crisis

__all__ = ["crisis"]


@pytest.fixture
def person(ward: Ward, crisis: Client) -> Called:
    """Somebody of 税務係, while everybody is asked."""
    return begun(crisis).called.get(person=ward.first("税務係", "060"))


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_crisis_management_answers_for_whom_it_finds_and_its_name_is_shown(
    crisis: Client, person: Called
) -> None:
    name = reader.name_today(person.person, TODAY)
    assert f"/safety/answers/{person.pk}" in page(crisis, f"/safety/answers?q={name}")
    given = {"status": "hurt", "comes": "no", "words": "配偶者から電話"}
    answer = crisis.post(f"/safety/answers/{person.pk}", given)
    assert answer["Location"] == "/safety/answers"
    person.refresh_from_db()
    kept = Answer.objects.select_related("called").get()
    assert (person.status, kept.by.startswith("t.")) == ("hurt", True)
    assert said([kept]) == {kept.pk: {"words": "配偶者から電話"}}
    shown = page(crisis, f"/safety/answers/{person.pk}")
    assert "、代わりに " in shown
    assert "（防災計画係）" in shown
    assert kept.by not in shown
    record = AuditRecord.objects.order_by("no").last()
    assert record is not None
    assert "answer-for" in record.detail
    assert "hurt" not in record.detail


def test_a_head_answers_for_the_own_people_and_for_nobody_else(
    ward: Ward, person: Called, signed_in: SignIn
) -> None:
    head = signed_in("税務課", "030", purpose="")
    assert f"/safety/answers/{person.pk}" in page(head, "/safety/answers")
    assert "安否を答えていない人が" in page(head, "/")
    head.post(f"/safety/answers/{person.pk}", {"status": "safe"})
    person.refresh_from_db()
    assert person.status == "safe"
    other = Called.objects.get(person=ward.first("戸籍係", "060"))
    assert head.get(f"/safety/answers/{other.pk}").status_code == 404
    assert head.post(f"/safety/answers/{other.pk}", {"status": "safe"}).status_code == 404
    other.refresh_from_db()
    assert other.status == ""


def test_others_answer_for_nobody(person: Called, signed_in: SignIn) -> None:
    other = signed_in("税務係", "060", purpose="")
    assert other.get("/safety/answers").status_code == 403
    assert other.post(f"/safety/answers/{person.pk}", {"status": "safe"}).status_code == 403
    assert not Answer.objects.exists()


def test_a_closed_check_takes_no_answer_for_others(crisis: Client, person: Called) -> None:
    crisis.post(f"/safety/checks/{person.check_asked_id}/close")
    assert crisis.get(f"/safety/answers/{person.pk}").status_code == 404


def test_the_first_page_asks_until_one_has_answered(
    ward: Ward, person: Called, signed_in: SignIn
) -> None:
    own = signed_in("税務係", "060", purpose="")
    words = "まだ答えていません"
    home = page(own, "/")
    assert words in home
    link = home[home.index("/a/") :].partition('"')[0]
    own.post(link, {"sheet": "1", "status": "safe"})
    assert words not in page(own, "/")
    person.refresh_from_db()
    assert person.status == "safe"
