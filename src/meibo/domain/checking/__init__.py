"""Checks of a plan (異動案) before it becomes true. Plain values in, findings out."""

from meibo.domain.checking.findings import (
    ERROR,
    INFO,
    SEVERITY_LABELS,
    WARNING,
    PlanFinding,
    blocking,
    counted,
)
from meibo.domain.checking.houses import is_one_year, places_of
from meibo.domain.checking.rules import Rule, rules_of
from meibo.domain.checking.run import CHECKS, check
from meibo.domain.checking.scene import Held, Order, Post, Scene
from meibo.domain.checking.wording import Term, terms_of

__all__ = [
    "CHECKS",
    "ERROR",
    "INFO",
    "SEVERITY_LABELS",
    "WARNING",
    "Held",
    "Order",
    "PlanFinding",
    "Post",
    "Rule",
    "Scene",
    "Term",
    "blocking",
    "check",
    "counted",
    "is_one_year",
    "places_of",
    "rules_of",
    "terms_of",
]
