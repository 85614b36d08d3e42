"""Conditions kept under a name: by their owner changed, by those they are shared with copied."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from meibo.apps.directory.models import SavedCondition
from meibo.domain.conditions import Group, written


class StaleError(ValueError):
    """Somebody else, or the same person at another desk, was quicker; the message says how it
    stands now."""


def keep(
    owner: str, name: str, condition: Group, *, note: str = "", shared: str = "", now: datetime
) -> SavedCondition:
    """Keep a condition under a name."""
    return SavedCondition.objects.create(
        owner=owner,
        name=_named(name),
        note=note.strip()[:200],
        body=written(condition),
        shared=shared,
        changed=now,
    )


@transaction.atomic
def change(
    number: int,
    owner: str,
    *,
    version: int,
    now: datetime,
    name: str,
    note: str,
    shared: str,
    condition: Group | None = None,
) -> SavedCondition:
    """Call it otherwise, share it, and, where one is given, put another condition in its place.
    Raises StaleError where it is no longer as it was shown."""
    found = SavedCondition.objects.select_for_update().get(pk=number, owner=owner)
    if found.version != version:
        raise StaleError(
            f"開いている間に、別の画面でこの条件が変わりました（今の名前は「{found.name}」）。"
            "開き直して確かめてから、もう一度保存してください。"
        )
    found.name, found.note, found.shared = _named(name), note.strip()[:200], shared
    found.body = written(condition) if condition is not None else found.body
    found.changed, found.version = now, version + 1
    found.save()
    return found


def copy(source: SavedCondition, owner: str, *, now: datetime) -> SavedCondition:
    """One's own copy, shared with nobody."""
    return SavedCondition.objects.create(
        owner=owner,
        name=f"{source.name[:55]}の写し",
        note=source.note,
        body=source.body,
        changed=now,
    )


def drop(number: int, owner: str, *, now: datetime | None) -> None:
    """Take a condition away, or (`now` None) bring it back."""
    SavedCondition.objects.filter(pk=number, owner=owner).update(dropped=now)


def _named(name: str) -> str:
    return " ".join(name.split())[:60] or "名前のない条件"
