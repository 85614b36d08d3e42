"""The drawer (異動案): orders not yet announced. For the personnel section, and for nobody else.

Whoever calls has made sure that the account is named on the plan: `plan(number, account)` raises
NotNamedError. No reader, no search, no count, no feed looks in here; the one look from outside is
`noticed_lines` (内示).
"""

from meibo.ledger.drawer.announcing import Announced, announce, numbers
from meibo.ledger.drawer.cards import (
    ANNOUNCED,
    APPROVED,
    DECIDE,
    DRAFT,
    EDIT,
    NOTICED,
    READ,
    SUBMITTED,
    UNKNOWN,
    Clash,
    DraftFiling,
    DraftLine,
    DrawerError,
    LineChange,
    NotNamedError,
    PlanCard,
    StaleError,
)
from meibo.ledger.drawer.filing import file, unfile
from meibo.ledger.drawer.laying import lay_in, reorganise
from meibo.ledger.drawer.naming import name, pass_on, unname
from meibo.ledger.drawer.newcomers import welcome
from meibo.ledger.drawer.preview import Preview, house_on, preview
from meibo.ledger.drawer.reading import (
    addressees,
    filings,
    lines,
    named,
    noticed_lines,
    numbers_taken,
    order,
    plan,
    plan_for_house,
    plans,
    some_lines,
    unclaimed,
)
from meibo.ledger.drawer.steps import redo, steps, undo
from meibo.ledger.drawer.writing import begin, copy, describe, discard, put

__all__ = [
    "ANNOUNCED",
    "APPROVED",
    "DECIDE",
    "DRAFT",
    "EDIT",
    "NOTICED",
    "READ",
    "SUBMITTED",
    "UNKNOWN",
    "Announced",
    "Clash",
    "DraftFiling",
    "DraftLine",
    "DrawerError",
    "LineChange",
    "NotNamedError",
    "PlanCard",
    "Preview",
    "StaleError",
    "addressees",
    "announce",
    "begin",
    "copy",
    "describe",
    "discard",
    "file",
    "filings",
    "house_on",
    "lay_in",
    "lines",
    "name",
    "named",
    "noticed_lines",
    "numbers",
    "numbers_taken",
    "order",
    "pass_on",
    "plan",
    "plan_for_house",
    "plans",
    "preview",
    "put",
    "redo",
    "reorganise",
    "some_lines",
    "steps",
    "unclaimed",
    "undo",
    "unfile",
    "unname",
    "welcome",
]
