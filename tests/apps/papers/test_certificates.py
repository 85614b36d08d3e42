"""在職証明書: a number given once, a register, the same paper as often as it is asked for."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from meibo.apps.papers.actions import certificates as actions
from meibo.apps.papers.models import Certificate
from meibo.platform.audit.actions import Actor
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward
from tests.house.canary import pdf

ASKED = {"purpose": "保育園の入園申込み", "recipient": "けやき野区長"}
CLERK = Actor("jinji")


def number(person: str) -> str:
    return f"{int(person[1:]):07}"


def test_a_certificate_says_who_since_when_where_and_what_for(
    ward: Ward, signed_in: SignIn
) -> None:
    client, person = signed_in(duties=("hr",)), ward.first("戸籍係", "060")
    answer = client.post("/papers/certificates", {"staff_no": number(person), **ASKED})
    assert answer.status_code == 302
    row = Certificate.objects.get()
    assert (row.year, row.number, row.person, row.on) == (2026, 1, person, TODAY)
    answer = client.get(f"/papers/certificates/{row.pk}/pdf")
    said = pdf.text(answer.content).replace("\n", "")
    name = ward.names[person].replace("\u3000", " ")
    for words in (
        name,
        "令和8年度 第1号",
        "令和4年4月1日から現在まで",
        "戸籍係主任",
        *ASKED.values(),
    ):
        assert words in said
    page = client.get("/papers/certificates").content.decode()
    assert name in page
    assert "令和8年度 第1号" in page


def test_a_number_typed_in_full_width_is_the_same_person(ward: Ward, signed_in: SignIn) -> None:
    client, person = signed_in(duties=("hr",)), ward.first("戸籍係", "060")
    typed = "".join(chr(ord(each) + 0xFEE0) for each in number(person))
    assert client.post("/papers/certificates", {"staff_no": typed, **ASKED}).status_code == 302
    assert Certificate.objects.get().person == person


def test_of_who_has_left_the_time_of_service_is_certified(ward: Ward, signed_in: SignIn) -> None:
    left = next(line for line in ward.batch.lines if line.wording == "定年退職")
    row = actions.issue(left.person, "年金", "", on=date(2027, 6, 1), actor=CLERK, now=NOW)
    client = signed_in(duties=("hr",))
    said = pdf.text(client.get(f"/papers/certificates/{row.pk}/pdf").content).replace("\n", "")
    assert "令和4年4月1日から令和9年3月31日まで" in said
    assert "在職していたことを証明します" in said
    assert "令和9年度 第1号" in said


def test_numbers_run_by_fiscal_year(ward: Ward) -> None:
    days = (date(2027, 3, 31), date(2027, 3, 31), date(2027, 4, 1))
    rows = [actions.issue("p00001", "用", "", on=day, actor=CLERK, now=NOW) for day in days]
    assert [(row.year, row.number) for row in rows] == [(2026, 1), (2026, 2), (2027, 1)]


def test_no_number_is_given_twice(ward: Ward) -> None:
    row = actions.issue("p00001", "用", "", on=TODAY, actor=CLERK, now=NOW)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_number_stays_when_the_record_goes(ward: Ward) -> None:
    row = actions.issue("p00001", "保育園", "園長", on=TODAY, actor=CLERK, now=NOW)
    actions.forget("p00001", None)
    row.refresh_from_db()
    assert (row.number, row.person, row.purpose, row.recipient) == (1, "", "", "")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"staff_no": "9999999", "purpose": "用"}, "この職員番号の職員はいません"),
        ({"staff_no": "0000001", "purpose": ""}, "書いてください"),
        ({"staff_no": "0000001", "purpose": "番号 1234 5678 9018"}, "個人番号"),
    ],
)
def test_what_cannot_be_certified_is_told_and_no_number_is_used(
    ward: Ward, signed_in: SignIn, asked: dict[str, str], words: str
) -> None:
    answer = signed_in(duties=("hr",)).post("/papers/certificates", asked)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Certificate.objects.exists()


def test_the_register_is_for_personnel(ward: Ward, signed_in: SignIn) -> None:
    row = actions.issue("p00001", "用", "", on=TODAY, actor=CLERK, now=NOW)
    for address in ("/papers/certificates", f"/papers/certificates/{row.pk}/pdf"):
        assert (
            signed_in(f"{'税務係' if address.endswith('s') else '戸籍係'}").get(address).status_code
            == 403
        )
