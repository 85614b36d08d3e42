"""玉突き drawn: boxes and arrows as SVG, worked out here so that it needs no script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meibo.apps.personnel.queries.plans.outlook import Outlook
from meibo.domain.checking.chains import Chain

WIDE, HIGH, GAP, LETTERS = 176, 56, 40, 11


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody in the place that they take. `x`: from the left; `arrow`: where the arrow to the
    next one begins and ends, None for the last."""

    x: int
    name: str
    place: str
    arrow: tuple[int, int] | None

    @property
    def middle(self) -> int:
        """The middle of the box."""
        return self.x + WIDE // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chain: its boxes, how wide it is, and the same in sentences."""

    boxes: tuple[Box, ...]
    width: int
    height: int
    sentences: tuple[str, ...]
    people: int


def drawings(outlook: Outlook, found: Iterable[Chain]) -> list[Drawing]:
    """The chains of two people or more."""
    return [_draw(outlook, chain) for chain in found if len(chain.shifts) > 1]


def _draw(outlook: Outlook, chain: Chain) -> Drawing:
    boxes = []
    for n, shift in enumerate(chain.shifts):
        x = n * (WIDE + GAP)
        arrow = (x + WIDE, x + WIDE + GAP) if n + 1 < len(chain.shifts) or chain.closed else None
        place = outlook.seat(shift.goes) or "退職"
        boxes.append(Box(x, _short(outlook.name(shift.person)), _short(place), arrow))
    width = len(boxes) * (WIDE + GAP) + (0 if chain.closed else -GAP)
    return Drawing(tuple(boxes), width, HIGH, tuple(_said(outlook, chain)), len(boxes))


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


def _short(text: str) -> str:
    return text if len(text) <= LETTERS + 1 else f"{text[:LETTERS]}…"
