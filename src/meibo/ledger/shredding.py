"""Making somebody unreadable: their key goes, and all that was drawn of them.

No row of a book changes. Orders stay as what they are, an effect and a day of an opaque id; filings
stay as ciphertext that nobody can open. What is drawn from the books afterwards, by whomever and
however often, has nothing of the person in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max

from meibo.domain.calendar import day_in_japan
from meibo.ledger import documents, draw, joins, memory, search, writer
from meibo.ledger.models import DataKey, FilingLine, Person, PlanLine, Seat, Stretch
from meibo.ledger.vault import Vault


@dataclass(frozen=True, slots=True)
class Shredded:
    """What of a person lies outside the ledger, for the caller to remove: the ids by which others
    know them with the staff number of each, and the files named in filings: pictures by name,
    documents by where they lie."""

    ids: Mapping[str, str | None]
    photos: tuple[str, ...]
    documents: tuple[str, ...] = ()


def gone(before: date) -> dict[str, date]:
    """Who left for good before a day, and has not been shredded: id → the last day in service."""
    rows = Stretch.objects.values_list("person").annotate(ends=Max("ends"))
    left = {str(p): ends for p, ends in rows.filter(ends__lte=before)}
    expected = _expected()
    return {p: date.fromordinal(e.toordinal() - 1) for p, e in left.items() if p not in expected}


def _expected() -> set[str]:
    """Who is to come back, as the drawer says."""
    open_plans, groups = PlanLine.objects.exclude(plan__state="announced"), joins.groups()
    return {groups.lead(person) for person in open_plans.values_list("person", flat=True)}


def belongings(person: str) -> Shredded:
    """What `shred` would hand back; reads only. Nothing is left of someone who was shredded."""
    members = joins.members(person)
    rows = Person.objects.filter(pk__in=members, shredded=False)
    ids = dict(rows.values_list("pk", "staff_no"))
    vault = Vault()
    filed = FilingLine.objects.filter(subject__in=ids, field="photo").exclude(value=None)
    named = filed.values_list("subject", "value")
    opened = {vault.open(subject, "photo", str(value)) for subject, value in named}
    scans = tuple(name for each in ids for name in documents.all_of(each))
    return Shredded(ids, tuple(sorted(name for name in opened if name)), scans)


def shred(person: str, *, actor: str, now: datetime) -> Shredded:
    """Delete a person's keys and everything drawn of them, in one transaction: of somebody known by
    several ids, of all of these, for half a person can't be kept.

    The staff number goes too: with it, any old list would tell whose orders those are. The id
    stays, marked, so that nothing can be appended to it. Doing it again does nothing. `actor` and
    `now` are for the caller's record; no row takes them. Raises ValueError for somebody whom the
    book does not know or who is in service.
    """
    with transaction.atomic():
        writer.lock()
        if not Person.objects.filter(pk=person).exists():
            raise ValueError(f"名簿にない職員です: {person}")
        ids = joins.members(person)
        if Stretch.objects.filter(person__in=ids, ends__gt=day_in_japan(now)).exists():
            raise ValueError("在職中の職員、これから在職する職員は消せません。")
        found = belongings(person)
        _overwrite()
        DataKey.objects.filter(person_id__in=ids).delete()
        Person.objects.filter(pk__in=ids).update(shredded=True, staff_no=None)
        Stretch.objects.filter(person__in=ids).delete()
        Seat.objects.filter(person__in=ids).delete()
        memory.forget()
        search.forget(set(ids))
        search.tidy()  # what was forgotten still stands in the index until it is merged
        draw.stale()
    return found


def shred_again(people: Iterable[str], *, actor: str, now: datetime) -> int:
    """After an older copy came back: shred those of them who are readable again; how many."""
    back = Person.objects.filter(pk__in=list(people), shredded=False)
    ids = list(back.values_list("pk", flat=True))
    for person in ids:
        shred(person, actor=actor, now=now)
    return len(ids)


def _overwrite() -> None:
    """On SQLite: deleted bytes are overwritten, not merely forgotten."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
