"""決裁・内示・発令: what becomes of a plan that is ready. See docs/decisions/0022-deciding.md."""

from meibo.apps.personnel.actions.deciding.announcing import KIND, ask_to_announce, run_announce
from meibo.apps.personnel.actions.deciding.deputies import appoint, dismiss
from meibo.apps.personnel.actions.deciding.noticing import (
    opened,
    set_notice,
    take_back_notice,
)
from meibo.apps.personnel.actions.deciding.printing import ask_for_sheet
from meibo.apps.personnel.actions.deciding.submitting import Approver, submit, withdraw
from meibo.apps.personnel.actions.deciding.turns import approve, refuse

__all__ = [
    "KIND",
    "Approver",
    "appoint",
    "approve",
    "ask_for_sheet",
    "ask_to_announce",
    "dismiss",
    "opened",
    "refuse",
    "run_announce",
    "set_notice",
    "submit",
    "take_back_notice",
    "withdraw",
]
