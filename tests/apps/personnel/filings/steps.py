"""What the tests of filings do again and again: file, send, decide."""

from datetime import timedelta

from meibo.apps.personnel.models import OpenFiling
from tests.apps.directory.ward import TODAY
from tests.apps.personnel.filings.conftest import Desk

SINCE = (TODAY - timedelta(days=10)).isoformat()
ADDRESS = ({"postcode": "０００１２３４"}, {"address": "汐見区新町1番地"}, {"since": SINCE})
RING = ({"mobile": "09000001234"}, {"home_phone": ""}, {"own_mail": ""})


def mark(filing: OpenFiling) -> str:
    filing.refresh_from_db()
    return f"{filing.pk}:{filing.version}"


def sent(own: Desk, kind: str = "address", *answers: dict[str, str]) -> OpenFiling:
    number = own.file(kind, *(answers or ADDRESS))
    assert "届を送りました" in own.send(number)
    return OpenFiling.objects.get(pk=number)


def decide(desk: Desk, filing: OpenFiling, deed: str = "accept", reason: str = "") -> str:
    """As on the page of this one filing."""
    values = {"filing": mark(filing), "deed": deed, "reason": reason, "from": "sheet"}
    return desk.post("/personnel/filings/decide", values)


def at_once(desk: Desk, *filings: OpenFiling) -> str:
    """As in the list, by marks."""
    marks = {"filing": [mark(each) for each in filings], "deed": "accept"}
    return desk.post("/personnel/filings/decide", marks)
