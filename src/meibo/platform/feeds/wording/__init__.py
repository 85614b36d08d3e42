"""How each kind of departure is told.

Codes are stable: screens, scripts and tests know them. `{…}` is filled in by whoever finds it.
"""

from meibo.platform.feeds.wording.form import CELLS, FILES, ROWS
from meibo.platform.feeds.wording.matter import ORDERS, PEOPLE, UNITS
from meibo.platform.feeds.wording.phrases import Wording

WORDING: dict[str, Wording] = FILES | ROWS | CELLS | PEOPLE | UNITS | ORDERS

__all__ = ["WORDING", "Wording"]
