"""Asking a server: only http and https, no redirects, bounded in time and size."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from meibo.domain.telegram.tree import MOST_BYTES
from meibo.platform.outside import proxying

_SECONDS = 10
_AGENT = "meibo"
_WORDS = 1_000  # bytes of an answer that are looked at


class UnansweredError(Exception):
    """The server gave nothing that can be used; the message says what, in Japanese."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; `data` is None where nothing has changed (304)."""

    data: bytes | None
    etag: str = ""
    modified: str = ""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_about: object, **_more: object) -> None:
        """A redirect is an error: it could lead into the house's own network."""


def ask(address: str, etag: str = "", modified: str = "") -> Answer:
    """Get an address, unless it is as it was. Raises UnansweredError."""
    if not address.startswith(("https://", "http://")):
        raise UnansweredError("http か https のアドレスではありません。")
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    request = Request(address, headers=headers)
    try:
        with build_opener(_Stay, proxying(address)).open(request, timeout=_SECONDS) as response:
            data = response.read(MOST_BYTES + 1)
            return Answer(_plain(data, response.headers), *_marks(response.headers))
    except HTTPError as error:
        if error.code == 304:
            return Answer(None, etag, modified)
        raise UnansweredError(f"サーバーの応答が {error.code} です。") from error
    except (URLError, HTTPException, OSError, EOFError, zlib.error) as error:
        raise UnansweredError(f"つながらないか、読めません（{type(error).__name__}）。") from error


def send(address: str, form: bytes) -> None:
    """Post a form. Raises UnansweredError unless the server accepts it, with its own words."""
    if not address.startswith(("https://", "http://")):
        raise UnansweredError("http か https のアドレスではありません。")
    headers = {"User-Agent": _AGENT, "Content-Type": "application/x-www-form-urlencoded"}
    request = Request(address, data=form, headers=headers, method="POST")
    try:
        with build_opener(_Stay, proxying(address)).open(request, timeout=_SECONDS) as response:
            response.read(_WORDS)
    except HTTPError as error:
        words = " ".join(error.read(_WORDS).decode("utf-8", "replace").split())
        told = f"（{words[:100]}）" if words and "<" not in words else ""
        raise UnansweredError(f"サーバーの応答が {error.code} です{told}。") from error
    except (URLError, HTTPException, OSError) as error:
        raise UnansweredError(f"つながりません（{type(error).__name__}）。") from error


def _plain(data: bytes, headers: Mapping[str, str]) -> bytes:
    if headers.get("Content-Encoding") != "gzip":
        return data
    return gzip.GzipFile(fileobj=io.BytesIO(data)).read(MOST_BYTES + 1)


def _marks(headers: Mapping[str, str]) -> tuple[str, str]:
    """What to ask with the next time, as far as it fits."""
    return (headers.get("ETag") or "")[:300], (headers.get("Last-Modified") or "")[:100]
