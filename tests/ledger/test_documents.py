"""Documents of people lie encrypted, come with what is handed to the person, and go with them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from meibo.domain.disclosure import Viewer
from meibo.ledger import documents, reader, shredding
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.backup.writing import MEDIA
from meibo.platform.privacy.bundle import bundle
from tests.apps.directory.free import SCAN, add_fields
from tests.apps.directory.ward import NOW, TODAY, Ward, build

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\nzq secret words zq\n%%EOF\n"


@pytest.fixture
def ward() -> Ward:
    built = build()
    add_fields()
    return built


def hang(person: str, content: bytes = PDF) -> documents.Document:
    document = documents.store(person, "C:\\scans\\免許.pdf", content)
    append(
        Batch(filings=[NewFiling(person, SCAN, document.filed(), TODAY, NOW)]),
        actor="test",
        now=NOW,
    )
    return document


def test_a_document_lies_encrypted_where_backups_look(ward: Ward) -> None:
    person = ward.first("税務係", "060")
    document = hang(person)
    [place] = documents.all_of(person)
    stored = Path(settings.MEIBO_DATA) / place
    assert b"secret" not in stored.read_bytes()
    assert place.partition("/")[0] in MEDIA
    assert document.name == "免許.pdf"
    assert documents.content_of(person, document) == PDF


def test_a_document_opens_for_no_other_person(ward: Ward) -> None:
    person, other = ward.first("税務係", "060"), ward.first("税務係", "050")
    document = hang(person)
    append(
        Batch(filings=[NewFiling(other, SCAN, document.filed(), TODAY, NOW)]),
        actor="test",
        now=NOW,
    )
    assert documents.content_of(other, document) is None


def test_the_bundle_for_the_person_holds_every_document(ward: Ward) -> None:
    person = ward.first("税務係", "060")
    hang(person)
    hang(person, PDF + b"second")
    made = bundle(person, purpose="本人の請求", actor=Actor("test"), now=NOW)
    assert made.documents == {"_書類1.pdf": PDF, "_書類2.pdf": PDF + b"second"}
    assert "免許.pdf" in made.as_json()
    assert made.as_pdf().startswith(b"%PDF")


def test_who_is_shredded_leaves_documents_that_nobody_opens(ward: Ward) -> None:
    person = ward.first("税務係", "060")
    document = hang(person)
    later = datetime(2200, 1, 1, tzinfo=UTC)
    append(Batch(filings=[NewFiling(person, SCAN, None, TODAY, NOW)]), actor="test", now=NOW)
    shredding.Stretch.objects.filter(person=person).delete()  # as if the person had left
    left = shredding.shred(person, actor="test", now=later)
    assert left.documents == (f"{documents.FOLDER}/{document.file}",)
    assert documents.content_of(person, document) is None
    hr = Viewer(frozenset({"hr"}), TODAY)
    assert reader.card(hr, person, on=TODAY) is None
