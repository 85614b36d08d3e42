"""The ground of the next difference: what payroll really has, by all its answers together.

An answer can be taken back by a later one. So the ground is not written on but reckoned again, for
those whom the answer touches: each has what the newest delivery brought of which their row stands
as accepted, and nothing where that row, or a later full file without them, told them gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Max

from meibo.apps.exchange.models import Accepted, Delivery, DeliveryRow, Remark
from meibo.apps.exchange.queries.causes import HELD

_BATCH = 500


def ground(delivery: Delivery) -> None:
    """Reckon the ground anew after an answer to this delivery, which is written down already."""
    for batch in _parts(sorted(_touched(delivery))):
        wanted = _standing(delivery.feed, batch)
        old = Accepted.objects.filter(feed=delivery.feed, person__in=batch)
        same = {a.person for a in old if wanted.get(a.person) == a.number}
        old.exclude(person__in=same).delete()
        rows = DeliveryRow.objects.filter(
            delivery__feed=delivery.feed,
            delivery__number__in=set(wanted.values()),
            person__in=wanted.keys() - same,
        ).select_related("delivery")
        Accepted.objects.bulk_create(
            Accepted(feed=delivery.feed, person=r.person, number=number, cells=r.cells)
            for r in rows
            if (number := r.delivery.number) == wanted[r.person]
        )


def later_accepted(delivery: Delivery, people: Collection[str]) -> dict[str, int]:
    """Id → number of the newest later delivery of which that person's row stands as accepted."""
    found: dict[str, int] = {}
    for batch in _parts(sorted(people)):
        found |= _newest(delivery.feed, batch, after=delivery.number)
    return found


def _touched(delivery: Delivery) -> set[str]:
    """Whose ground an answer may change; a full file speaks of everybody."""
    people = set(delivery.rows.values_list("person", flat=True))
    if delivery.full:
        every = DeliveryRow.objects.filter(delivery__feed=delivery.feed, accepted=True)
        people |= set(every.values_list("person", flat=True).distinct().order_by())
    return people


def _newest(feed: str, people: Collection[str], *, after: int = 0) -> dict[str, int]:
    rows = DeliveryRow.objects.filter(
        delivery__feed=feed, delivery__number__gt=after, accepted=True, person__in=people
    )
    return dict(rows.order_by().values_list("person").annotate(Max("delivery__number")))


def _standing(feed: str, people: Collection[str]) -> dict[str, int]:
    """Id → number of the delivery from which payroll has that person now."""
    newest = _newest(feed, people)
    gone = DeliveryRow.objects.filter(
        delivery__feed=feed, accepted=True, person__in=people, kind="gone"
    ).values_list("person", "delivery__number")
    ended = {person for person, number in gone if newest.get(person) == number}
    left = _left_out(feed, newest)
    return {p: n for p, n in newest.items() if p not in ended and p not in left}


def _left_out(feed: str, newest: dict[str, int]) -> set[str]:
    """Those whom a full file that was taken, later than what they had, does not have any more."""
    fulls = Delivery.objects.filter(
        feed=feed,
        full=True,
        state__in=(Delivery.ACCEPTED, Delivery.PARTLY),
        number__gt=min(newest.values(), default=0),
    )
    numbers = dict(fulls.values_list("pk", "number"))
    if not numbers:
        return set()
    within = {"delivery__in": list(numbers), "person__in": list(newest)}
    rows = DeliveryRow.objects.filter(**within).order_by()
    there = set(rows.values_list("person", "delivery"))
    held = Remark.objects.filter(**within, code__in=HELD).order_by()
    there |= set(held.values_list("person", "delivery"))
    return {
        person
        for person, had in newest.items()
        if any(number > had and (person, pk) not in there for pk, number in numbers.items())
    }


def _parts(people: list[str]) -> Iterator[list[str]]:
    return (people[i : i + _BATCH] for i in range(0, len(people), _BATCH))
