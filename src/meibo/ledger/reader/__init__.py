"""The one way to read: for a viewer, on a day, through the disclosure table."""

from meibo.ledger.card import Card
from meibo.ledger.reader.changes import Change, UnitChange, changes, unit_changes_between
from meibo.ledger.reader.choosing import askable, choose
from meibo.ledger.reader.history import HistoryRow, history
from meibo.ledger.reader.orders import OrderCard, orders
from meibo.ledger.reader.people import (
    Member,
    card,
    cards,
    day_in_service,
    last_name,
    members,
    name_today,
)
from meibo.ledger.reader.reorganising import HouseOrder, house_orders
from meibo.ledger.reader.searching import Hit, Page, UnitHit
from meibo.ledger.reader.searching import find as search
from meibo.ledger.reader.units import (
    UnitCard,
    UnitLife,
    UnitLink,
    past_units,
    town_name,
    unit,
    unit_changes,
    unit_life,
    unit_name,
    units,
)

__all__ = [
    "Card",
    "Change",
    "HistoryRow",
    "Hit",
    "HouseOrder",
    "Member",
    "OrderCard",
    "Page",
    "UnitCard",
    "UnitChange",
    "UnitHit",
    "UnitLife",
    "UnitLink",
    "askable",
    "card",
    "cards",
    "changes",
    "choose",
    "day_in_service",
    "history",
    "house_orders",
    "last_name",
    "members",
    "name_today",
    "orders",
    "past_units",
    "search",
    "town_name",
    "unit",
    "unit_changes",
    "unit_changes_between",
    "unit_life",
    "unit_name",
    "units",
]
