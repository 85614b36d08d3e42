"""Which duties there are, and who proposes and approves each. See docs/decisions/0008-grants.md."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

#: Ties that come with a task of the house and not with a post; the words are those of the
#: disclosure table. Ties that follow from tenures (unit, clerk, head, self) are never granted.
DUTIES = {
    "hr": "人事",
    "payroll": "給与",
    "crisis": "危機管理",
    "audit": "監査",
    "it": "情報システム",
    "conduct": "処分・災害",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """The duties of which a proposer, and an approver, must hold one."""

    propose: frozenset[str]
    approve: frozenset[str]


def _rule(propose: str, approve: str) -> Rule:
    return Rule(frozenset(propose.split()), frozenset(approve.split()))


#: Nobody is given the watch over personnel and machines (audit) by those who are watched alone: an
#: approver of `audit` answers for it to the auditor, who reads every grant.
RULES: Mapping[str, Rule] = {
    "hr": _rule("hr", "hr it"),
    "payroll": _rule("hr payroll", "hr"),
    "crisis": _rule("hr crisis", "hr"),
    "audit": _rule("hr audit", "hr"),
    "it": _rule("hr it", "hr"),
    "conduct": _rule("hr", "hr"),
}
#: Whose ties show who holds what, whoever granted it.
READERS = frozenset({"hr", "it", "audit"})


def may_propose(ties: Collection[str], duty: str) -> bool:
    return bool(RULES[duty].propose.intersection(ties))


def may_approve(ties: Collection[str], duty: str) -> bool:
    return bool(RULES[duty].approve.intersection(ties))


def may_revoke(ties: Collection[str], duty: str) -> bool:
    """To take away is quick: one person is enough."""
    return may_propose(ties, duty) or may_approve(ties, duty)


def proposable(ties: Collection[str]) -> dict[str, str]:
    """The duties that somebody with these ties may propose, with their names."""
    return {duty: name for duty, name in DUTIES.items() if may_propose(ties, duty)}
