"""The book of orders (発令簿), the book of filings (届出), and the fold that makes the roster.

Everything the roster shows on a day is derived from lines that were announced;
this package says how. It does no I/O and reads no clock.
"""

from meibo.domain.book.career import Absence, Career, Seat, Service, Span, Trouble
from meibo.domain.book.filings import Filing, Period, fold_filings, standing_filings
from meibo.domain.book.fold import Rules, fold, moment
from meibo.domain.book.lines import (
    OPEN,
    Effect,
    Line,
    SeatKind,
    Succession,
    SuccessionTable,
    knowable,
    standing,
)
from meibo.domain.book.stretches import CAREER_FIELDS, Stretch, state_on, stretches

__all__ = [
    "CAREER_FIELDS",
    "OPEN",
    "Absence",
    "Career",
    "Effect",
    "Filing",
    "Line",
    "Period",
    "Rules",
    "Seat",
    "SeatKind",
    "Service",
    "Span",
    "Stretch",
    "Succession",
    "SuccessionTable",
    "Trouble",
    "fold",
    "fold_filings",
    "knowable",
    "moment",
    "standing",
    "standing_filings",
    "state_on",
    "stretches",
]
