"""What telegrams say of tsunamis, by 津波予報区. The areas of the head part (領域表現, such as
関東地方) are of another table and are not read: only the body is exact."""

from __future__ import annotations

import unicodedata
from typing import Any

from meibo.domain.telegram.model import Hypocentre, Tsunami, TsunamiAt
from meibo.domain.telegram.names import QUAKE, under
from meibo.domain.telegram.quakes import content as quake_content
from meibo.domain.telegram.tree import Node

_PARTS = ("Forecast", "Estimation", "Observation")
_CODES = {
    "00": Tsunami.NONE,
    "50": Tsunami.LIFTED,
    "51": Tsunami.WARNING,
    "52": Tsunami.MAJOR,
    "53": Tsunami.MAJOR,
    "60": Tsunami.LIFTED,
    "62": Tsunami.ADVISORY,
    "71": Tsunami.FORECAST,
    "72": Tsunami.FORECAST,
    "73": Tsunami.FORECAST,
}
"""警報等情報要素／津波警報・注意報・予報."""
_IN_FORCE = (Tsunami.ADVISORY, Tsunami.WARNING, Tsunami.MAJOR)


def content(root: Node) -> dict[str, Any]:
    """The fields of a Telegram that come from such a body."""
    found: dict[str, TsunamiAt] = {}
    for part in _PARTS:
        for item in root.all(*under(QUAKE, f"Body/Tsunami/{part}/Item")):
            at = _at(item)
            if at is not None and (at.code not in found or found[at.code].grade < at.grade):
                found[at.code] = at
    sources: tuple[Hypocentre, ...] = quake_content(root, Node("", {}))["hypocentres"]
    return {"hypocentres": sources, "tsunami": tuple(found.values())}


def _at(item: Node) -> TsunamiAt | None:
    """The grade of one area; None for offshore gauges, which stand in no area."""
    code = item.said(*under(QUAKE, "Area/Code"))
    if not code:
        return None
    grade = _grade(item, "Kind")
    before = _grade(item, "LastKind")
    if grade < Tsunami.ADVISORY and before in _IN_FORCE:
        grade = Tsunami.LIFTED  # 津波警報・注意報 have become 津波予報 or nothing
    graded = item.first(*under(QUAKE, "Category/Kind")) is not None
    return TsunamiAt(code, item.said(*under(QUAKE, "Area/Name")), grade, graded)


def _grade(item: Node, which: str) -> Tsunami:
    """By its code; a code that isn't known, by its name. An observation states no grade, and what
    is seen of a wave is at least news: it counts as a forecast."""
    kind = item.first(*under(QUAKE, f"Category/{which}"))
    if kind is None:
        return Tsunami.FORECAST if which == "Kind" else Tsunami.NONE
    code = unicodedata.normalize("NFKC", kind.said(*under(QUAKE, "Code")))
    return _CODES.get(code) or _by_name(kind.said(*under(QUAKE, "Name")))


def _by_name(name: str) -> Tsunami:
    if "解除" in name:
        return Tsunami.LIFTED
    words = (
        ("大津波警報", Tsunami.MAJOR),
        ("津波警報", Tsunami.WARNING),
        ("津波注意報", Tsunami.ADVISORY),
        ("津波予報", Tsunami.FORECAST),
    )
    return next((grade for word, grade in words if word in name), Tsunami.NONE)
