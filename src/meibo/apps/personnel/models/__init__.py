"""What the personnel section keeps besides the books."""

from meibo.apps.personnel.models.deciding import Deputy, Receipt, Submission, Turn
from meibo.apps.personnel.models.findings import OpenFinding

__all__ = ["Deputy", "OpenFinding", "Receipt", "Submission", "Turn"]
