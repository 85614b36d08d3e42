"""職員録 and 座席・電話番号表: who sits where, by organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from meibo.apps.papers.queries.asked import Asked, Card, Made, kana, listed, name
from meibo.domain.names import collation_key
from meibo.ledger import reader
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Column, Section, Table

#: Headings of the index, by the first sounds of the readings under them.
_ROWS = (
    ("あ", "アイウエオァィゥェォヴ"),
    ("か", "カキクケコガギグゲゴヵヶ"),
    ("さ", "サシスセソザジズゼゾ"),
    ("た", "タチツテトダヂヅデドッ"),
    ("な", "ナニヌネノ"),
    ("は", "ハヒフヘホバビブベボパピプペポ"),
    ("ま", "マミムメモ"),
    ("や", "ヤユヨャュョ"),
    ("ら", "ラリルレロ"),
    ("わ", "ワヲンヰヱヮ"),
)


def roster(asked: Asked) -> Made:
    """職員録: every unit with those whose main post is in it, and who holds another post there;
    an index by reading at the end, with pages."""
    asked.progress("職員を読む", 0, 2)
    cards = asked.cards()
    asked.progress("組織を読む", 1, 2)
    units = _units(asked)
    held = _by_unit(cards)
    parts = [_part(unit, held.get(unit.code, ())) for unit in units]
    homeless = held.get("", [])
    if homeless:
        parts.append({"level": 1, "name": "所属のない職員", "phone": "", "people": homeless})
    data = {"parts": [part for part in parts if part], "index": _index(cards)}
    title = " ".join(filter(None, (asked.unit_name(), "職員録")))
    return Made(Sheet("roster", title, data, asked.town, asked.on), len(cards))


def _units(asked: Asked) -> list[reader.UnitCard]:
    found = reader.units(asked.viewer, on=asked.on)
    return [unit for unit in found if not asked.unit or asked.unit in unit["codes"]]


def _by_unit(cards: Iterable[Card]) -> dict[str, list[dict[str, Any]]]:
    """Unit → its lines: main posts first, then posts held besides."""
    main: dict[str, list[dict[str, Any]]] = {}
    besides: dict[str, list[dict[str, Any]]] = {}
    for card in cards:
        line = {
            "id": card["id"],
            "name": name(card),
            "kana": kana(card),
            "phone": str(card.get("extension") or ""),
        }
        unit = str(card.get("unit_code") or "")
        main.setdefault(unit, []).append(line | {"post": card.get("post") or "", "main": True})
        for seat in card.get("concurrent") or ():
            kind = seat["kind_label"]
            # A second appointment is a main post as well.
            post = (seat["post"] or "") + (f"（{kind}）" if kind != "本務" else "")
            besides.setdefault(seat["unit_code"], []).append(line | {"post": post, "main": False})
    return {code: main.get(code, []) + besides.get(code, []) for code in {**main, **besides}}


def _part(unit: reader.UnitCard, people: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "level": unit["level"],
        "name": unit["name"],
        "phone": unit.get("phone") or "",
        "people": list(people),
    }


def _index(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Readings in order under the heading of their row; nobody whose reading is not seen."""
    known = sorted(
        (card for card in cards if card.get("kana")), key=lambda c: collation_key(str(c["kana"]))
    )
    groups: dict[str, list[dict[str, str]]] = {}
    for card in known:
        first = str(card["kana"])[:1]
        row = next((label for label, sounds in _ROWS if first in sounds), "ほか")
        entry = {"id": card["id"], "kana": kana(card), "name": name(card)}
        groups.setdefault(row, []).append(entry)
    return [{"row": row, "people": people} for row, people in groups.items()]


def seats(asked: Asked) -> Made:
    """座席・電話番号表: a list for each unit, with seat, extension and what each one handles."""
    members = _by_code(asked.cards())
    sections = []
    for unit in _units(asked):
        rows = [_seat(card) for card in members.get(unit.code, ())]
        if rows:
            where = [unit.get("building"), unit.get("floor") and f"{unit['floor']}階"]
            note = "　".join(filter(None, [*where, unit.get("phone")]))
            sections.append(Section(" ".join(unit["path"]), rows, note))
    columns = (
        *(Column("席", 1), Column("内線", 1), Column("氏名", 2.4), Column("読み", 2.6)),
        *(Column("職", 1.6), Column("担当", 5)),
    )
    title = " ".join(filter(None, (asked.unit_name(), "座席・電話番号表")))
    return listed(asked, Table(title, columns, tuple(sections), group="所属"))


def _by_code(cards: Iterable[Card]) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(str(card.get("unit_code") or ""), []).append(card)
    return found


def _seat(card: Card) -> tuple[str, ...]:
    matters = "、".join(f"{a['text']}（{a['role']}）" for a in card.get("allotments") or ())
    return (
        str(card.get("seat") or ""),
        str(card.get("extension") or ""),
        name(card),
        kana(card),
        str(card.get("post") or ""),
        matters,
    )
