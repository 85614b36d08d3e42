"""Keeping a picture that came with an answer, and reading it."""

from __future__ import annotations

from datetime import datetime

from cryptography.exceptions import InvalidTag

from meibo.apps.safety.face import box
from meibo.apps.safety.models import Called, Photo
from meibo.domain.safety.words import PHOTOS
from meibo.ledger import masters
from meibo.ledger.vault import Vault

_NAME = "safety:photo"


def keep(called: Called, content: bytes, *, now: datetime) -> bool:
    """Keep a picture that was cleaned; False where there are enough of this person already."""
    if called.photos.count() >= PHOTOS:
        return False
    sealed = Vault().seal_bytes(called.person, _NAME, content)
    Photo.objects.create(called=called, at=now, size=len(content), sealed=sealed)
    return True


def content_of(photo: Photo) -> bytes | None:
    """The picture; None where the person's key is gone, or where the box was not closed for it."""
    if not photo.boxed:
        return Vault().open_bytes(photo.called.person, _NAME, bytes(photo.sealed))
    try:
        return _unboxed(photo)
    except (InvalidTag, masters.MissingKeyError, ValueError):
        return None


def unbox() -> int:
    """Move pictures out of the box of the answer face, under the person's own key; how many. One by
    one, for they are large."""
    moved = 0
    numbers = list(Photo.objects.filter(boxed=True).order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        photo = Photo.objects.select_related("called").filter(pk=number, boxed=True).first()
        if photo is None:
            continue
        try:
            sealed = Vault().seal_bytes(photo.called.person, _NAME, _unboxed(photo))
        except (InvalidTag, masters.MissingKeyError, KeyError, ValueError):
            continue  # not closed by our own face, or the person is gone: it stays as it is
        rows = Photo.objects.filter(pk=number, boxed=True)
        moved += rows.update(sealed=sealed, boxed=False)
    return moved


def _unboxed(photo: Photo) -> bytes:
    sealed = bytes(photo.sealed)
    private = box.private_of(masters.secret(box.photo_master_of(sealed)))
    return box.opened_photo(private, photo.called_id, sealed)
