"""Pictures of people. The books hold a file's name; the file lies under `photos/` in the data
directory. The name itself goes into no page: with many suppliers it is the staff number."""

import mimetypes
from pathlib import Path, PurePosixPath

from django.conf import settings

from meibo.ledger.reader import Card

FOLDER = "photos"
#: What a browser is told a picture is; anything else is not served.
KINDS = frozenset({"image/jpeg", "image/png", "image/webp", "image/svg+xml"})


def stored(card: object) -> Path | None:
    """Where the picture of this card lies; None without one, or without a right to it, or when the
    file has not been delivered."""
    name = (card.photo_file if isinstance(card, Card) else None) or ""
    if not name or PurePosixPath(name).name != name or kind_of(name) not in KINDS:
        return None
    place = Path(settings.MEIBO_DATA) / FOLDER / name
    return place if place.is_file() else None


def kind_of(name: str) -> str:
    """The content type by the ending of the name; empty for an unknown one."""
    return mimetypes.guess_type(name)[0] or ""
