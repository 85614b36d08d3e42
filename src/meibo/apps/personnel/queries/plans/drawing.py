"""玉突き drawn: boxes with arrows between them, which go on in a further line where one is full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meibo.apps.personnel.queries.plans.outlook import Outlook
from meibo.domain.checking.chains import Chain


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody in the place that they take."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chain: its boxes, whether the last leads to the first, and the same in sentences."""

    boxes: tuple[Box, ...]
    closed: bool
    sentences: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many are in it."""
        return len(self.boxes)


def drawings(outlook: Outlook, found: Iterable[Chain]) -> list[Drawing]:
    """The chains of two people or more."""
    return [_draw(outlook, chain) for chain in found if len(chain.shifts) > 1]


def _draw(outlook: Outlook, chain: Chain) -> Drawing:
    boxes = (
        Box(outlook.name(shift.person), outlook.seat(shift.goes) or "退職")
        for shift in chain.shifts
    )
    return Drawing(tuple(boxes), chain.closed, tuple(_said(outlook, chain)))


def _said(outlook: Outlook, chain: Chain) -> list[str]:
    said = []
    after = (*chain.shifts[1:], chain.shifts[0] if chain.closed else None)
    for shift, following in zip(chain.shifts, after, strict=True):
        name = outlook.name(shift.person)
        if shift.goes is None:
            said.append(f"{name}は退職します。")
        elif following is not None:
            said.append(
                f"{name}は、{outlook.name(following.person)}の後の{outlook.seat(shift.goes)}に入ります。"
            )
        else:
            said.append(f"{name}は、空いていた（新しい）{outlook.seat(shift.goes)}に入ります。")
    if chain.opens is not None:
        said.append(
            f"{outlook.name(chain.shifts[0].person)}の後の{outlook.seat(chain.opens)}には、だれも入りません。"
        )
    return said
