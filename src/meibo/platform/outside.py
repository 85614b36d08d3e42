"""The one way out of the house: whoever calls another server by HTTP opens the line here, so that a
proxy is treated in the same way by all."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import SplitResult, urlsplit
from urllib.request import BaseHandler, ProxyHandler

from django.conf import settings

from meibo.domain.proxies import Proxy


class ProxyError(OSError):
    """The proxy could not be reached, or would not let us through. Nothing was asked of anybody."""


@dataclass(slots=True)
class Line:
    """A line that is open. `target`: what to ask for on it; `headers`: to be sent along, for the
    proxy alone."""

    connection: HTTPConnection
    target: str
    headers: dict[str, str]


def opened(url: SplitResult, timeout: float) -> Line:
    """A line to this address. Raises OSError where there is none, ProxyError where the proxy is to
    blame."""
    proxy = _proxy_to(url)
    line = Line(_connection(url, proxy, timeout), *_asking(url, proxy))
    try:
        line.connection.connect()
    except ssl.SSLError:
        raise
    except OSError as error:
        line.connection.close()
        if proxy is None:
            raise
        raise ProxyError(str(error)) from error
    return line


def asking(url: SplitResult) -> tuple[str, dict[str, str]]:
    """What to ask for at this address, and what to send along, on a line that was kept open."""
    return _asking(url, _proxy_to(url))


def proxying(address: str) -> BaseHandler:
    """The same for urllib."""
    proxy = _proxy_to(urlsplit(address))
    return ProxyHandler({"http": proxy.url, "https": proxy.url} if proxy else {})


def _proxy_to(url: SplitResult) -> Proxy | None:
    found: Proxy | None = settings.MEIBO_PROXIES.to(url.scheme, url.hostname or "")
    return found


def _connection(url: SplitResult, proxy: Proxy | None, timeout: float) -> HTTPConnection:
    host, port = url.hostname or "", url.port
    at, door = (proxy.host, proxy.port) if proxy else (host, port)
    if url.scheme != "https":
        return HTTPConnection(at, door, timeout=timeout)
    connection = HTTPSConnection(at, door, timeout=timeout, context=ssl.create_default_context())
    if proxy is not None:
        connection.set_tunnel(host, port or 443, proxy.headers)
    return connection


def _asking(url: SplitResult, proxy: Proxy | None) -> tuple[str, dict[str, str]]:
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    if proxy is None or url.scheme == "https":  # inside the tunnel nobody but the other side reads
        return target, {}
    host = url.netloc.rpartition("@")[2]
    return f"http://{host}{target}", proxy.headers
