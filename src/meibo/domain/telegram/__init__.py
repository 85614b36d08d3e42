"""Telegrams of the Japan Meteorological Agency (気象庁防災情報XML): read, and judged for one place.

`read(bytes)` makes a plain Telegram or raises UnreadableError; `judge(telegram, place)` says what
it means taken alone; `events` follows events through successive telegrams. No clock, no files.
"""

from meibo.domain.telegram.at_place import Place
from meibo.domain.telegram.judging import Action, Judgement, judge
from meibo.domain.telegram.model import InfoType, Status, Telegram
from meibo.domain.telegram.reading import read
from meibo.domain.telegram.scale import Intensity
from meibo.domain.telegram.tree import UnreadableError

__all__ = [
    "Action",
    "InfoType",
    "Intensity",
    "Judgement",
    "Place",
    "Status",
    "Telegram",
    "UnreadableError",
    "judge",
    "read",
]
