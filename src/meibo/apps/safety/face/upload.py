"""A picture as a browser sends it: found in the form, told by how it begins, and without what it
says of the place, the hour and the camera."""

from __future__ import annotations

from meibo.domain.documents import DocumentError, cleaned, kind_of
from meibo.domain.safety.words import PHOTO_BYTES, PHOTOS

MOST_BYTES = PHOTO_BYTES + 4_096
"""Of the whole form; what stands around the picture is small."""
FIELD = b'name="photo"'
_MEGABYTES = PHOTO_BYTES // 1024 // 1024
LARGE = f"写真が大きすぎます。1枚{_MEGABYTES}MBまでです。小さくして、もう一度送ってください。"
ENOUGH = f"写真は、1回の安否確認に{PHOTOS}枚までです。もう届いています。"
_ODD = "写真として読めませんでした。JPEG か PNG の写真を選んで、もう一度送ってください。"


class PhotoError(ValueError):
    """It is not taken; the message says why, and what to do."""


def picture(kind: str, body: bytes) -> bytes:
    """The picture in a form of this content type. Raises PhotoError."""
    mark = kind.partition("boundary=")[2].partition(";")[0].strip().strip('"')
    if not kind.startswith("multipart/form-data") or not mark:
        raise PhotoError(_ODD)
    # The parts begin after a line break; the very first has none before it.
    for part in (b"\r\n" + body).split(b"\r\n--" + mark.encode("latin-1")):
        head, _, content = part.partition(b"\r\n\r\n")
        if FIELD in head:
            return plain(content)
    raise PhotoError(_ODD)


def plain(content: bytes) -> bytes:
    """The same picture, as it may be kept. Raises PhotoError."""
    if len(content) > PHOTO_BYTES:
        raise PhotoError(LARGE)
    try:
        kind = kind_of(content)
        if not kind.startswith("image/"):
            raise PhotoError(_ODD)
        return cleaned(content, kind)
    except DocumentError as error:
        raise PhotoError(_ODD) from error
