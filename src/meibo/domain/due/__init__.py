"""人事カレンダー: what falls due with people, reckoned from their days by rules that are data."""

from meibo.domain.due.facts import Due, Facts, Licence
from meibo.domain.due.reckoning import due
from meibo.domain.due.rules import (
    Ages,
    DueRule,
    DueRules,
    parse_ages,
    parse_rules,
)

__all__ = [
    "Ages",
    "Due",
    "DueRule",
    "DueRules",
    "Facts",
    "Licence",
    "due",
    "parse_ages",
    "parse_rules",
]
