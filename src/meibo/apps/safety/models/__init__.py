"""安否確認: who was asked what, by which way, and what they answered."""

from meibo.apps.safety.models.answers import Answer, Device, Photo
from meibo.apps.safety.models.board import Alarmed, Bulletin, CallRound, Prospect, Receipt
from meibo.apps.safety.models.checks import Called, Check
from meibo.apps.safety.models.disaster import Assignment, DisasterPlan, Staffing
from meibo.apps.safety.models.offline import DrillSeries, OfflineFile, OfflineKey, PlannedDrill
from meibo.apps.safety.models.outbox import Message, Posted, Probe, ProbeRound, Round, Trial
from meibo.apps.safety.models.questions import Notice, Question

__all__ = [
    "Alarmed",
    "Answer",
    "Assignment",
    "Bulletin",
    "CallRound",
    "Called",
    "Check",
    "Device",
    "DisasterPlan",
    "DrillSeries",
    "Message",
    "Notice",
    "OfflineFile",
    "OfflineKey",
    "Photo",
    "PlannedDrill",
    "Posted",
    "Probe",
    "ProbeRound",
    "Prospect",
    "Question",
    "Receipt",
    "Round",
    "Staffing",
    "Trial",
]
