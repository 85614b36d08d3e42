"""What of a person is filed (届出): what is on record and since when; taking a filing back.

For who may see it: the caller asks `seen` first, which tells the witness.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from meibo.domain.book import OPEN, Filing, fold_filings
from meibo.domain.disclosure import Viewer
from meibo.ledger import joins, policy
from meibo.ledger.codec import filing_of
from meibo.ledger.models import FilingLine
from meibo.ledger.sight import Sight
from meibo.ledger.vault import Vault
from meibo.ledger.witness import witness
from meibo.ledger.writer import Batch, NewFiling, append

_CHUNK = 900


@dataclass(frozen=True, slots=True)
class OnRecord:
    """One field as it stands on a day: the value, in force from when, and when it was filed."""

    value: str
    starts: date
    filed: datetime


def seen(
    viewer: Viewer, person: str, rows: Collection[str], *, on: date | None = None
) -> frozenset[str]:
    """Those of these rows of the disclosure table that a viewer sees of a person on a day (today).
    They are taken as read, so what of them is sensitive is told to the witness."""
    sight = Sight(viewer)
    allowed = sight.seen(person, sight.ties(person, on or viewer.today)) & frozenset(rows)
    watcher = witness()
    if watcher and person != viewer.person:
        for row in sorted(allowed & sight.table.sensitive):
            watcher.saw(person, row)
    return allowed


def on_record(person: str, fields: Collection[str], on: date) -> Mapping[str, OnRecord]:
    """What is on record of these fields on a day; a field without a value is absent."""
    members, vault = joins.members(person), Vault()
    vault.prepare(members)
    rows = FilingLine.objects.filter(subject__in=members, field__in=fields).order_by("no")
    opened = [filing_of(row, vault) for row in rows]
    filings: list[Filing] = [filing._replace(subject=members[0]) for filing in opened]
    filed = {filing.no: filing.recorded for filing in filings}
    return {
        period.field: OnRecord(period.value, period.starts, filed[period.no])
        for period in fold_filings(filings)
        if period.starts <= on < period.ends
    }


def opened(person: str, numbers: Collection[int]) -> Mapping[int, str]:
    """The values of these filings of a person, by number; one that took a value away has none."""
    vault, rows = Vault(), FilingLine.objects.filter(subject=person, no__in=list(numbers))
    found = {row.no: filing_of(row, vault).value for row in rows}
    return {no: value for no, value in found.items() if value is not None}


def labels(on: date) -> Mapping[str, str]:
    """Row of the disclosure table → what it is called."""
    return {row.field: row.label for row in policy.table(on).rows}


def mark(person: str, fields: Collection[str]) -> int:
    """The newest entry about these fields of a person: whoever saw the record at this mark saw
    what is there now, as long as the mark is the same. 0 where nothing was ever filed."""
    rows = FilingLine.objects.filter(subject__in=joins.members(person), field__in=fields)
    found = rows.aggregate(last=Max("no"))["last"]
    return int(found) if found else 0


def last_filed(people: Collection[str], fields: Collection[str]) -> Mapping[str, datetime]:
    """Person → when one of these fields was last filed; who never filed any is absent."""
    groups, found = joins.groups(), dict[str, datetime]()
    wanted = sorted(groups.whole(people))
    for at in range(0, len(wanted), _CHUNK):
        rows = FilingLine.objects.filter(subject__in=wanted[at : at + _CHUNK], field__in=fields)
        rows = rows.exclude(value=None)
        for subject, last in rows.values_list("subject").annotate(last=Max("recorded")):
            lead = groups.lead(subject)
            found[lead] = max(last, found.get(lead, last))
    return found


def take_back(source: str, *, actor: str, now: datetime) -> int:
    """Cancel every filing that came from one source, as if it had never been; how many."""
    rows = FilingLine.objects.filter(source=source).order_by("no")
    dead = FilingLine.objects.filter(voids__in=[row.no for row in rows])
    done = set(dead.values_list("voids", flat=True))
    voids = [
        NewFiling(row.subject, row.field, None, row.effective, now, OPEN, row.no)
        for row in rows
        if row.no not in done and row.voids is None
    ]
    if voids:
        append(Batch(filings=voids), actor=actor, now=now)
    return len(voids)
