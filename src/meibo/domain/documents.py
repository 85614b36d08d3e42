"""Scans that are hung on a person: which kinds are taken, and pictures without what they tell of
the camera, the place and the hour.

A kind is told by how the content begins, never by the name or by what a browser claims.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from types import MappingProxyType

LARGEST = 10 * 1024 * 1024
#: Content type → the ending of a file of it.
KINDS: Mapping[str, str] = MappingProxyType(
    {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
)
_PNG = b"\x89PNG\r\n\x1a\n"
_TOLD = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_ORIENTATION = 0x0112
_SCAN = 0xDA
_ADOBE = 0xEE  # says how colours are mixed: without it a CMYK picture comes out wrong
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


class DocumentError(ValueError):
    """A file that is not taken; the message says why."""


def kind_of(content: bytes) -> str:
    """The content type. Raises DocumentError for any other file, for an empty and a large one."""
    if not content:
        raise DocumentError("ファイルが空です。")
    if len(content) > LARGEST:
        raise DocumentError(f"{LARGEST // 1024 // 1024}MBまでのファイルにしてください。")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(_PNG):
        return "image/png"
    raise DocumentError("PDF、JPEG、PNGのどれかにしてください（中身を見て確かめています）。")


def cleaned(content: bytes, kind: str) -> bytes:
    """A picture without metadata, save which way up it is; a PDF as it is. Raises DocumentError for
    a picture that is broken."""
    try:
        if kind == "image/jpeg":
            return b"".join(_jpeg(content))
        return b"".join(_png(content)) if kind == "image/png" else content
    except (IndexError, struct.error) as error:
        raise DocumentError("この画像は途中で切れているか、傷んでいます。") from error


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    place = len(_PNG)
    name = b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", content, place)
        end = place + 12 + length
        name = content[place + 4 : place + 8]
        if len(name) < 4 or end > len(content):
            raise IndexError
        if name not in _TOLD:
            yield content[place:end]
        place = end


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The segments up to the picture itself, then the rest as it is."""
    yield content[:2]
    place = 2
    turned = False
    while True:
        if content[place] != 0xFF:
            raise IndexError
        marker = content[place + 1]
        if marker in _BARE:
            place += 2
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        segment = content[place : place + 2 + length]
        if marker == _SCAN:
            end = content.rfind(b"\xff\xd9", place)
            if end < 0:
                raise IndexError
            yield content[place : end + 2]  # what hangs on behind the picture is left
            return
        if marker == 0xE1 and not turned and (way := _orientation(segment)) not in {0, 1}:
            turned = True
            yield _upright(way)
        told = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != _ADOBE)
        if not told:
            yield segment
        place += 2 + length


def _orientation(segment: bytes) -> int:
    """Which way up, as an Exif segment says; 0 where it says nothing."""
    if segment[4:10] != b"Exif\0\0":
        return 0
    tiff = segment[10:]
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + number * 12)
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _upright(way: int) -> bytes:
    """An Exif segment that says nothing but which way up."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, way, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
