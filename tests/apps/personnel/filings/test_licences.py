"""Licences of the town's list: a level where there is one, and the scan with the filing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from meibo.apps.personnel.models import OpenFiling
from meibo.domain.disclosure import Viewer
from meibo.ledger import documents, reader
from tests.apps.directory.ward import TODAY
from tests.apps.personnel.filings.conftest import Desk

Committing = Callable[..., AbstractContextManager[object]]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
FOLDER = Path(settings.MEIBO_DATA) / documents.FOLDER


def upload(content: bytes = PDF, name: str = "免状.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def begun(own: Desk, *answers: dict[str, str]) -> int:
    return own.file("licence", *answers)


ANSWERS = (
    {"licence_name": "防火管理者"},
    {"licence_level": "甲種"},
    {"licence_number": "77", "got": "2022-04-01"},
    {"expires": ""},
)


def sent_with_scan(own: Desk) -> OpenFiling:
    number = begun(own, *ANSWERS)
    answer = own.client.post(f"/filings/{number}/questions/5", {"scan": upload()})
    assert answer["Location"] == f"/filings/{number}/look", answer.content.decode()
    own.send(number)
    return OpenFiling.objects.get(pk=number)


def test_level_and_scan_go_into_the_record_and_are_seen_with_the_licence(
    own: Desk, clerk: Desk, officer: Desk, person: str
) -> None:
    filing = sent_with_scan(own)
    assert PDF not in b"".join(path.read_bytes() for path in FOLDER.iterdir())
    assert own.client.get(f"/filings/{filing.pk}/scan").content == PDF
    page = officer.text(f"/personnel/filings/{filing.pk}")
    assert "甲種" in page
    assert f"/personnel/filings/{filing.pk}/scan" in page
    answer = officer.client.get(f"/personnel/filings/{filing.pk}/scan")
    assert answer.content == PDF
    assert "attachment" in answer["Content-Disposition"]
    # The table shows the row to personnel and to oneself: a 庶務担当 passes it on unseen.
    assert clerk.client.get(f"/personnel/filings/{filing.pk}/scan").status_code == 404
    mark = f"{filing.pk}:{filing.version}"
    officer.post("/personnel/filings/decide", {"filing": mark, "deed": "accept", "from": "sheet"})
    assert "甲種" in own.text("/filings/")
    assert "写しあり" in own.text("/filings/")
    assert [each.name for each in documents.hung_on(person)] == ["免状.pdf"]
    card = reader.card(Viewer(frozenset({"hr", "staff"}), TODAY), person, on=TODAY)
    assert card is not None
    assert card["licence"][0]["level"] == "甲種"
    page = officer.text(f"/people/{person}")
    assert "写しあり" in page
    assert '"file"' not in page
    address = f"/people/{person}/licences/0"
    assert f'href="{address}"' in page
    for who in (officer, own, clerk):
        answer = who.client.get(address)
        if who is clerk:  # a colleague's record is asked for again, and then there is nothing
            assert b"%PDF" not in answer.content
        else:
            assert answer.content == PDF
    assert officer.client.get(f"/people/{person}/licences/1").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "空です"), (b"GIF89a", "PDF、JPEG"), (None, "ファイルを選んで")],
)
def test_what_is_no_scan_is_said_at_the_field(own: Desk, content: bytes | None, said: str) -> None:
    number = begun(own, *ANSWERS)
    sent = {} if content is None else {"scan": upload(content)}
    answer = own.client.post(f"/filings/{number}/questions/5", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert own.client.get(f"/filings/{number}/look")["Location"].endswith("/questions/5")


def test_a_licence_that_the_town_does_not_list_asks_for_neither(own: Desk) -> None:
    number = begun(
        own, {"licence_name": "手話通訳者"}, {"licence_number": "1", "got": "2020-01-01"}
    )
    page = own.text(f"/filings/{number}/questions/3")
    assert "3問のうち3問目" in page
    assert "写し" not in page


def test_a_scan_belongs_to_the_licence_it_was_handed_in_for(own: Desk) -> None:
    number = begun(own, *ANSWERS)
    own.client.post(f"/filings/{number}/questions/5", {"scan": upload()})
    before = set(FOLDER.iterdir())
    own.client.post(f"/filings/{number}/questions/1", {"licence_name": "保健師"})
    assert own.client.get(f"/filings/{number}/scan").status_code == 404
    assert own.client.post(f"/filings/{number}/questions/4", {}).status_code == 422
    own.client.post(f"/filings/{number}/questions/4", {"scan": upload(name="免許証.pdf")})
    assert len(set(FOLDER.iterdir()) - before) == 1
    assert len(before - set(FOLDER.iterdir())) == 1
    held = own.text(f"/filings/{number}/questions/4")
    assert "付いているもの：免許証.pdf" in held


def test_a_scan_goes_with_the_filing_that_is_taken_back(
    own: Desk,
    officer: Desk,
    django_capture_on_commit_callbacks: Committing,
) -> None:
    before = set(FOLDER.iterdir()) if FOLDER.exists() else set()
    filing = sent_with_scan(own)
    assert len(set(FOLDER.iterdir()) - before) == 1
    with django_capture_on_commit_callbacks(execute=True):
        own.post(f"/filings/{filing.pk}/withdraw", {"version": str(filing.version)})
    assert OpenFiling.objects.get(pk=filing.pk).state == OpenFiling.WITHDRAWN
    assert set(FOLDER.iterdir()) == before
    assert own.client.get(f"/filings/{filing.pk}/scan").status_code == 404
    assert officer.client.get(f"/personnel/filings/{filing.pk}/scan").status_code == 404
    assert own.client.get(f"/filings/{filing.pk}").status_code == 200


def test_nobody_else_gets_the_scan_of_a_filing(own: Desk, sits: object) -> None:
    filing = sent_with_scan(own)
    other = sits("収納係", "052", purpose="")  # type: ignore[operator]  # a fixture that makes desks
    assert other.client.get(f"/filings/{filing.pk}/scan").status_code == 404
    assert other.client.get(f"/personnel/filings/{filing.pk}/scan").status_code == 403


def test_a_draft_that_is_dropped_takes_its_scan_along(
    own: Desk, django_capture_on_commit_callbacks: object
) -> None:
    number = begun(own, *ANSWERS)
    own.client.post(f"/filings/{number}/questions/5", {"scan": upload()})
    count = len(list(FOLDER.iterdir()))
    version = OpenFiling.objects.get(pk=number).version
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # of pytest-django
        own.post(f"/filings/{number}/withdraw", {"version": version})
    assert len(list(FOLDER.iterdir())) == count - 1
