"""The tables of record. Nothing above the ledger imports them."""

from meibo.ledger.models.books import BookLine, Code, DataKey, FilingLine, Person
from meibo.ledger.models.drawer import Plan, PlanFiling, PlanLine, PlanName, PlanStep
from meibo.ledger.models.drawn import House, Seat, Shield, Stretch, UnitStretch
from meibo.ledger.models.joining import Joining
from meibo.ledger.models.memory import Memory
from meibo.ledger.models.policy import TableVersion, TableWithdrawal
from meibo.ledger.models.search import SearchEntry, SearchEra

__all__ = [
    "BookLine",
    "Code",
    "DataKey",
    "FilingLine",
    "House",
    "Joining",
    "Memory",
    "Person",
    "Plan",
    "PlanFiling",
    "PlanLine",
    "PlanName",
    "PlanStep",
    "SearchEntry",
    "SearchEra",
    "Seat",
    "Shield",
    "Stretch",
    "TableVersion",
    "TableWithdrawal",
    "UnitStretch",
]
