"""The desk of a shelter: who may open it, when, and what it shows."""

import pytest
from django.test import Client

from meibo.apps.safety.actions.starting import close
from meibo.apps.safety.views import desk
from meibo.config.clock import now
from meibo.domain.safety.organising import HEAD
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_places import ACTOR, arrived, asked, crisis, in_force

__all__ = ["crisis"]


def test_who_leads_a_shelter_opens_its_desk_while_a_check_runs(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    own, elsewhere = ward.first("文書係", "060"), ward.first("戸籍係", "060")
    leader = ward.first("税務係", "052")
    in_force(**{leader: f"S1/{HEAD}", own: "S1"})
    check = asked(now())
    arrived(check, own, elsewhere)
    head = signed_in("税務係", "052", purpose="")
    path = f"/safety/checks/{check.pk}/desk"
    assert path in head.get("/safety/mine").content.decode()
    assert path in head.get("/").content.decode()
    page = head.get(path).content.decode()
    assert "月見坂小の到着の受付　1人" in page
    assert ward.names[own] in page
    assert ward.names[elsewhere] not in page  # who came to another desk is no matter of this one
    assert f'/safety/checks/{check.pk}"' not in page
    assert head.get(f"/safety/checks/{check.pk}").status_code == 403
    third = check.called.get(person=ward.first("法規係", "060"))
    head.post(path, {"called": str(third.pk)})
    assert ward.names[third.person] in head.get(path).content.decode()
    head.post(path, {"called": str(third.pk), "undo": "1"})
    third.refresh_from_db()
    assert third.arrived_at is None
    other = str(check.called.get(person=elsewhere).pk)
    assert head.post(path, {"called": other, "undo": "1"}).status_code == 403
    close(check, actor=ACTOR, now=now())
    assert head.get(path).status_code == 403
    assert head.post(path, {"called": str(third.pk)}).status_code == 403
    assert path not in head.get("/safety/mine").content.decode()


def test_nobody_else_of_the_organisation_opens_a_desk(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    member, section = ward.first("税務係", "060"), ward.first("文書係", "060")
    in_force(**{member: "S1", section: f"D1/{HEAD}"})
    path = f"/safety/checks/{asked(now()).pk}/desk"
    for unit in ("税務係", "文書係", "戸籍係"):
        assert signed_in(unit, "060", purpose="").get(path).status_code == 403


def test_the_search_at_the_desk_says_when_there_are_more(
    crisis: Client, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/safety/checks/{asked(now()).pk}/desk"
    monkeypatch.setattr(desk, "_HITS", 5)
    many = crisis.get(path, {"q": "田"}).content.decode()
    assert "ほかにもいる" in many
    assert many.count("の到着を受け付ける") == 5
    name = ward.names[ward.first("税務係", "060")]
    assert "ほかにもいる" not in crisis.get(path, {"q": name}).content.decode()
