"""訂正: what was announced is mended by orders that say so, never by changing it."""

from meibo.apps.personnel.actions.correcting.making import lay_before, make_plan
from meibo.apps.personnel.actions.correcting.stating import (
    KINDS,
    Answer,
    CorrectionError,
    Kind,
    lines_for,
)

__all__ = ["KINDS", "Answer", "CorrectionError", "Kind", "lay_before", "lines_for", "make_plan"]
