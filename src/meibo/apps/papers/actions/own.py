"""Lists that people keep as forms of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meibo.apps.papers.models import OwnForm
from meibo.platform.audit.actions import Actor


class StaleError(Exception):
    """Somebody else has changed it meanwhile; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an own form is to be. `duty`: who else may use it; empty for nobody."""

    title: str
    group: str
    landscape: bool
    duty: str


def save(wish: Wish, query: str, *, actor: Actor, now: datetime) -> OwnForm:
    """Keep a list as a form."""
    return OwnForm.objects.create(
        title=wish.title,
        query=query,
        group=wish.group,
        landscape=wish.landscape,
        duty=wish.duty,
        owner=actor.name,
        person=actor.person,
        changed_at=now,
    )


@transaction.atomic
def change(number: int, wish: Wish, version: int, *, actor: Actor, now: datetime) -> None:
    """Change one's own form. Raises StaleError where it is no longer what the page showed."""
    changed = OwnForm.objects.filter(pk=number, owner=actor.name, version=version).update(
        title=wish.title,
        group=wish.group,
        landscape=wish.landscape,
        duty=wish.duty,
        version=version + 1,
        changed_at=now,
    )
    if not changed:
        raise StaleError


def delete(number: int, *, actor: Actor) -> bool:
    """Take one's own form away; False where there is none."""
    count, _ = OwnForm.objects.filter(pk=number, owner=actor.name).delete()
    return bool(count)


def forget(person: str, _staff_no: str | None) -> None:
    """What somebody kept for themselves goes with their record."""
    OwnForm.objects.filter(person=person).delete()
