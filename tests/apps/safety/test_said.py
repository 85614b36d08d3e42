"""What somebody said, and their pictures: who sees them, and that it is noted."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import DatabaseError
from django.test import Client

from meibo.apps.safety.actions import mustering, picturing
from meibo.apps.safety.actions.forgetting import forget
from meibo.apps.safety.actions.unboxing import unbox
from meibo.apps.safety.face.box import Sealer
from meibo.apps.safety.models import Called, Photo, Receipt
from meibo.apps.safety.queries.card import card
from meibo.apps.safety.views import said as view
from meibo.config.clock import now
from meibo.domain.safety.words import PHOTO_BYTES
from meibo.ledger.models import DataKey
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_checks import begun, crisis, link
from tests.domain.test_documents import PNG, jpeg

__all__ = ["crisis"]
DESK = Actor("desk")


@pytest.fixture
def person(ward: Ward, crisis: Client) -> Called:
    """Somebody of 税務係, while everybody is asked."""
    return begun(crisis).called.get(person=ward.first("税務係", "060"))


def sent(client: Client, person: Called, content: bytes) -> int:
    file = SimpleUploadedFile("x.html", content, "text/html")
    return client.post(f"{link(person)}?photo", {"sheet": "1", "photo": file}).status_code


def answered(client: Client, person: Called) -> None:
    given = {"sheet": "1", "status": "hurt", "home": "lost", "family": "safe", "words": "足をけが"}
    client.post(link(person), given)
    client.post(link(person), {"sheet": "1", "status": "safe", "place": "避難所"})
    assert sent(client, person, jpeg()) == 303


def test_crisis_management_reads_first_and_last_answer_and_the_look_is_noted(
    crisis: Client, client: Client, person: Called, signed_in: SignIn
) -> None:
    answered(client, person)
    before = AuditRecord.objects.count()
    text = crisis.get(f"/safety/answers/{person.pk}/said").content.decode()
    for words in ("最初の答え", "いまの答え", "住めない", "全員無事", "足をけが", "避難所"):
        assert words in text
    (record,) = AuditRecord.objects.order_by("no")[before:]
    assert "answer-read" in record.detail
    assert "足" not in record.detail
    assert record.subjects.get().person == person.person
    own = signed_in("税務係", "060", purpose="")
    assert "安否の答えの中身を見た" in own.get("/audit/mine").content.decode()


def test_a_picture_is_what_it_begins_with_and_each_look_at_it_is_noted(
    crisis: Client, client: Client, person: Called
) -> None:
    answered(client, person)
    photo = person.photos.get()
    assert b"\xff\xd8" not in bytes(photo.sealed)
    before = AuditRecord.objects.count()
    shown = crisis.get(f"/safety/answers/{person.pk}/photos/{photo.pk}")
    assert shown["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert b"GPS" not in shown.content
    (record,) = AuditRecord.objects.order_by("no")[before:]
    assert "answer-photo" in record.detail


def test_heads_see_their_own_people_and_nobody_else_does(
    ward: Ward, client: Client, person: Called, signed_in: SignIn
) -> None:
    answered(client, person)
    paths = [f"/safety/answers/{person.pk}/said"]
    paths.append(f"/safety/answers/{person.pk}/photos/{person.photos.get().pk}")
    head, other = signed_in("税務課", "030", purpose=""), signed_in("戸籍係", "060", purpose="")
    assert [head.get(path).status_code for path in paths] == [200, 200]
    assert [other.get(path).status_code for path in paths] == [404, 404]
    stranger = Called.objects.get(person=ward.first("戸籍係", "060"))
    assert head.get(f"/safety/answers/{stranger.pk}/said").status_code == 404
    # A number of somebody else's picture under one's own person leads nowhere.
    wrong = f"/safety/answers/{stranger.pk}/photos/{person.photos.get().pk}"
    assert other.get(wrong).status_code == 404


def test_the_person_sees_their_own_without_an_entry(
    client: Client, person: Called, signed_in: SignIn
) -> None:
    answered(client, person)
    own = signed_in("税務係", "060", purpose="")
    assert "私の答えを見る" in own.get("/safety/mine").content.decode()
    before = AuditRecord.objects.count()
    assert "足をけが" in own.get(f"/safety/answers/{person.pk}/said").content.decode()
    assert AuditRecord.objects.count() == before


def test_what_can_not_be_noted_is_not_shown(
    crisis: Client, client: Client, person: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(client, person)

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(view, "note", broken)
    with pytest.raises(DatabaseError):
        crisis.get(f"/safety/answers/{person.pk}/said")


def test_the_house_takes_pictures_and_nothing_else_and_no_more_than_three(
    client: Client, person: Called
) -> None:
    for odd in (b"%PDF-1.7", b"<svg/>", b"", jpeg()[:30], jpeg() + bytes(PHOTO_BYTES)):
        assert sent(client, person, odd) == 422
    assert [sent(client, person, PNG) for _ in range(4)] == [303, 303, 303, 422]
    person.refresh_from_db()
    assert (person.photos.count(), person.status) == (3, "")
    assert b"place" not in (picturing.content_of(person.photos.all()[0]) or b"")


def test_a_large_picture_never_lies_on_the_disk_in_the_clear(
    client: Client, person: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", refuse)
    large = jpeg().replace(b"picture", b"picture" + bytes(3 * 1024 * 1024))
    assert sent(client, person, large) == 303


def test_a_picture_from_the_face_is_moved_under_the_persons_key_and_goes_with_it(
    person: Called,
) -> None:
    told = card()
    sealer = Sealer(told.master, told.public)
    rows = [(person.pk, sealer.seal_photo(person.pk, PNG)), (person.pk, b"x:nothing:z")]
    rows.append((person.pk, sealer.seal_photo(person.pk + 1, PNG)))  # moved from somebody else
    for called, sealed in rows:
        Photo.objects.create(called_id=called, at=now(), size=1, sealed=sealed, boxed=True)
    good, odd, moved = Photo.objects.order_by("pk")
    assert picturing.content_of(good) == PNG
    assert unbox() == 1
    good.refresh_from_db()
    assert (good.boxed, picturing.content_of(good)) == (False, PNG)
    assert [picturing.content_of(each) for each in (odd, moved)] == [None, None]
    DataKey.objects.filter(person_id=person.person).delete()
    assert picturing.content_of(good) is None
    forget(person.person, None)
    assert not Photo.objects.exists()


def test_instructions_stand_on_the_page_and_are_read_by_who_has_answered(
    client: Client, person: Called
) -> None:
    told = mustering.instruct(person.check_asked, "本庁に<集合>", actor=DESK, now=now())
    before = client.get(link(person)).content.decode()
    assert "本庁に&lt;集合&gt;" in before
    assert "?read" not in before
    thanked = client.post(link(person), {"sheet": "1", "status": "safe"}).content.decode()
    assert "本庁に&lt;集合&gt;" in thanked
    assert f'value="{told.pk}"' in client.get(link(person)).content.decode()
    for given in ({"bulletin": told.pk}, {"sheet": "1", "bulletin": "x"}, {"sheet": "1"}):
        client.post(f"{link(person)}?read", given)
    assert not Receipt.objects.exists()
    read = client.post(f"{link(person)}?read", {"sheet": "1", "bulletin": told.pk})
    assert "読みました" in read.content.decode()
    assert Receipt.objects.get().called == person
    client.post(f"{link(person)}?read", {"sheet": "1", "bulletin": told.pk})
    assert Receipt.objects.count() == 1


def test_the_code_on_the_page_is_what_the_desk_reads(
    crisis: Client, client: Client, person: Called
) -> None:
    text = client.get(f"{link(person)}?code").content.decode()
    assert "<svg" in text
    crisis.post(f"/safety/checks/{person.check_asked_id}/desk", {"scanned": link(person)})
    assert "到着を受け付けました" in client.get(f"{link(person)}?code").content.decode()
