"""A clerk's change of a field that payroll leads is a proposal, and no edit."""

import pytest

from meibo.apps.directory.actions import Kept, keep_unit, propose_kept
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.audit.actions import Actor
from meibo.platform.ownership import Leader, Owned
from meibo.platform.proposals.models import Proposal
from meibo.platform.proposals.queries import opened
from tests.apps.directory.ward import NOW, TODAY, Ward

CLERK = Actor("shomu")
STAFF = Viewer(frozenset({"staff"}), TODAY)


def shown(person: str) -> tuple[object, object]:
    card = reader.card(STAFF, person, on=TODAY)
    assert card is not None
    return card["extension"], card.get("seat")


def keep(ward: Ward, person: str) -> int:
    kept = Kept({}, {person: {"extension": "9999", "seat": "3-12"}})
    keep_unit(ward.codes["税務係"], kept, on=TODAY, actor="shomu", now=NOW)
    return propose_kept(kept, on=TODAY, actor=CLERK, now=NOW)


def test_what_the_roster_leads_is_an_edit(ward: Ward) -> None:
    person = ward.first("税務係", "060")
    assert keep(ward, person) == 0
    assert shown(person) == ("9999", "3-12")


def test_what_payroll_leads_is_a_proposal_to_personnel(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    led = {"extension": Owned("extension", "内線", Leader.PAYROLL, None, "")}
    monkeypatch.setattr("meibo.platform.ownership.ownership", lambda on: led)
    person = ward.first("税務係", "060")
    before = shown(person)[0]
    assert keep(ward, person) == 1
    assert shown(person) == (before, "3-12")
    (asked,) = opened(Proposal.objects.all())
    assert (asked.row.toward, asked.row.origin) == ("personnel", "directory")
    assert (asked.current, asked.proposed) == (before, "9999")
