"""Scans: only kinds that are known by their content, and pictures that tell nothing besides."""

import struct
import zlib

import pytest

from meibo.domain.documents import LARGEST, DocumentError, cleaned, kind_of


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(way: int) -> bytes:
    """Which way up, and a place: tag 0x8825 stands for where the picture was taken."""
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, way, 0) + struct.pack("<HHII", 0x8825, 4, 1, 99)
    return b"Exif\0\0" + b"II*\0" + struct.pack("<IH", 8, 2) + entries + b"\0\0\0\0" + b"GPS-35.68"


def jpeg(way: int = 6) -> bytes:
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            segment(0xE1, exif(way)),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>author</x>"),
            segment(0xFE, b"shot by somebody"),
            segment(0xDB, bytes(65)),
            segment(0xDA, b"\1\1\0\0\x3f\0"),
            b"picture\xff\x00more\xff\xd9",
            b"trailing secret",
        ]
    )


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", bytes(13))
    + chunk(b"tEXt", b"Author\0somebody")
    + chunk(b"eXIf", b"MM\0*place")
    + chunk(b"IDAT", b"picture")
    + chunk(b"IEND", b"")
)


def test_the_kind_is_told_by_the_content() -> None:
    assert kind_of(b"%PDF-1.7 x") == "application/pdf"
    assert kind_of(jpeg()) == "image/jpeg"
    assert kind_of(PNG) == "image/png"


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<svg/>", b"GIF89a", b" %PDF-", b"PK\3\4"])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError):
        kind_of(content)


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(DocumentError, match="MBまで"):
        kind_of(b"%PDF-" + bytes(LARGEST))


def test_a_jpeg_keeps_which_way_up_it_is_and_nothing_else() -> None:
    left = cleaned(jpeg(6), "image/jpeg")
    for told in (b"GPS", b"author", b"somebody", b"trailing"):
        assert told not in left
    assert b"picture\xff\x00more\xff\xd9" in left
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in left
    assert cleaned(left, "image/jpeg") == left


def test_an_upright_jpeg_has_no_exif_at_all() -> None:
    assert b"Exif" not in cleaned(jpeg(1), "image/jpeg")


def test_a_png_loses_its_words() -> None:
    left = cleaned(PNG, "image/png")
    assert b"somebody" not in left
    assert b"eXIf" not in left
    assert chunk(b"IDAT", b"picture") in left


@pytest.mark.parametrize("cut", [20, 60, 120])
def test_a_broken_picture_is_refused(cut: int) -> None:
    with pytest.raises(DocumentError, match="傷んで"):
        cleaned(jpeg()[:cut], "image/jpeg")
    with pytest.raises(DocumentError, match="傷んで"):
        cleaned(PNG[: min(cut, len(PNG) - 1)], "image/png")
