"""だれがどの権限を持っているか: read, proposed, approved and taken away on pages."""

import re

import pytest
from django.test import Client

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.grants.models import Grant
from meibo.platform.grants.queries import duties_of
from tests.apps.access.conftest import SignIn
from tests.apps.directory.ward import TODAY, TURN, Ward

ASKED = {"duty": "crisis", "starts": TODAY.isoformat(), "last": "", "purpose": "水防の当番"}


def page(client: Client, address: str = "/grants") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def wish(ward: Ward, client: Client, **more: str) -> int:
    """Propose 危機管理 for the chief of 防災計画係; the status of the answer."""
    person = ward.first("防災計画係", "050")
    asked = {**ASKED, "unit": ward.codes["防災計画係"], **more}
    return client.post(f"/grants/new?person={person}", asked).status_code


def last() -> Grant:
    found = Grant.objects.order_by("-id").first()
    assert found is not None
    return found


def decide(client: Client, deed: str, grant: Grant | None = None) -> str:
    answer = client.post(f"/grants/{(grant or last()).pk}/{deed}", {"reason": ""}, follow=True)
    return answer.content.decode()


def test_one_proposes_another_approves_and_both_names_stand_there(ward: Ward, at: SignIn) -> None:
    officer, second = at("人事係", "050", "hr"), at("人事係", "052", "hr")
    chief = at("防災計画係", "050")
    assert wish(ward, officer) == 302
    assert "承認待ち" in page(officer)
    assert "承認待ち" in page(chief)
    assert "あなたの承認を待っているもの" in page(second)
    assert ">承認する<" in page(second, f"/grants/{last().pk}")
    assert "承認しました" in decide(second, "approve")
    shown = page(chief)
    assert "水防の当番" in shown
    for post in ("050", "052"):
        name = ward.names[ward.first("人事係", post)].replace("\u3000", " ")
        assert name in shown


def test_who_proposed_is_offered_no_approval_and_refused_one(ward: Ward, at: SignIn) -> None:
    officer = at("人事係", "050", "hr")
    wish(ward, officer)
    shown = page(officer, f"/grants/{last().pk}")
    assert ">承認する<" not in shown
    assert "取り下げる" in shown
    assert "提案した人は承認できません" in decide(officer, "approve")
    assert not last().steps.exists()
    assert "あなたの承認を待っているもの" not in page(officer)


def test_the_beneficiary_can_neither_approve_nor_see_a_button(ward: Ward, at: SignIn) -> None:
    officer, chief = at("人事係", "050", "hr"), at("防災計画係", "050", "hr")
    wish(ward, officer)
    assert ">承認する<" not in page(chief, f"/grants/{last().pk}")
    assert "自分への付与は承認できません" in decide(chief, "approve")
    assert not last().steps.exists()


def test_what_is_revoked_is_gone_and_stays_readable(ward: Ward, at: SignIn) -> None:
    officer, second = at("人事係", "050", "hr"), at("人事係", "052", "hr")
    wish(ward, officer)
    decide(second, "approve")
    number = f'/grants/{last().pk}"'
    assert number in page(officer)
    assert "解除しました" in decide(officer, "revoke")
    assert number not in page(officer)
    assert number in page(officer, "/grants?all=1")


def test_the_list_is_narrowed_by_duty_and_unit(ward: Ward, at: SignIn) -> None:
    officer = at("人事係", "050", "hr")
    at("税務係", "050", "it")
    it = f'/grants/{last().pk}"'
    unit = ward.codes["税務係"]
    for query, shown in (("duty=it", True), ("duty=hr", False), (f"unit={unit}", True)):
        assert (it in page(officer, f"/grants?{query}")) is shown


@pytest.mark.parametrize(
    ("duty", "all_of_them"), [("it", True), ("audit", True), ("crisis", False)]
)
def test_everybody_sees_their_own_and_some_see_all(
    ward: Ward, at: SignIn, duty: str, *, all_of_them: bool
) -> None:
    at("人事係", "050", "hr")
    officer = last().pk
    client = at("税務係", "050", duty)
    shown = page(client)
    assert f'/grants/{last().pk}"' in shown
    assert (f'/grants/{officer}"' in shown) is all_of_them
    assert client.get(f"/grants/{officer}").status_code == (200 if all_of_them else 404)


def test_an_ordinary_colleague_proposes_nothing(ward: Ward, at: SignIn) -> None:
    client = at("税務係", "060")
    assert client.get("/grants/new").status_code == 403
    assert wish(ward, client) == 403
    assert not Grant.objects.exists()


def test_a_duty_beyond_ones_own_is_not_offered(ward: Ward, at: SignIn) -> None:
    engineer = at("税務係", "050", "it")
    before = Grant.objects.count()
    assert wish(ward, engineer, duty="hr") == 422
    assert wish(ward, engineer, unit=ward.codes["税務係"], duty="it") == 422
    assert Grant.objects.count() == before
    assert wish(ward, engineer, duty="it") == 302


def test_a_person_is_found_by_name_and_no_staff_number_is_shown(ward: Ward, at: SignIn) -> None:
    engineer = at("税務係", "050", "it")
    person = ward.first("防災計画係", "050")
    who = ward.names[person].split("\u3000")[0]
    assert f"/grants/new?person={person}" in page(engineer, f"/grants/new?who={who} 防災計画係")
    assert ward.batch.people[person] not in page(engineer, f"/grants/new?person={person}")


def test_what_is_wrong_with_a_proposal_stands_at_the_field(ward: Ward, at: SignIn) -> None:
    officer = at("人事係", "050", "hr")
    person = ward.first("防災計画係", "050")
    asked = {**ASKED, "unit": ward.codes["防災計画係"], "last": "2020-01-01"}
    answer = officer.post(f"/grants/new?person={person}", asked)
    assert answer.status_code == 422
    assert "始まりの日より前" in answer.content.decode()
    asked = {**ASKED, "unit": ward.codes["防災計画係"], "purpose": "番号 123456789018"}
    assert "個人番号" in officer.post(f"/grants/new?person={person}", asked).content.decode()


def test_the_menu_leads_there_who_has_to_do_with_it(ward: Ward, at: SignIn) -> None:
    assert ">権限<" in page(at("人事係", "050", "hr"), "/help")
    ordinary = page(at("税務係", "070"), "/help")
    assert ">権限<" not in ordinary
    assert "私の権限とアカウント" in ordinary


def test_what_begins_in_april_hangs_on_the_post_of_april(ward: Ward, at: SignIn) -> None:
    officer, second = at("人事係", "050", "hr"), at("人事係", "052", "hr")
    mover, unit = moving(ward)
    address = f"/grants/new?person={mover}&on={TURN}"
    form = page(officer, address)
    assert f'value="{TURN}"' in form
    assert f'value="{unit}"' in form
    asked = {**ASKED, "unit": unit, "starts": TURN.isoformat()}
    assert officer.post(address, asked | {"starts": TODAY.isoformat()}).status_code == 422
    assert officer.post(address, asked).status_code == 302
    decide(second, "approve")
    assert "これから" in page(officer)
    assert duties_of(mover, TURN) == {"crisis"}
    assert duties_of(mover, TODAY) == set()


def moving(ward: Ward) -> tuple[str, str]:
    """Somebody who will be in another section on 1 April, and the code of the unit there."""
    viewer = Viewer(frozenset({"hr"}), TODAY)
    for team in ("税務係", "文書係", "給与係", "戸籍係", "計画係"):
        person = ward.first(team, "050")
        card = reader.card(viewer, person, on=TURN)
        if card is not None and card["unit_code"][:4] != ward.codes[team][:4]:
            return person, card["unit_code"]
    raise AssertionError("nobody moves")
