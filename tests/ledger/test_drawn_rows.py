"""Of the drawn tables only what changed is written anew."""

from datetime import date

import pytest

from meibo.domain.book import OPEN, Effect, Line
from meibo.ledger.models import Seat, Stretch
from meibo.ledger.writer import Batch, append
from tests.ledger.scenes import NOW

pytestmark = pytest.mark.django_db
HIRED, MOVED = date(2020, 4, 1), date(2027, 4, 1)


def order(day: date, effect: Effect, unit: str) -> None:
    batch = Batch(people={} if effect is Effect.MOVE else {"p1": "1000001"})
    batch.add(Line(0, day, NOW, effect, "p1", "発令", unit=unit, post="060"))
    append(batch, actor="test", now=NOW)


def test_a_move_leaves_the_life_before_it_untouched() -> None:
    order(HIRED, Effect.ENTER, "001")
    order(date(2023, 4, 1), Effect.MOVE, "002")
    before = set(Stretch.objects.filter(ends__lt=OPEN).values_list("pk", "starts", "ends"))
    seats = set(Seat.objects.filter(ends__lt=OPEN).values_list("pk", flat=True))
    assert before
    assert seats
    order(MOVED, Effect.MOVE, "003")
    after = set(Stretch.objects.values_list("pk", "starts", "ends"))
    assert before < after
    assert seats < set(Seat.objects.values_list("pk", flat=True))
    assert list(Stretch.objects.order_by("starts").values_list("starts", "ends", "unit")) == [
        (HIRED, date(2023, 4, 1), "001"),
        (date(2023, 4, 1), MOVED, "002"),
        (MOVED, OPEN, "003"),
    ]
