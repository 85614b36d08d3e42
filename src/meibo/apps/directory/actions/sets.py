"""Found sets: made, added to, taken out of, joined, and gone after ninety days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from meibo.apps.directory.actions.conditions import StaleError
from meibo.apps.directory.models import FoundSet
from meibo.domain.conditions import Group, written

DAYS = 90
MOST = 20_000
#: How two sets become one: in words, and how.
JOINTS: dict[str, str] = {
    "and": "両方にいる人",
    "or": "どちらかにいる人",
    "minus": "今の方だけの人",
}


def make(
    owner: str,
    name: str,
    people: Sequence[str],
    *,
    on: date,
    today: date,
    now: datetime,
    condition: Group | None = None,
) -> FoundSet:
    """Keep these people, in this order. Sets whose time is over go on this occasion."""
    FoundSet.objects.filter(ends__lt=today).delete()
    return FoundSet.objects.create(
        owner=owner,
        name=_named(name),
        body=written(condition) if condition is not None else "",
        on=on,
        people=list(dict.fromkeys(people))[:MOST],
        changed=now,
        ends=today + timedelta(days=DAYS),
    )


@transaction.atomic
def take_out(number: int, owner: str, people: Iterable[str], *, now: datetime) -> int:
    """Take people out; returns how many went. They stay out when the condition is asked again."""
    found = _mine(number, owner)
    gone = [person for person in found.people if person in set(people)]
    found.people = [person for person in found.people if person not in gone]
    found.removed = sorted({*found.removed, *gone})
    found.added = [person for person in found.added if person not in gone]
    _save(found, now)
    return len(gone)


@transaction.atomic
def put_in(number: int, owner: str, people: Iterable[str], *, now: datetime) -> int:
    """Add people at the end; returns how many are new."""
    found = _mine(number, owner)
    fresh = [person for person in dict.fromkeys(people) if person not in found.people]
    found.people = [*found.people, *fresh][:MOST]
    found.added = sorted({*found.added, *fresh})
    found.removed = [person for person in found.removed if person not in fresh]
    _save(found, now)
    return len(fresh)


@transaction.atomic
def describe(
    number: int, owner: str, name: str, note: str, *, version: int, now: datetime
) -> FoundSet:
    """Name and note. Raises StaleError where the set is no longer as it was shown."""
    found = _mine(number, owner)
    if found.version != version:
        raise StaleError(
            f"開いている間に、別の画面でこの集まりが変わりました（今の名前は「{found.name}」）。"
            "開き直して確かめてから、もう一度保存してください。"
        )
    found.name, found.note = _named(name), note.strip()[:200]
    _save(found, now)
    return found


@transaction.atomic
def ask_again(
    number: int,
    owner: str,
    choose: Callable[[], Sequence[str]],
    *,
    on: date,
    today: date,
    now: datetime,
) -> tuple[int, int]:
    """Ask the condition anew; what was taken out or added by hand stays so. Returns how many came
    and how many went."""
    found = _mine(number, owner)
    before = set(found.people)
    by_hand = [person for person in found.people if person in set(found.added)]
    met = [person for person in choose() if person not in set(found.removed)]
    found.people = list(dict.fromkeys([*met, *by_hand]))[:MOST]
    found.on, found.ends = on, today + timedelta(days=DAYS)
    _save(found, now)
    after = set(found.people)
    return len(after - before), len(before - after)


def joined(first: Sequence[str], second: Sequence[str], joint: str) -> list[str]:
    """Two sets as one, in the order of the first. Raises KeyError for another joint."""
    other = set(second)
    ways: dict[str, Callable[[], list[str]]] = {
        "and": lambda: [person for person in first if person in other],
        "or": lambda: list(dict.fromkeys([*first, *second])),
        "minus": lambda: [person for person in first if person not in other],
    }
    return ways[joint]()


def drop(number: int, owner: str, *, now: datetime | None) -> None:
    """Take a set away, or (`now` None) bring it back."""
    FoundSet.objects.filter(pk=number, owner=owner).update(dropped=now)


def forget(person: str, _staff_no: str | None) -> None:
    """A person whose record is no longer kept is in no set either."""
    for found in FoundSet.objects.all():
        held = (found.people, found.added, found.removed)
        if any(person in each for each in held):
            found.people, found.added, found.removed = (
                [other for other in each if other != person] for each in held
            )
            found.save(update_fields=["people", "added", "removed"])


def _mine(number: int, owner: str) -> FoundSet:
    return FoundSet.objects.select_for_update().get(pk=number, owner=owner, dropped=None)


def _save(found: FoundSet, now: datetime) -> None:
    found.changed, found.version = now, found.version + 1
    found.save()


def _named(name: str) -> str:
    return " ".join(name.split())[:60] or "名前のない集まり"
