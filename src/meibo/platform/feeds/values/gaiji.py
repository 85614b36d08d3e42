"""外字: user-defined characters of a host (SJIS F040–), mapped by the municipality's own table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from meibo.platform.feeds.flaws import Flaw

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_POINT = re.compile(r"(?:U\+|0x|\\u)?([0-9A-Fa-f]{4,6})")


def host_character(code: str) -> str | None:
    """The private-use character that CP932 text has for a host code such as `F040`."""
    try:
        character = bytes.fromhex(code.strip().removeprefix("0x")).decode("cp932")
    except ValueError:
        return None
    return character if _PRIVATE.fullmatch(character) else None


def host_code(character: str) -> str:
    """The host code of a private-use character, for a message; its code point if it has none."""
    try:
        return character.encode("cp932").hex().upper()
    except UnicodeEncodeError:
        return f"U+{ord(character):04X}"


def unicode_text(written: str) -> str | None:
    """`U+9089 U+E0102` → the characters. The second one may be a variation selector (IVS)."""
    parts = written.split()
    points = [_POINT.fullmatch(part) for part in parts]
    if parts and all(points):
        try:
            return "".join(chr(int(point[1], 16)) for point in points if point)
        except ValueError:
            return None
    return written if written and not written.isascii() else None


class Gaiji:
    """The mapping of one municipality."""

    def __init__(self, mapping: Mapping[str, str], *, keep: bool = False) -> None:
        self._mapping = mapping
        self._keep = keep  # the table itself shows each letter as the host has it

    @property
    def hosts(self) -> dict[str, str]:
        """Text → the letter of the host: the way back."""
        return {text: character for character, text in list(self._mapping.items())[::-1]}

    def mapped(self, text: str) -> tuple[str, list[Flaw]]:
        """The text with its 外字 mapped; a flaw for each that the table does not have."""
        if self._keep or not _PRIVATE.search(text):
            return text, []
        result = _PRIVATE.sub(lambda found: self._mapping.get(found[0], found[0]), text)
        left = sorted(set(_PRIVATE.findall(result)))
        codes = "、".join(host_code(character) for character in left)
        return result, [Flaw("gaiji-unmapped", {"code": codes})] if left else []
