"""The text of a PDF as typst writes it: what a reader, a search or a copy takes out of it."""

import re
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

_OBJECT = re.compile(rb"(?<![0-9])(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_CODE = re.compile(rb"<([0-9A-Fa-f]+)>")
_PART = re.compile(
    rb"/(?P<font>f\d+) [\d.]+ Tf|(?P<said>\()|<(?P<hex>[0-9A-Fa-f]+)>"
    rb"|(?P<begin>\bBT\b)|(?P<end>\bET\b)",
    re.DOTALL,
)
_TITLE = re.compile(
    rb"/(?:Title|ActualText|Alt|Contents|Author)\s*(?:<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\)])*)\))"
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text(content: bytes) -> str:
    """Everything that is written in a PDF, once line by line and once without any break, so that
    nothing hides in one."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    pages = [page for body in objects.values() for page in _page(objects, body)]
    if not pages:
        raise ValueError("a PDF without a page that can be read")
    titles = [_plain(found) for body in objects.values() for found in _TITLE.findall(body)]
    packets = [ET.fromstring(x) for x in map(_metadata, objects.values()) if x]
    meta = ["".join(packet.itertext()) for packet in packets]
    return "\n".join([*pages, *(page.replace("\n", "") for page in pages), *titles, *meta])


def _page(objects: Mapping[int, bytes], body: bytes) -> Iterator[str]:
    if not re.search(rb"/Type/Page[/>\s]", body):
        return
    place = re.search(rb"/Resources (\d+) 0 R", body)
    resources = objects[int(place[1])] if place else body
    fonts = {name: _letters(objects, int(number)) for name, number in _FONT.findall(resources)}
    drawn = re.search(rb"/Contents (\d+) 0 R", body)
    if drawn:
        yield "".join(_said(_unpacked(objects[int(drawn[1])]), fonts))


def _letters(objects: Mapping[int, bytes], font: int) -> dict[int, str]:
    """Glyph → text, by the font's ToUnicode table."""
    place = re.search(rb"/ToUnicode (\d+) 0 R", objects.get(font, b""))
    if place is None:
        return {}
    found: dict[int, str] = {}
    table = _unpacked(objects[int(place[1])])
    for kind, chunk in re.findall(rb"beginbf(char|range)(.*?)endbf", table, re.DOTALL):
        codes = _CODE.findall(chunk)
        step = 2 if kind == b"char" else 3
        for place in range(0, len(codes), step):
            start, end = int(codes[place], 16), int(codes[place + step - 2], 16)
            letters = bytes.fromhex(codes[place + step - 1].decode()).decode("utf-16-be")
            for more in range(end - start + 1):
                found[start + more] = letters[:-1] + chr(ord(letters[-1]) + more)
    return found


def _said(stream: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> Iterator[str]:
    letters: Mapping[int, str] = {}
    place, written = 0, False
    while part := _PART.search(stream, place):
        place = part.end()
        if part["font"]:
            letters = fonts[part["font"]]
        elif part["begin"] or part["end"]:
            written = bool(part["begin"])
            yield "" if written else "\n"
        else:
            if part["said"]:
                raw, place = _string(stream, place)
            else:
                raw = bytes.fromhex(part["hex"].decode())
            glyphs = (int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2))
            if written:  # else it says something about what is written: its language
                yield "".join(letters.get(glyph, "\ufffd") for glyph in glyphs)


def _string(stream: bytes, start: int) -> tuple[bytes, int]:
    """A string after its bracket, and where it ends: brackets in it may stand in pairs."""
    depth, place = 1, start
    while depth:
        sign = stream[place : place + 1]
        depth += {b"(": 1, b")": -1}.get(sign, 0)
        place += 2 if sign == b"\\" else 1
    return _bare(stream[start : place - 1]), place


def _bare(said: bytes) -> bytes:
    """A string without its escapes."""

    def letter(found: re.Match[bytes]) -> bytes:
        text = found[1]
        return bytes([int(text, 8)]) if text.isdigit() else _LETTERS.get(text, text)

    return _ESCAPED.sub(letter, said)


def _plain(found: tuple[bytes, bytes]) -> str:
    raw = bytes.fromhex(found[0].decode()) if found[0] else _bare(found[1])
    return raw[2:].decode("utf-16-be") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")


def _unpacked(body: bytes) -> bytes:
    """A stream as it was before it was packed."""
    start = _STREAM.search(body)
    if start is None:
        return b""
    raw = body[start.end() :]
    return zlib.decompressobj().decompress(raw) if b"/FlateDecode" in body[: start.start()] else raw


def _metadata(body: bytes) -> bytes:
    """The XMP packet of a document, where this is it."""
    if b"/Type/Metadata" not in body[:200]:
        return b""
    packet = _unpacked(body)
    found = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", packet, re.DOTALL)
    return found[0] if found else b""
