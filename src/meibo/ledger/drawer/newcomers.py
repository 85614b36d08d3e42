"""Those whom only a plan knows. They have an id and a key, so that what is filed of them is sealed
like everybody's; they have no line in the book, no staff number there, and nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable

from meibo.ledger.models import BookLine, FilingLine, Person, PlanLine
from meibo.ledger.vault import Vault


def welcome(people: Iterable[str]) -> None:
    """Give each of these ids a key, where they have none."""
    wanted = list(people)
    known = set(Person.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    new = [person for person in wanted if person not in known]
    Person.objects.bulk_create([Person(id=person) for person in new], batch_size=500)
    Vault().create(new)


def forget_unused(people: Iterable[str]) -> None:
    """Remove those of these ids that no line of book or drawer speaks of any more."""
    wanted = set(people) - {""}
    if not wanted:
        return
    held = Person.objects.filter(pk__in=wanted, staff_no=None, shredded=False)
    for person in set(held.values_list("pk", flat=True)):
        if not (
            BookLine.objects.filter(person=person).exists()
            or FilingLine.objects.filter(subject=person).exists()
            or PlanLine.objects.filter(person=person).exists()
        ):
            Person.objects.filter(pk=person).delete()
