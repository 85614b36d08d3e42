"""組織図 A3: the house on one sheet or a few, with heads and numbers where they may be seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from meibo.apps.papers.queries.asked import Asked, Card, Made, name
from meibo.ledger import house, reader
from meibo.platform.papers.setting import Sheet

#: Units that stand below each other on the sheet.
_LINES = 82


def chart(asked: Asked) -> Made:
    """部 side by side, their 課 below with their 係; beside each who leads it and how many there
    are."""
    units = [
        unit
        for unit in reader.units(asked.viewer, on=asked.on)
        if not asked.unit or asked.unit in unit["codes"]
    ]
    cards = asked.cards()
    heads = _heads(cards)
    roots: list[dict[str, Any]] = []
    nodes: dict[str, dict[str, Any]] = {}
    for unit in units:
        node = _node(unit, heads)
        nodes[unit.code] = node
        above = nodes.get(str(unit["parent"] or ""))
        (above["below"] if above else roots).append(node)
        for code in unit["codes"]:
            if code in nodes:
                nodes[code]["lines"] += 1
    title = " ".join(filter(None, (asked.unit_name(), "組織図")))
    return Made(
        Sheet("chart", title, {"roots": roots, "columns": _columns(units)}, asked.town, asked.on),
        len(cards),
    )


def _columns(units: Collection[object]) -> int:
    """As many columns as the sheet needs, so that they are as wide as can be."""
    return min(max(-(-len(units) // _LINES), 3), 8)


def _node(unit: reader.UnitCard, heads: Mapping[str, str]) -> dict[str, Any]:
    count = unit.get("count")
    return {
        "name": unit["name"],
        "head": heads.get(unit.code, ""),
        "count": f"{count}" if count else "",
        "below": [],
        "lines": 0,
    }


def _heads(cards: Iterable[Card]) -> dict[str, str]:
    """Unit → who leads it by the post on their card, acting heads included."""
    codes = house.codes()
    acting: dict[str, str] = {}
    main: dict[str, str] = {}
    for card in cards:
        if codes.leads(card.get("post_code")):
            main.setdefault(str(card.get("unit_code")), f"{card['post']} {name(card)}")
        for seat in card.get("concurrent") or ():
            if seat["kind"] == "acting":
                acting[seat["unit_code"]] = f"{seat['kind_label']} {name(card)}"
    return acting | main
