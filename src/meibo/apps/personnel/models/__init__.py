"""What the personnel section keeps besides the books."""

from meibo.apps.personnel.models.conduct import ConductRecord
from meibo.apps.personnel.models.duedays import DueMark
from meibo.apps.personnel.models.findings import OpenFinding
from meibo.apps.personnel.models.renewal import RenewalItem, RenewalRound

__all__ = [
    "ConductRecord",
    "DueMark",
    "OpenFinding",
    "RenewalItem",
    "RenewalRound",
]
from meibo.apps.personnel.models.feeds import FeedDraft
from meibo.apps.personnel.models.findings import OpenFinding
from meibo.apps.personnel.models.intake import Intake

__all__ = ["FeedDraft", "Intake", "OpenFinding"]
