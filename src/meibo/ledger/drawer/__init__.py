"""The drawer (異動案): orders not yet announced. For the personnel section, and for nobody else.

Whoever calls has made sure that the account is named on the plan: `plan(number, account)` raises
NotNamedError. No reader, no search, no count, no feed looks in here; the one look from outside is
`noticed_lines` (内示).
"""

from meibo.ledger.drawer.announcing import Announced, announce
from meibo.ledger.drawer.cards import (
    ANNOUNCED,
    APPROVED,
    CORRECTION,
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
from meibo.ledger.drawer.deciding import let_decide, send_back, submit, take_back_notice
from meibo.ledger.drawer.effects import Effects, Heads, effects, heads_changed
from meibo.ledger.drawer.filing import file, unfile
from meibo.ledger.drawer.laying import lay_in, reorganise
from meibo.ledger.drawer.naming import name, pass_on, unname
from meibo.ledger.drawer.newcomers import welcome
from meibo.ledger.drawer.noticing import Addressee, NoticedLine, due, noticed_to, spoken_to
from meibo.ledger.drawer.numbering import Numbering, Pattern, numbers
from meibo.ledger.drawer.preview import Preview, house_on, preview
from meibo.ledger.drawer.reading import (
    addressees,
    existing,
    filed_of,
    filings,
    laid,
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
    "CORRECTION",
    "DECIDE",
    "DRAFT",
    "EDIT",
    "NOTICED",
    "READ",
    "SUBMITTED",
    "UNKNOWN",
    "Addressee",
    "Announced",
    "Clash",
    "DraftFiling",
    "DraftLine",
    "DrawerError",
    "Effects",
    "Heads",
    "LineChange",
    "NotNamedError",
    "NoticedLine",
    "Numbering",
    "Pattern",
    "PlanCard",
    "Preview",
    "StaleError",
    "addressees",
    "announce",
    "begin",
    "copy",
    "describe",
    "discard",
    "due",
    "effects",
    "existing",
    "file",
    "filed_of",
    "filings",
    "heads_changed",
    "house_on",
    "laid",
    "lay_in",
    "let_decide",
    "lines",
    "name",
    "named",
    "noticed_lines",
    "noticed_to",
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
    "send_back",
    "some_lines",
    "spoken_to",
    "steps",
    "submit",
    "take_back_notice",
    "unclaimed",
    "undo",
    "unfile",
    "unname",
    "welcome",
]
