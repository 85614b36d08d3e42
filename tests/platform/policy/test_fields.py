"""A field of the town's own is written into a draft, approved by another, and is there from its
day on."""

import pytest
from django.test import Client

from meibo.domain.free_fields import Type
from meibo.ledger import policy
from meibo.platform.policy.models import Draft
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

pytestmark = pytest.mark.django_db
FIELD = {
    "add": "1",
    "label": "通訳できる言語",
    "key": "language",
    "type": "several",
    "choices": "英語\n中国語\n手話",
    "by": ["self"],
    "audience": "staff",
}


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "050", ("hr",))


def begun(clerk: Client) -> int:
    clerk.post("/disclosure/drafts/new")
    return Draft.objects.latest("pk").pk


def test_a_field_comes_into_force_once_somebody_else_approved(
    clerk: Client, signed_in: SignIn, ward: Ward
) -> None:
    number = begun(clerk)
    page = clerk.post(f"/disclosure/drafts/{number}/fields", FIELD, follow=True).content.decode()
    assert "通訳できる言語" in page
    assert not policy.table(TODAY).free
    cells = {"note": "決裁8-1", "starts": TODAY.isoformat()}
    clerk.post(f"/disclosure/drafts/{number}/edit", cells)
    told = clerk.get(f"/disclosure/drafts/{number}").content.decode()
    assert (
        "項目が増えます：通訳できる言語（いくつか選ぶ：英語・中国語・手話、本人も書ける）" in told
    )
    clerk.post(f"/disclosure/drafts/{number}/decide", {"deed": "ask"})
    clerk.post(f"/disclosure/drafts/{number}/decide", {"deed": "approve"})
    assert not policy.table(TODAY).free
    second = signed_in("人事係", "060", ("hr",))
    second.post(f"/disclosure/drafts/{number}/decide", {"deed": "approve"})
    [field] = policy.table(TODAY).free.values()
    assert (field.name, field.type, field.by) == ("free:language", Type.SEVERAL, {"self"})
    assert "通訳できる言語" in clerk.get("/disclosure").content.decode()


def test_a_field_is_taken_out_of_a_draft_again(clerk: Client) -> None:
    address = f"/disclosure/drafts/{begun(clerk)}/fields"
    clerk.post(address, FIELD)
    page = clerk.post(address, {"drop": "free:language"}, follow=True).content.decode()
    assert "まだありません" in page


def test_no_row_of_the_product_is_taken_out_or_written_over(clerk: Client) -> None:
    number = begun(clerk)
    before = policy.table(TODAY).rows
    clerk.post(f"/disclosure/drafts/{number}/fields", {"drop": "address"})
    kept = Draft.objects.get(pk=number)
    assert [r.field for r in policy.parse(kept.text).rows] == [r.field for r in before]
    named = {**FIELD, "label": "氏名（職場で使う名前）"}
    page = clerk.post(f"/disclosure/drafts/{number}/fields", named, follow=True).content.decode()
    assert "もうあります" in page


@pytest.mark.parametrize("label", ["氏名", " 氏 名 ", "所属", "通勤", "採用日", "Ｅ", "自宅の住所"])
def test_a_field_does_not_take_the_name_of_another_one(clerk: Client, label: str) -> None:
    number = begun(clerk)
    named = {**FIELD, "label": label}
    page = clerk.post(f"/disclosure/drafts/{number}/fields", named, follow=True).content.decode()
    assert ("もうあります" in page) == (label != "Ｅ")
    kept = policy.parse(Draft.objects.get(pk=number).text)
    assert bool(kept.free) == (label == "Ｅ")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"key": "9x"}, "英小文字で始まる"),
        ({"choices": "英語"}, "2つから"),
        ({"type": "text"}, "選ぶ項目だけ"),
        ({"label": ""}, "書いてください"),
    ],
)
def test_what_is_no_field_is_told_at_the_form(
    clerk: Client, wrong: dict[str, str], said: str
) -> None:
    address = f"/disclosure/drafts/{begun(clerk)}/fields"
    response = clerk.post(address, {**FIELD, **wrong})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_colleagues_write_no_fields(clerk: Client, signed_in: SignIn) -> None:
    number = begun(clerk)
    assert signed_in().post(f"/disclosure/drafts/{number}/fields", FIELD).status_code == 403
