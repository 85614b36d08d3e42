"""The way out: canonical records → a supplier's file, by the definition that reads it.

Nothing here knows the books: whoever calls brings records that hold what may leave the house.
"""

from meibo.platform.feeds.outbound.answers import AnswerRow, read_answer
from meibo.platform.feeds.outbound.files import build
from meibo.platform.feeds.outbound.layout import (
    FORMAT_LABELS,
    Layout,
    numbered,
    outgoing,
    reshaped,
)
from meibo.platform.feeds.outbound.sheet import (
    OutRow,
    OutSheet,
    layout_of,
    letters_of,
    write,
)

__all__ = [
    "FORMAT_LABELS",
    "AnswerRow",
    "Layout",
    "OutRow",
    "OutSheet",
    "build",
    "layout_of",
    "letters_of",
    "numbered",
    "outgoing",
    "read_answer",
    "reshaped",
    "write",
]
