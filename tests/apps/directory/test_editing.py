"""People choose what they share; a 庶務担当 keeps the section's own things; nobody else does."""

import pytest
from django.test import Client

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

STAFF = Viewer(frozenset({"staff"}), TODAY)


def skills_of(person: str) -> object:
    card = reader.card(STAFF, person, on=TODAY)
    assert card is not None
    return card.get("skills", "absent")


@pytest.fixture
def skilled(ward: Ward) -> tuple[str, str, str]:
    """Someone who has skills to share: unit, post, id."""
    code, post, person = next(
        (code, post, person)
        for (code, post), people in ward.seats.items()
        for person in people[:1]
        if isinstance(skills_of(person), list) and skills_of(person)
    )
    return next(name for name, each in ward.codes.items() if each == code), post, person


def test_what_one_stops_sharing_is_gone_for_others_at_once(
    skilled: tuple[str, str, str], signed_in: SignIn
) -> None:
    unit, post, person = skilled
    client = signed_in(unit, post)
    values = {"photo": "all", "skill": "none"}
    response = client.post(f"/people/{person}/sharing", values, follow=True)
    assert "見せる範囲を変えました" in response.content.decode()
    assert skills_of(person) == "absent"
    assert "selected" in response.content.decode().split('id="id_skill"')[1].split("見せない")[0]


def test_nobody_chooses_for_somebody_else(
    skilled: tuple[str, str, str], signed_in: SignIn, ward: Ward
) -> None:
    person = skilled[2]
    client = signed_in("人事係", "050", ("hr",))
    values = {"photo": "none", "skill": "none"}
    assert client.post(f"/people/{person}/sharing", values).status_code == 403
    assert skills_of(person) != "absent"


def test_a_choice_that_does_not_exist_changes_nothing(
    skilled: tuple[str, str, str], signed_in: SignIn
) -> None:
    unit, post, person = skilled
    values = {"photo": "all", "skill": "world"}
    signed_in(unit, post).post(f"/people/{person}/sharing", values)
    assert skills_of(person) != "absent"


def sheet(ward: Ward, client: Client, **changes: str) -> dict[str, str]:
    """What a browser would send of the 税務係's sheet, with some fields typed over."""
    page = client.get(f"/units/{ward.codes['税務係']}/edit")
    assert page.status_code == 200
    form = page.context["sheet"]
    forms = [form.unit, *(each for _, each in form.seats), *(each for _, each in form.lines)]
    values = {bound.html_name: str(bound.value() or "") for each in forms for bound in each}
    assert set(changes) <= set(values)
    return values | changes


def test_the_clerk_of_a_section_mends_phones_seats_and_allotments(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in("税務係", "060")
    chief, code = ward.first("税務係", "050"), ward.codes["税務係"]
    changes = {
        "phone": "０３－００００－１２３４",
        f"seat-{chief}-extension": "９９９９",
        f"seat-{chief}-seat": "3階 東12",
        "line-01-text": "納税証明の窓口",
        "line-02-text": "",
        "new-0-text": "窓口の混雑対策",
        "new-0-person": chief,
    }
    response = client.post(f"/units/{code}/edit", sheet(ward, client, **changes), follow=True)
    page = response.content.decode()
    assert "6か所を保存しました" in page
    assert "納税証明の窓口" in page
    assert "窓口の混雑対策" in page
    assert "軽自動車税の課税" not in page
    unit, card = reader.unit(STAFF, code, on=TODAY), reader.card(STAFF, chief, on=TODAY)
    assert unit is not None
    assert card is not None
    assert unit["phone"] == "03-0000-1234"
    assert (card["extension"], card["seat"]) == ("9999", "3階 東12")


def test_nothing_is_written_where_nothing_changed(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("税務係", "060")
    values = sheet(ward, client)
    response = client.post(f"/units/{ward.codes['税務係']}/edit", values, follow=True)
    assert "変わったところはありません" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("phone", "でんわ", "数字とハイフン"),
        ("mail", "まちがい", "有効なメールアドレス"),
        ("new-0-text", "だれもいない担当", "だれの担当か"),
        ("new-1-text", "番号 123456789018 の件", "個人番号"),
    ],
)
def test_what_is_typed_wrongly_is_told_and_nothing_is_saved(
    ward: Ward, signed_in: SignIn, field: str, value: str, said: str
) -> None:
    client = signed_in("税務係", "060")
    code = ward.codes["税務係"]
    before = reader.unit(STAFF, code, on=TODAY)
    response = client.post(f"/units/{code}/edit", sheet(ward, client, **{field: value}))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert reader.unit(STAFF, code, on=TODAY) == before
    assert value not in client.get(f"/units/{code}").content.decode()


@pytest.mark.parametrize(
    ("unit", "post"), [("税務係", "050"), ("管理係", "060"), ("総務部", "010")]
)
def test_who_is_not_the_clerk_gets_neither_the_sheet_nor_its_button(
    ward: Ward, signed_in: SignIn, unit: str, post: str
) -> None:
    client = signed_in(unit, post)
    code = ward.codes["税務係"]
    assert client.get(f"/units/{code}/edit").status_code == 403
    assert client.post(f"/units/{code}/edit", {"phone": "03-0000-9999"}).status_code == 403
    assert "/edit" not in client.get(f"/units/{code}").content.decode()


def test_the_clerk_keeps_no_other_section(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("税務係", "060")
    assert client.get(f"/units/{ward.codes['収納係']}/edit").status_code == 403
    assert "/edit" in client.get(f"/units/{ward.codes['課税第一係']}").content.decode()
