"""A card as a vCard, written from the card alone: what may not be seen is not in it.

vCard 3.0 (RFC 2426), since the address books in use (Outlook, iOS, Android) all read it; names
keep their exact characters, in UTF-8.
"""

from collections.abc import Mapping
from typing import Any

Card = Mapping[str, Any]
#: RFC 2426 §2.6: lines longer than 75 octets are folded.
_LINE_OCTETS = 75


def _escaped(text: object) -> str:
    plain = str(text or "").replace("\\", "\\\\").replace("\r", "")
    return plain.replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> str:
    parts: list[str] = []
    current = ""
    for character in line:
        limit = _LINE_OCTETS if not parts else _LINE_OCTETS - 1
        if len((current + character).encode()) > limit:
            parts.append(current)
            current = ""
        current += character
    return "\r\n ".join([*parts, current])


def _halves(name: object) -> tuple[str, str]:
    """Family and given name, which the record parts by a wide space."""
    family, _, given = str(name or "").replace("\u3000", " ").partition(" ")
    return family, given.strip()


def vcard(card: Card, town: str) -> str:
    """The whole vCard with CRLF line ends. `town` is the organisation's name, may be empty."""
    family, given = _halves(card.get("name"))
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;",
        f"FN:{_escaped(' '.join(filter(None, (family, given))))}",
    ]
    if card.get("kana"):
        family_kana, given_kana = _halves(card["kana"])
        lines += [
            f"SORT-STRING:{_escaped(' '.join(filter(None, (family_kana, given_kana))))}",
            f"X-PHONETIC-LAST-NAME:{_escaped(family_kana)}",
            f"X-PHONETIC-FIRST-NAME:{_escaped(given_kana)}",
        ]
    organisation = [part for part in (town, *(card.get("unit_path") or ())) if part]
    if organisation:
        lines.append("ORG:" + ";".join(map(_escaped, organisation)))
    if card.get("post"):
        lines.append(f"TITLE:{_escaped(card['post'])}")
    if card.get("mail"):
        lines.append(f"EMAIL;TYPE=INTERNET,WORK:{_escaped(card['mail'])}")
    if card.get("extension"):
        lines.append(f"TEL;TYPE=WORK,VOICE:{_escaped(card['extension'])}")
        lines.append(f"NOTE:{_escaped('内線 ' + str(card['extension']))}")
    lines.append("END:VCARD")
    return "".join(_folded(line) + "\r\n" for line in lines)
