"""What the personnel section keeps besides the books."""

from meibo.apps.personnel.models.conduct import ConductRecord
from meibo.apps.personnel.models.deciding import Deputy, Receipt, Submission, Turn
from meibo.apps.personnel.models.duedays import DueMark
from meibo.apps.personnel.models.feeds import FeedDraft
from meibo.apps.personnel.models.findings import OpenFinding
from meibo.apps.personnel.models.intake import Intake
from meibo.apps.personnel.models.renewal import RenewalItem, RenewalRound

__all__ = ["Deputy", "OpenFinding", "Receipt", "Submission", "Turn"]
__all__ = [
    "ConductRecord",
    "DueMark",
    "FeedDraft",
    "Intake",
    "OpenFinding",
    "RenewalItem",
    "RenewalRound",
]
from meibo.apps.personnel.models.filings import Confirmation, IdentityCase, OpenFiling

__all__ = ["Confirmation", "IdentityCase", "OpenFiling", "OpenFinding"]
