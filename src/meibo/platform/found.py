"""Found sets for whoever works with them: an app that can do something with many people at once
offers it here, and asks here who they are. Neither side knows the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.module_loading import import_string

from meibo.domain.disclosure import Viewer


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do with a set. `url_name`: a page that takes `?set=NUMBER`."""

    label: str
    url_name: str
    icon: str
    shown: Callable[[Viewer], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A set as another app needs it."""

    number: int
    name: str
    people: tuple[str, ...]


@dataclass(slots=True)
class Sets:
    """What the apps have registered. `source`: the dotted name of the function that knows the sets
    (account's sign-in name, number, today → Found or None)."""

    offers: list[Offer] = field(default_factory=list)
    source: str = ""

    def of(self, owner: str, number: int, today: date) -> Found | None:
        """The set of this number that belongs to an account; nobody else's is there."""
        if not self.source:
            return None
        known: Callable[[str, int, date], Found | None] = import_string(self.source)
        return known(owner, number, today)

    def offered(self, viewer: Viewer) -> list[Offer]:
        """What this viewer may do with a set."""
        return [offer for offer in self.offers if offer.shown(viewer)]


#: The one of this process; filled by the `ready` of the apps.
SETS = Sets()
