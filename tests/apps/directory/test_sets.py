"""A found set stays with one: gone through one by one, changed, compared, taken along, joined."""

from datetime import timedelta

import pytest
from django.test import Client

from meibo.apps.directory.actions import sets
from meibo.apps.directory.models import FoundSet
from meibo.domain.conditions import Compared, Group
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.found import SETS
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward

pytestmark = pytest.mark.django_db


def owner_of(client: Client) -> str:
    from_page = client.get("/").wsgi_request.user
    return str(from_page.get_username())


def a_set(client: Client, people: list[str], name: str = "試し") -> FoundSet:
    return sets.make(owner_of(client), name, people, on=TODAY, today=TODAY, now=NOW)


@pytest.fixture
def five(ward: Ward) -> list[str]:
    section = ward.codes["税務係"]
    return [p for (code, _), people in ward.seats.items() if code == section for p in people][:5]


def test_one_goes_through_a_set_one_by_one(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in()
    found = a_set(client, five)
    page = client.get(f"/people/{five[1]}?set={found.pk}").content.decode()
    assert "5人中2人目" in page
    assert f'rel="prev" data-walk="ArrowLeft" href="/people/{five[0]}?set={found.pk}"' in page
    assert f'rel="next" data-walk="ArrowRight" href="/people/{five[2]}?set={found.pk}"' in page
    first = client.get(f"/people/{five[0]}?set={found.pk}").content.decode()
    assert "ArrowLeft" not in first


def test_anothers_set_puts_no_bar_on_a_page(signed_in: SignIn, five: list[str]) -> None:
    found = a_set(signed_in(), five)
    page = signed_in("人事係", "060").get(f"/people/{five[1]}?set={found.pk}").content.decode()
    assert "人中" not in page


def test_people_are_taken_out_and_put_back(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in()
    found = a_set(client, five)
    address = f"/sets/{found.pk}/deed"
    page = client.post(address, {"do": "out", "id": five[:2]}, follow=True).content.decode()
    assert "2人を外しました" in page
    assert "外した人を戻す" in page
    found.refresh_from_db()
    assert found.people == five[2:]
    client.post(address, {"do": "in", "id": five[:2]})
    found.refresh_from_db()
    assert set(found.people) == set(five)


def test_who_cannot_be_seen_cannot_be_put_in(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in()
    found = a_set(client, five)
    client.post(f"/sets/{found.pk}/deed", {"do": "in", "id": ["nobody"]})
    found.refresh_from_db()
    assert found.people == five


def test_somebody_is_found_by_name_and_added(
    signed_in: SignIn, ward: Ward, five: list[str]
) -> None:
    client = signed_in()
    found = a_set(client, five)
    other = ward.first("人事係", "050")
    name = ward.names[other].replace("　", "")
    page = client.get(f"/sets/{found.pk}?q={name}").content.decode()
    assert f'name="id" value="{other}"' in page


def test_asking_again_keeps_what_was_done_by_hand(signed_in: SignIn, ward: Ward) -> None:
    client = signed_in()
    other = ward.first("人事係", "060")
    condition = Group("all", (Compared("unit", "in", (ward.codes["税務課"],)),))
    viewer = Viewer(frozenset({"staff"}), TODAY)
    met = reader.choose(viewer, condition, on=TODAY)
    assert len(met) > 5
    found = sets.make(
        owner_of(client), "税", met, on=TODAY, today=TODAY, now=NOW, condition=condition
    )
    client.post(f"/sets/{found.pk}/deed", {"do": "out", "id": met[:1]})
    client.post(f"/sets/{found.pk}/deed", {"do": "in", "id": [other]})
    client.post(f"/sets/{found.pk}/deed", {"do": "again"})
    found.refresh_from_db()
    assert set(found.people) == (set(met) - {met[0]}) | {other}


def test_two_to_four_are_put_side_by_side(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in()
    found = a_set(client, five)
    response = client.post(f"/sets/{found.pk}/deed", {"do": "compare", "id": five[:3]}, follow=True)
    page = response.content.decode()
    assert page.count('<th scope="col"><a href="/people/') == 3
    assert "所属" in page
    assert "生年月日" not in page
    one = client.get(f"/sets/{found.pk}/compare?id={five[0]}").content.decode()
    assert "2人から4人に印" in one


@pytest.mark.parametrize(
    ("joint", "expected"), [("and", [2]), ("or", [0, 1, 2, 3]), ("minus", [0, 1])]
)
def test_two_sets_are_joined(
    signed_in: SignIn, five: list[str], joint: str, expected: list[int]
) -> None:
    client = signed_in()
    first, second = a_set(client, five[:3], "甲"), a_set(client, five[2:4], "乙")
    client.post("/sets/combine", {"first": first.pk, "second": second.pk, "joint": joint})
    made = FoundSet.objects.latest("pk")
    assert made.people == [five[each] for each in expected]


def test_a_set_is_gone_after_ninety_days(
    signed_in: SignIn, five: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in()
    found = a_set(client, five)
    found.ends = TODAY - timedelta(days=1)
    found.save()
    assert client.get(f"/sets/{found.pk}").status_code == 404
    a_set(client, five)
    assert not FoundSet.objects.filter(pk=found.pk).exists()


def test_a_dropped_set_comes_back(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in()
    found = a_set(client, five)
    page = client.post(f"/sets/{found.pk}/deed", {"do": "drop"}, follow=True).content.decode()
    assert "元に戻す" in page
    assert client.get(f"/sets/{found.pk}").status_code == 404
    client.post(f"/sets/{found.pk}/deed", {"do": "back"})
    assert client.get(f"/sets/{found.pk}").status_code == 200


def test_a_set_renamed_at_another_desk_is_not_written_over(
    signed_in: SignIn, five: list[str]
) -> None:
    client = signed_in()
    found = a_set(client, five)
    sent = {"do": "describe", "version": found.version, "name": "二", "note": ""}
    client.post(f"/sets/{found.pk}/deed", sent)
    page = client.post(f"/sets/{found.pk}/deed", {**sent, "name": "三"}, follow=True)
    assert "今の名前は「二」" in page.content.decode()
    found.refresh_from_db()
    assert found.name == "二"


def test_a_set_is_taken_along_in_the_columns_shown_and_written_down(
    signed_in: SignIn, ward: Ward, five: list[str]
) -> None:
    client = signed_in()
    found = a_set(client, five)
    response = client.get(f"/sets/{found.pk}.csv?col=name&col=extension")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "氏名,内線"
    assert len(lines) == 6
    noted = AuditRecord.objects.filter(act=Act.EXPORT.value).latest("no")
    assert '"count": 5' in noted.detail
    assert client.get(f"/sets/{found.pk}.xlsx").content.startswith(b"PK")


def test_mail_addresses_and_labels_of_a_set(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in()
    found = a_set(client, five)
    page = client.get(f"/sets/{found.pk}/mail").content.decode()
    assert "mailto:?bcc=" in page
    assert page.count("@ward.example") >= 5
    labels = client.get(f"/sets/{found.pk}/labels").content.decode()
    assert labels.count('<li class="label">') == 5


def test_without_a_purpose_no_set_leaves_the_house(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in(purpose="")
    found = a_set(client, five)
    for ending in (".csv", ".xlsx", "/mail", "/labels"):
        response = client.get(f"/sets/{found.pk}{ending}")
        assert response.status_code == 302
        assert "/purpose/" in response["Location"]


def test_another_app_gets_the_ids_of_ones_own_set_and_of_no_other(
    signed_in: SignIn, five: list[str]
) -> None:
    client = signed_in()
    found = a_set(client, five)
    got = SETS.of(owner_of(client), found.pk, TODAY)
    assert got is not None
    assert got.people == tuple(five)
    assert SETS.of("somebody", found.pk, TODAY) is None


def test_who_is_forgotten_is_in_no_set(signed_in: SignIn, five: list[str]) -> None:
    found = a_set(signed_in(), five)
    sets.forget(five[0], None)
    found.refresh_from_db()
    assert five[0] not in found.people


def test_a_set_is_begun_from_a_persons_page(signed_in: SignIn, five: list[str]) -> None:
    client = signed_in()
    page = client.post("/sets/new", {"person": five[0], "name": "気になる人"}, follow=True)
    assert "「気になる人」を作りました" in page.content.decode()
    assert "1人中1人目" in page.content.decode()
