"""非公開の申出 in the books: who is protected, how far, until when and why.

Why is for personnel alone: whoever reads `Shielded.why` sees to that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from meibo.domain.book import Filing, fold_filings
from meibo.domain.disclosure import Protection, protection
from meibo.ledger import joins
from meibo.ledger.codec import filing_of
from meibo.ledger.draw import PROTECTED
from meibo.ledger.models import FilingLine, Shield
from meibo.ledger.vault import Vault
from meibo.ledger.writer import Batch, NewFiling, append

WHY = "protected_why"


@dataclass(frozen=True, slots=True)
class Why:
    """The reason: a key of a short list, and words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Shielded:
    """One person's protection over `[starts, ends)`."""

    person: str
    level: Protection
    starts: date
    ends: date
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """One entry of the book about somebody's protection; `level` None: it ended."""

    level: Protection | None
    effective: date
    until: date
    entered: datetime


def standing(today: date) -> list[Shielded]:
    """Every protection that holds or is to come, the one that ends first first, with its reason."""
    rows = list(Shield.objects.filter(ends__gt=today).order_by("ends", "person"))
    whys = _whys({row.person for row in rows})
    return [
        Shielded(
            row.person,
            protection(row.level),
            row.starts,
            row.ends,
            whys.get((row.person, row.starts)),
        )
        for row in rows
    ]


def of(person: str, today: date) -> list[Shielded]:
    """Somebody's own protections that hold or are to come, without the reason."""
    rows = Shield.objects.filter(person=person, ends__gt=today).order_by("starts")
    return [Shielded(person, protection(row.level), row.starts, row.ends) for row in rows]


def filed(person: str) -> list[Filed]:
    """What was filed about somebody's protection, newest first."""
    vault = Vault()
    rows = FilingLine.objects.filter(subject__in=joins.members(person), field=PROTECTED).order_by(
        "-no"
    )
    found = []
    for row in rows:
        value = filing_of(row, vault).value
        level = protection(value) if value else None
        found.append(Filed(level, row.effective, row.until, row.entered))
    return found


def put(shield: Shielded, *, actor: str, now: datetime) -> None:
    """File a protection. Of two that begin on one day the later filing counts, so this changes
    level, reason and end of one that began as well."""
    why = shield.why or Why("", "")
    stated = json.dumps({"key": why.key, "text": why.text}, ensure_ascii=False)
    values = ((PROTECTED, shield.level.value), (WHY, stated))
    _append(
        [NewFiling(shield.person, f, v, shield.starts, now, shield.ends) for f, v in values],
        actor,
        now,
    )


def end(person: str, on: date, *, actor: str, now: datetime) -> None:
    """End a protection: from this day on there is none."""
    _append([NewFiling(person, f, None, on, now) for f in (PROTECTED, WHY)], actor, now)


def _append(filings: list[NewFiling], actor: str, now: datetime) -> None:
    append(Batch(filings=filings), actor=actor, now=now)


def _whys(people: Iterable[str]) -> dict[tuple[str, date], Why]:
    """(person, first day) → reason."""
    groups = joins.groups()
    wanted = sorted(groups.whole(set(people)))
    vault = Vault()
    vault.prepare(wanted)
    filings: dict[str, list[Filing]] = {}
    for row in FilingLine.objects.filter(subject__in=wanted, field=WHY).order_by("no"):
        filing = filing_of(row, vault)
        lead = groups.lead(row.subject)
        filings.setdefault(lead, []).append(filing._replace(subject=lead))
    found = {}
    for person, own in filings.items():
        for period in fold_filings(own):
            found[person, period.starts] = _why(period.value)
    return found


def _why(value: str) -> Why:
    stated = json.loads(value)
    return Why(str(stated.get("key", "")), str(stated.get("text", "")))
