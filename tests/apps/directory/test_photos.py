"""Pictures are shown to who may see them, and their file names to nobody."""

from pathlib import Path

import pytest
from django.conf import settings

from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.layout import photos
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.fixture
def pictured(ward: Ward) -> str:
    """Someone whose picture is in the house, under the staff number as its name."""
    person = ward.first("税務係", "050")
    folder = Path(settings.MEIBO_DATA) / photos.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "0000051.svg").write_bytes(PICTURE)
    filings = [NewFiling(person, "photo", "0000051.svg", FIRST, NOW)]
    append(Batch(filings=filings), actor="test", now=NOW)
    return person


def test_a_picture_is_served_as_a_picture_that_can_run_nothing(
    pictured: str, signed_in: SignIn
) -> None:
    response = signed_in().get(f"/people/{pictured}/photo")
    assert b"".join(response.streaming_content) == PICTURE  # type: ignore[attr-defined]  # a file
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_page_tells_the_name_of_the_file(pictured: str, ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("管理係")
    for address in (f"/people/{pictured}", f"/units/{ward.codes['税務係']}?view=photos", "/list"):
        page = client.get(address).content.decode()
        assert "0000051" not in page
    assert f"/people/{pictured}/photo" in client.get(f"/people/{pictured}").content.decode()


def test_who_shares_no_picture_shows_an_initial(pictured: str, signed_in: SignIn) -> None:
    filings = [NewFiling(pictured, "share_photo", "none", FIRST, NOW)]
    append(Batch(filings=filings), actor="test", now=NOW)
    client = signed_in("管理係")
    assert client.get(f"/people/{pictured}/photo").status_code == 404
    assert "/photo" not in client.get(f"/people/{pictured}").content.decode()


@pytest.mark.parametrize(
    "name", ["", "../secret_key", "/etc/passwd", "a/b.svg", "page.html", "missing.jpg", ".."]
)
def test_only_pictures_of_the_folder_are_served(name: str) -> None:
    assert photos.stored({"photo": name}) is None
