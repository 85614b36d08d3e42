"""Careers alone: the fold of orders, without what is filed. For looking ahead, where it has to be
quick."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime

from meibo.domain.book import Career, Effect, Line, fold
from meibo.ledger import joins
from meibo.ledger.as_one import one_life
from meibo.ledger.beside import NOTHING, Beside
from meibo.ledger.codec import values_of
from meibo.ledger.draw import RULES, house_lines, shredded
from meibo.ledger.models import BookLine

_CHUNK = 500
_UNREAD = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for the moment of a line where nobody asks for it."""
_COLUMNS = ("no", "effective", "effect", "person", "appointment", "voids", "completes", "wording")


def careers(people: list[str], beside: Beside = NOTHING) -> dict[str, Career]:
    """The careers of these people from their orders alone, nobody's who was shredded: what is filed
    is neither read nor opened. Several times as fast as `drawings`."""
    hidden = shredded()
    people = [person for person in people if person not in hidden]
    house, groups = [*house_lines(), *beside.of("")], joins.groups()
    found: dict[str, Career] = {}
    for i in range(0, len(people), _CHUNK):
        chunk = people[i : i + _CHUNK]
        whole = sorted(groups.whole(chunk))
        read = _orders(whole)
        lines = {each: [*read.get(each, ()), *beside.of(each)] for each in whole}
        for person in chunk:
            found[person] = fold([*house, *one_life(lines, groups.members(person))], RULES)
    return found


def _orders(people: list[str]) -> dict[str, list[Line]]:
    """The lines of these people; when they were recorded and their numbers are not read."""
    rows = BookLine.objects.filter(person__in=people).order_by("no")
    read = list(rows.values_list(*_COLUMNS, "stated"))
    stated = json.loads("[" + ",".join(row[-1] for row in read) + "]")
    lines: dict[str, list[Line]] = defaultdict(list)
    for row, values in zip(read, stated, strict=True):
        no, effective, effect, person, appointment, voids, completes, wording, _ = row
        lines[person].append(
            Line(
                *(no, effective, _UNREAD, Effect(effect), person, wording, "", appointment),
                *(voids, completes),
                **values_of(values),
            )
        )
    return lines
