"""Where one can go from every page. Each app registers its own entries when it is loaded, so that
the frame shows what exists and nothing else, and the platform knows no app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from meibo.domain.disclosure import Viewer

#: A bottom bar holds five entries; what comes after is reached from the side and from the menu.
MAIN_ENTRIES = 5


@dataclass(frozen=True, slots=True)
class Guest:
    """Who an entry is shown to: the viewer and their own card of today (None without one)."""

    viewer: Viewer
    me: Mapping[str, Any] | None


def _everyone(guest: Guest) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go. `order` counts in tens; `icon` is a heroicon; `arguments` returns what its
    address needs, or None when this guest has no such place."""

    label: str
    url_name: str
    icon: str
    order: int
    arguments: Callable[[Guest], tuple[str, ...] | None] = _everyone


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on a page."""

    label: str
    address: str
    icon: str
    current: bool


@dataclass(slots=True)
class Navigation:
    """What the apps have registered. `home`, `search`, `card`, `photo` are names of addresses: the
    first page, what the search box asks, and a person's card and picture (argument: the id).
    `pages`: what pages are called where they are told of, by the names of their addresses."""

    entries: list[Entry] = field(default_factory=list)
    home: str = ""
    search: str = ""
    card: str = ""
    photo: str = ""
    footer: list[Entry] = field(default_factory=list)
    shortcuts: list[Entry] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)

    def links(self, guest: Guest, path: str) -> tuple[Link, ...]:
        """The main entries in order; `path` is the address being shown."""
        return _links(self.entries, guest, path)

    def footer_links(self, guest: Guest, path: str) -> tuple[Link, ...]:
        """What is looked up now and then."""
        return _links(self.footer, guest, path)

    def shortcut_links(self, guest: Guest) -> tuple[Link, ...]:
        """What the first page leads to besides, for whoever is looking for it in a hurry."""
        return _links(self.shortcuts, guest, "")


def _links(entries: list[Entry], guest: Guest, path: str) -> tuple[Link, ...]:
    found = []
    for entry in sorted(entries, key=lambda each: each.order):
        arguments = entry.arguments(guest)
        if arguments is not None:
            address = reverse(entry.url_name, args=arguments)
            found.append(Link(entry.label, address, entry.icon, address == path))
    return tuple(found)


#: The one of this process; filled by the `ready` of the apps.
NAVIGATION = Navigation()
