"""What the personnel section keeps besides the books."""

from meibo.apps.personnel.models.conduct import ConductRecord
from meibo.apps.personnel.models.duedays import DueMark
from meibo.apps.personnel.models.findings import OpenFinding

__all__ = [
    "ConductRecord",
    "DueMark",
    "OpenFinding",
]
