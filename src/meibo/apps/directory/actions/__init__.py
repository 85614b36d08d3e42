"""What the directory lets people change."""

from meibo.apps.directory.actions.keeping import (
    ALLOTMENT,
    CHOICES,
    Allotted,
    Kept,
    choose_sharing,
    keep_unit,
    propose_kept,
)

__all__ = [
    "ALLOTMENT",
    "CHOICES",
    "Allotted",
    "Kept",
    "choose_sharing",
    "keep_unit",
    "propose_kept",
]
