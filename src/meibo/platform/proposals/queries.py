"""What has been proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from meibo.ledger.vault import Vault
from meibo.platform.proposals.models import Proposal

CURRENT, PROPOSED, WHY = "proposal:current", "proposal:proposed", "proposal:why"


@dataclass(frozen=True, slots=True)
class Opened:
    """A proposal with its values, as somebody may see it who may see the field."""

    row: Proposal
    current: str
    proposed: str
    why: str


def opened(rows: Iterable[Proposal]) -> list[Opened]:
    """Open the values of proposals."""
    rows = list(rows)
    vault = Vault()
    vault.prepare({row.person for row in rows})

    def text(person: str, field: str, sealed: str) -> str:
        return (vault.open(person, field, sealed) or "") if sealed else ""

    return [
        Opened(
            row,
            text(row.person, CURRENT, row.current),
            text(row.person, PROPOSED, row.proposed),
            text(row.person, WHY, row.why),
        )
        for row in rows
    ]


def asking(toward: str, fields: Collection[str]) -> set[str]:
    """Those of whom a value in one of these fields is proposed to somebody and not yet decided."""
    rows = Proposal.objects.filter(toward=toward, state=Proposal.OPEN, field__in=fields)
    return set(rows.values_list("person", flat=True))


def waiting(toward: str) -> int:
    """How many wait for a decision."""
    return Proposal.objects.filter(toward=toward, state=Proposal.OPEN).count()
