"""安否確認: who was asked what, by which way, and what they answered."""

from meibo.apps.safety.models.answers import Answer
from meibo.apps.safety.models.checks import Called, Check
from meibo.apps.safety.models.offline import OfflineFile, OfflineKey, PlannedDrill
from meibo.apps.safety.models.outbox import Message

__all__ = [
    "Answer",
    "Called",
    "Check",
    "Message",
    "OfflineFile",
    "OfflineKey",
    "PlannedDrill",
]
