"""Who carries messages, and how insistently: what a town sets, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MAIL, SMS, PUSH = "mail", "sms", "push"
ROUTES: Mapping[str, str] = {
    MAIL: "メール",
    SMS: "SMS",
    "chat": "チャット",
    PUSH: "端末の通知",
    "line": "LINE",
    "slack": "Slack",
    "teams": "Teams",
    "logochat": "LoGoチャット",
}
"""Routes that have a name of their own; a town may add others."""


@dataclass(frozen=True, slots=True)
class Reports:
    """How a provider tells what became of a message: keys in what it posts, and its words."""

    token: str = ""
    reference: str = "id"
    state: str = "status"
    delivered: frozenset[str] = frozenset({"delivered"})
    bounced: frozenset[str] = frozenset({"undelivered", "failed"})


@dataclass(frozen=True, slots=True)
class Lookup:
    """How a provider is asked after an address without writing to it: as messages are posted, and
    its words in the answer."""

    url: str
    body: str
    state: str = "status"
    good: frozenset[str] = frozenset({"active"})
    gone: frozenset[str] = frozenset({"absent", "invalid"})


@dataclass(frozen=True, slots=True)
class Probing:
    """Asking silently after addresses of which nothing was heard for `days`, on this `day` of each
    month or, where nothing ran then, later in it."""

    on: bool = True
    days: int = 30
    day: int = 1


@dataclass(frozen=True, slots=True)
class Provider:
    """One that carries messages of one route. `body`: JSON with {address}, {text}, {title}, {link},
    {key}, {uuid} and {token} in its strings; `reference`: the key in the answer under which it
    names the message; `kinds`: of contacts whose value is an address of this route; `refuses`: the
    answers that will not change, `already`: those that say it has this message from before; `slow`:
    so many seconds for one message and another provider is tried; `hosts`: of push services, the
    only ones that are called."""

    name: str
    route: str
    url: str
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    reference: str = ""
    kinds: frozenset[str] = frozenset()
    refuses: frozenset[int] = frozenset({400, 404, 410, 422})
    already: frozenset[int] = frozenset()
    timeout: float = 10.0
    slow: float = 5.0
    parallel: int = 8
    hosts: tuple[str, ...] = ()
    reports: Reports = Reports()
    lookup: Lookup | None = None


@dataclass(frozen=True, slots=True)
class Reaching:
    """All that is set. `rates`: messages a second, route by route (none: as many as go);
    `waits`: minutes that a route waits for an answer by those before it; `resend`: minutes after
    the start at which who has not answered is asked again, by itself if `automatic`."""

    public_url: str = ""
    mail_from: str = ""
    providers: tuple[Provider, ...] = ()
    rates: Mapping[str, float] = field(default_factory=dict)
    waits: Mapping[str, int] = field(default_factory=dict)
    resend: tuple[int, ...] = (10, 30, 60)
    automatic: bool = True
    probing: Probing = Probing()

    def carriers(self, route: str) -> tuple[Provider, ...]:
        """Who carries a route, the first choice first."""
        return tuple(each for each in self.providers if each.route == route)

    def routes(self) -> tuple[str, ...]:
        """The routes that somebody carries."""
        return tuple(dict.fromkeys(each.route for each in self.providers))

    def route_of(self, kind: str) -> str | None:
        """The route whose addresses are filed under this kind of contact."""
        found = (each.route for each in self.providers if kind in each.kinds)
        return next(found, None)


def named(route: str) -> str:
    """What a route is called on pages."""
    return ROUTES.get(route, route)
