"""Two people keep one section at the same time: each writes what they typed, and nothing else."""

import json
from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client

from meibo.apps.directory.actions import Allotted, Kept, keep_unit
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward

STAFF = Viewer(frozenset({"staff"}), TODAY)


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("税務係", "060")


def opened(ward: Ward, client: Client) -> dict[str, str]:
    """What a browser would send of the sheet of the 税務係 as it is now, untouched."""
    return _fields(client.get(_address(ward)))


def _fields(response: HttpResponse) -> dict[str, str]:
    form = response.context["sheet"]  # type: ignore[attr-defined]  # of Django's test client
    values = {f.html_name: str(f.value() or "") for each in form.forms for f in each}
    return {**values, "shown": form.shown_now}


def _address(ward: Ward) -> str:
    return f"/units/{ward.codes['税務係']}/edit"


def save(ward: Ward, client: Client, values: Mapping[str, str]) -> tuple[int, str]:
    response = client.post(_address(ward), dict(values), follow=True)
    return response.status_code, response.content.decode()


def extension(person: str) -> str:
    card = reader.card(STAFF, person, on=TODAY)
    assert card is not None
    return str(card["extension"])


def allotments(ward: Ward, client: Client) -> set[str]:
    page = client.get(_address(ward)).context["sheet"]
    return {form["text"].value() for old, form in page.lines if old}


def test_who_saves_later_does_not_take_back_what_another_changed(ward: Ward, clerk: Client) -> None:
    chief, deputy = ward.first("税務係", "050"), ward.first("税務係", "052")
    one, other = opened(ward, clerk), opened(ward, clerk)
    save(ward, clerk, {**one, f"seat-{chief}-extension": "7777"})
    code, page = save(ward, clerk, {**other, f"seat-{deputy}-extension": "8888"})
    assert code == 200
    assert "1か所を保存しました" in page
    assert (extension(chief), extension(deputy)) == ("7777", "8888")


def test_what_another_changed_meanwhile_stays_and_is_told_before_it_is_replaced(
    ward: Ward, clerk: Client
) -> None:
    chief, deputy = ward.first("税務係", "050"), ward.first("税務係", "052")
    one, other = opened(ward, clerk), opened(ward, clerk)
    save(ward, clerk, {**one, f"seat-{chief}-extension": "7777"})
    typed = {f"seat-{chief}-extension": "6666", f"seat-{deputy}-extension": "8888"}
    asked = clerk.post(_address(ward), {**other, **typed})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "「7777」に変わりました" in page
    assert extension(chief) == "7777"
    again = _fields(asked)
    assert {key: again[key] for key in typed} == typed
    code, page = save(ward, clerk, again)
    assert code == 200
    assert (extension(chief), extension(deputy)) == ("6666", "8888")


def test_two_who_type_the_same_do_not_stand_in_each_others_way(ward: Ward, clerk: Client) -> None:
    chief = ward.first("税務係", "050")
    one, other = opened(ward, clerk), opened(ward, clerk)
    save(ward, clerk, {**one, f"seat-{chief}-extension": "7777"})
    code, page = save(ward, clerk, {**other, f"seat-{chief}-extension": "7777"})
    assert code == 200
    assert "変わったところはありません" in page


@pytest.mark.parametrize("shown", ["", "{", "[1]", '{"phone": 3}'])
def test_a_field_that_was_not_sent_is_untouched(ward: Ward, clerk: Client, shown: str) -> None:
    chief = ward.first("税務係", "050")
    before = reader.unit(STAFF, ward.codes["税務係"], on=TODAY), extension(chief)
    lines = allotments(ward, clerk)
    values = {f"seat-{chief}-seat": "3階 東12"} | ({"shown": shown} if shown else {})
    code, page = save(ward, clerk, values)
    assert code == 200
    assert "1か所を保存しました" in page
    assert (reader.unit(STAFF, ward.codes["税務係"], on=TODAY), extension(chief)) == before
    assert allotments(ward, clerk) == lines


def test_a_line_that_another_added_meanwhile_is_no_row_of_mine(ward: Ward, clerk: Client) -> None:
    chief = ward.first("税務係", "050")
    one, other = opened(ward, clerk), opened(ward, clerk)
    save(ward, clerk, {**one, "new-0-text": "新しい窓口", "new-0-person": chief})
    code, page = save(ward, clerk, {**other, f"seat-{chief}-extension": "7777"})
    assert code == 200
    assert "1か所を保存しました" in page
    assert "新しい窓口" in allotments(ward, clerk)


def test_a_line_keeps_what_another_changed_of_it(ward: Ward, clerk: Client) -> None:
    deputy = ward.first("税務係", "052")
    one, other = opened(ward, clerk), opened(ward, clerk)
    save(ward, clerk, {**one, "line-01-person": deputy})
    save(ward, clerk, {**other, "line-01-text": "納税証明の窓口"})
    form = next(f for old, f in clerk.get(_address(ward)).context["sheet"].lines if f.key == "01")
    assert (form["text"].value(), form["person"].value()) == ("納税証明の窓口", deputy)


def test_a_line_that_another_ended_is_asked_for_before_it_begins_again(
    ward: Ward, clerk: Client
) -> None:
    one, other = opened(ward, clerk), opened(ward, clerk)
    save(ward, clerk, {**one, "line-01-text": ""})
    code, _ = save(ward, clerk, {**other, "phone": "03-0000-4321"})
    assert code == 200
    assert "特別区民税の証明窓口" in allotments(ward, clerk)  # the deputy's line of the same words
    asked = clerk.post(_address(ward), {**other, "line-01-text": "納税証明の窓口"})
    assert asked.status_code == 422
    assert "この間になくなりました" in asked.content.decode()
    assert save(ward, clerk, _fields(asked))[0] == 200
    assert "納税証明の窓口" in allotments(ward, clerk)


def test_what_is_typed_for_somebody_who_has_gone_is_told(ward: Ward, clerk: Client) -> None:
    stranger = ward.first("収納係", "050")
    name = f"seat-{stranger}-extension"
    values = {**opened(ward, clerk), name: "7777"}
    values["shown"] = json.dumps({**json.loads(values["shown"]), name: "1111"})
    code, page = save(ward, clerk, values)
    assert code == 200
    assert "この組織に本務のある人ではなくなった" in page
    assert extension(stranger) != "7777"


def test_a_line_of_somebody_who_moved_away_does_not_hinder_other_things(
    ward: Ward, clerk: Client
) -> None:
    stranger = ward.first("収納係", "050")
    line = Allotted("99", "残された担当", "主", stranger)
    code = ward.codes["税務係"]
    keep_unit(code, Kept({}, {}, [line]), on=TODAY, actor="test", now=NOW)
    status, page = save(ward, clerk, {**opened(ward, clerk), "phone": "03-0000-4321"})
    assert status == 200
    assert "1か所を保存しました" in page
    assert "残された担当" in allotments(ward, clerk)


def test_nobody_is_given_a_matter_who_is_not_here(ward: Ward, clerk: Client) -> None:
    values = {**opened(ward, clerk), "line-02-person": ward.first("収納係", "050")}
    assert save(ward, clerk, values)[0] == 422


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("０３ー００００ー２０７９", "03-0000-2079"),
        ("03‐0000−2079", "03-0000-2079"),
        ("０３（００００）２０７９", "03(0000)2079"),
    ],
)
def test_a_telephone_number_may_be_typed_in_full_width(
    ward: Ward, clerk: Client, typed: str, kept: str
) -> None:
    code, _ = save(ward, clerk, {**opened(ward, clerk), "phone": typed})
    assert code == 200
    unit = reader.unit(STAFF, ward.codes["税務係"], on=TODAY)
    assert unit is not None
    assert unit["phone"] == kept


def test_what_is_wrong_is_counted_and_linked_at_the_top(ward: Ward, clerk: Client) -> None:
    chief = ward.first("税務係", "050")
    values = {**opened(ward, clerk), "phone": "でんわ", f"seat-{chief}-extension": "x"}
    page = clerk.post(_address(ward), values).content.decode()
    assert "2か所" in page
    assert 'href="#id_phone"' in page
    assert f'href="#id_seat-{chief}-extension"' in page
    assert "autofocus" in page
    assert "内線" in page[page.index("2か所") :].split("</ul>")[0]
