"""Which way out of the house leads to an address: straight, or through an HTTP proxy."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that speaks HTTP. `url`: as it was written; `user`, `password`: where it asks for
    them."""

    url: str = field(repr=False)
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What it wants to be told besides."""
        if not self.user:
            return {}
        said = f"{self.user}:{self.password}"
        return {"Proxy-Authorization": f"Basic {b64encode(said.encode()).decode()}"}


@dataclass(frozen=True, slots=True)
class Proxies:
    """What the surroundings say: a proxy for http, one for https, and hosts to which one goes
    straight: a name with all below it, an address, a network, or `*`."""

    http: Proxy | None = None
    https: Proxy | None = None
    straight: tuple[str, ...] = ()

    def to(self, scheme: str, host: str) -> Proxy | None:
        """Through which proxy a host is reached; None for straight. What runs on this very machine
        is never asked for elsewhere."""
        proxy = self.https if scheme == "https" else self.http
        host = host.rstrip(".")
        if proxy is None or _is_here(host) or any(_covers(each, host) for each in self.straight):
            return None
        return proxy


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _covers(written: str, host: str) -> bool:
    if written == "*":
        return True
    try:
        return ip_address(host) in ip_network(written, strict=False)
    except ValueError:
        name = written.lower().lstrip(".")
        return bool(name) and (host == name or host.endswith(f".{name}"))
