"""The demo ward's story from the opening of its books to the coming April."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from meibo.platform.demo import besides, opening
from meibo.platform.demo.april import Transfer
from meibo.platform.demo.fiscal import april
from meibo.platform.demo.seasons import Season
from meibo.platform.demo.ward import Ward


def tell(now: datetime, seed: int, people: int, *, before_april: Callable[[Ward], None]) -> Ward:
    """Let the years pass. `before_april` sees the ward as it is today, before the coming April,
    whose orders have been announced already."""
    ward = Ward(now, seed, people)
    opening.open_books(ward)
    besides.settle(ward, ward.opening)
    Season(ward, ward.opening.year).run()
    for year in range(ward.opening.year + 1, ward.coming + 1):
        if year == ward.coming:
            before_april(ward)
        Transfer(ward, april(year)).run()
        besides.settle(ward, april(year))
        Season(ward, year).run()
    return ward
