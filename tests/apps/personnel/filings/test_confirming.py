"""Contacts are confirmed as still right in one tap, and who has not is known, not what."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from meibo.apps.personnel.models import Confirmation
from meibo.apps.personnel.queries.filings.confirming import confirmed_share, mask
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.figures import FIGURES
from tests.apps.directory.ward import FIRST, TODAY
from tests.apps.personnel.filings.conftest import Desk, MakeDesk
from tests.apps.personnel.filings.steps import sent

LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def held(person: str) -> str:
    """The person filed a telephone and whom to call, long ago."""
    phones = json.dumps([{"kind": "携帯", "value": "090-0000-4321"}], ensure_ascii=False)
    kin = json.dumps([{"name": "見本　花", "relation": "母", "phone": "03-0000-8765"}])
    filings = [("contacts", phones), ("emergency", kin)]
    batch = Batch(filings=[NewFiling(person, f, v, FIRST, LONG_AGO) for f, v in filings])
    append(batch, actor="test", now=LONG_AGO)
    return person


def marks(page: str) -> dict[str, str]:
    names = ("mark-contacts", "mark-emergency")
    return {n: page.split(f'name="{n}" value="')[1].split('"', maxsplit=1)[0] for n in names}


def test_the_first_page_asks_and_one_tap_answers(own: Desk, held: str) -> None:
    page = own.text("/")
    assert "この連絡先は、今も正しいですか" in page
    assert "●●●-●●●●-4321" in page
    said = own.post("/filings/confirm", marks(page))
    assert "今も正しいと記録しました" in said
    assert "この連絡先は、今も正しいですか" not in own.text("/")
    assert {c.kind for c in Confirmation.objects.filter(person=held)} == {"contacts", "emergency"}


def test_what_is_new_is_not_confirmed_unseen(own: Desk, held: str) -> None:
    page = own.text("/")
    new = NewFiling(held, "contacts", '[{"kind": "携帯", "value": "1"}]', TODAY, LONG_AGO)
    append(Batch(filings=[new]), actor="intake", now=LONG_AGO)
    assert "連絡先の記録が変わりました" in own.post("/filings/confirm", marks(page))
    assert not Confirmation.objects.exists()


def test_nobody_is_asked_without_need(own: Desk, sits: MakeDesk, held: str) -> None:
    # Nothing on record: nothing to confirm. A change under way: it is not asked about.
    assert "今も正しいですか" not in sits("資格係", "070", purpose="").text("/")
    answers = ({"mobile": "09000001234"}, {"home_phone": ""}, {"own_mail": ""})
    sent(own, "contacts", *answers)
    page = own.text("/")
    assert "mark-contacts" not in page
    assert "mark-emergency" in page


def test_it_is_asked_again_after_the_towns_days(own: Desk, held: str) -> None:
    own.post("/filings/confirm", marks(own.text("/")))
    moment = datetime.combine(TODAY, datetime.min.time(), UTC)
    for days, asked in ((90, False), (91, True)):
        Confirmation.objects.update(at=moment - timedelta(days=days))
        assert ("今も正しいですか" in own.text("/")) is asked


def test_the_clerk_sees_who_is_late_and_not_what(
    clerk: Desk, officer: Desk, own: Desk, held: str
) -> None:
    for desk in (clerk, officer):
        page = desk.text("/personnel/filings/unconfirmed")
        assert f"/people/{held}" in page
        assert "4321" not in page
    assert own.client.get("/personnel/filings/unconfirmed").status_code == 403
    own.post("/filings/confirm", marks(own.text("/")))
    Confirmation.objects.update(at=datetime.combine(TODAY, datetime.min.time(), UTC))
    assert f"/people/{held}" not in clerk.text("/personnel/filings/unconfirmed")


def test_the_share_is_a_figure_that_others_read(own: Desk, held: str) -> None:
    before = confirmed_share(TODAY)
    own.post("/filings/confirm", marks(own.text("/")))
    after = confirmed_share(TODAY)
    assert (after.confirmed, after.total) == (before.confirmed + 1, before.total)
    assert FIGURES["contacts-confirmed"].read(TODAY) == (after.confirmed, after.total)


def test_a_mask_leaves_the_last_four_and_the_shape() -> None:
    assert mask("090-1234-5678") == "●●●-●●●●-5678"
    assert mask("12") == "12"
