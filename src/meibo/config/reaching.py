"""Who carries messages: town/reaching.toml and the environment, read once at the start.

Without either nothing leaves the house, and the outbox says so. What is wrong stops the start: a
gateway that is set up half is found out in the night in which it is needed.
town/reaching.example.toml tells every key.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from meibo.config import environment
from meibo.domain.safety.gateways import MAIL, PUSH, Lookup, Probing, Provider, Reaching, Reports

CONNECTIONS = 4
"""To a mail server: one that writes each letter to its disk answers four in the time of one."""
_PLAIN = ("name", "route", "url", "reference")
_STATUSES = ("refuses", "already")
_NUMBERS = ("timeout", "slow", "parallel")
_PARTS = ("body", "headers", "token_env", "kinds", "reports", "lookup")
_OWN = {*_PLAIN, *_NUMBERS, *_STATUSES, *_PARTS}
_REPORTS = {"token_env", "reference", "state", "delivered", "bounced"}
_LOOKUP = {"url", "body", "state", "good", "gone"}
_TOP = {"rates", "waits", "resend", "probe", "gateway"}
_LAST_DAY = 28  # that every month has


def reaching(path: Path, *, secure: bool, hosts: list[str]) -> Reaching:
    """All that is set. Raises ImproperlyConfigured where it makes no sense."""
    written = _read(path)
    _only(written, _TOP, path.name)
    gateways = tuple(_provider(row, path.name) for row in written.get("gateway", []))
    providers = (*_servers(), *gateways, *_push())
    if len({each.name for each in providers}) != len(providers):
        raise ImproperlyConfigured(f"{path.name}: two gateways have the same name")
    resend = written.get("resend", {})
    default = Reaching()
    minutes = tuple(int(each) for each in resend.get("minutes", default.resend))
    if any(a >= b for a, b in zip((0, *minutes), minutes, strict=False)):
        raise ImproperlyConfigured(f"{path.name}: the minutes of resend must rise")
    host = next((each.lstrip(".") for each in hosts if each != "*"), "localhost")
    return Reaching(
        public_url=environment.text(
            "MEIBO_PUBLIC_URL", f"http{'s' if secure else ''}://{host}"
        ).rstrip("/"),
        mail_from=environment.text("MEIBO_MAIL_FROM", f"meibo@{host}"),
        providers=providers,
        rates={route: float(rate) for route, rate in written.get("rates", {}).items()},
        waits={route: int(wait) for route, wait in written.get("waits", {}).items()},
        resend=minutes,
        automatic=bool(resend.get("automatic", default.automatic)),
        probing=_probing(written.get("probe", {}), path.name),
    )


def _read(path: Path) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path.name} can't be read: {error}") from error


def _servers() -> tuple[Provider, ...]:
    """MEIBO_SMTP_URL: mail servers, the first choice first."""
    urls = environment.names("MEIBO_SMTP_URL", "")
    known = ("smtp://", "smtps://", "smtp+starttls://")
    if wrong := [url for url in urls if not url.startswith(known)]:
        raise ImproperlyConfigured(f"MEIBO_SMTP_URL: {len(wrong)} not one of {', '.join(known)}")
    return tuple(
        Provider(f"smtp-{number}", MAIL, url, parallel=CONNECTIONS)
        for number, url in enumerate(urls, 1)
    )


def _push() -> tuple[Provider, ...]:
    """MEIBO_PUSH: the push services that may be called; nothing on a closed network."""
    hosts = tuple(environment.names("MEIBO_PUSH", ""))
    for host in hosts:
        if not host.startswith("http") and ("/" in host or ":" in host or "*" in host):
            raise ImproperlyConfigured(f"MEIBO_PUSH: {host} is neither a host nor an origin")
    return (Provider("push", PUSH, "", hosts=hosts),) if hosts else ()


def _provider(row: Mapping[str, Any], file: str) -> Provider:
    _only(row, _OWN, file)
    if row.get("route") == PUSH:
        raise ImproperlyConfigured(f"{file}: the route push is set by MEIBO_PUSH")
    if missing := {"name", "route", "url", "body"} - row.keys():
        raise ImproperlyConfigured(f"{file}: a gateway lacks {', '.join(sorted(missing))}")
    if not row["url"].startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"{file}: the url of {row['name']} is not http or https")
    _json(row["body"], row["name"], file)
    given: dict[str, Any] = {key: row[key] for key in (*_PLAIN, *_NUMBERS) if key in row}
    given |= {key: frozenset(row[key]) for key in _STATUSES if key in row}
    return Provider(
        **given,
        body=row["body"],
        headers=dict(row.get("headers", {})),
        token=_secret(row, file),
        kinds=frozenset(row.get("kinds", ())),
        reports=_reports(row.get("reports", {}), file),
        lookup=_lookup(row, file),
    )


def _json(body: str, name: str, file: str) -> None:
    try:
        json.loads(body)
    except ValueError as error:
        raise ImproperlyConfigured(f"{file}: a body of {name} is not JSON") from error


def _lookup(row: Mapping[str, Any], file: str) -> Lookup | None:
    told = row.get("lookup")
    if told is None:
        return None
    _only(told, _LOOKUP, file)
    if missing := {"url", "body"} - told.keys():
        raise ImproperlyConfigured(f"{file}: a lookup lacks {', '.join(sorted(missing))}")
    if not told["url"].startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"{file}: the lookup of {row['name']} is not http or https")
    _json(told["body"], row["name"], file)
    given: dict[str, Any] = {key: told[key] for key in ("url", "body", "state") if key in told}
    given |= {key: frozenset(told[key]) for key in ("good", "gone") if key in told}
    return Lookup(**given)


def _probing(row: Mapping[str, Any], file: str) -> Probing:
    _only(row, {"on", "days", "day"}, file)
    found = Probing(**row)
    if not 1 <= found.day <= _LAST_DAY or found.days < 1:
        raise ImproperlyConfigured(f"{file}: probe wants a day of 1 to 28 and at least one day")
    return found


def _reports(row: Mapping[str, Any], file: str) -> Reports:
    _only(row, _REPORTS, file)
    given: dict[str, Any] = {key: row[key] for key in ("reference", "state") if key in row}
    given |= {key: frozenset(row[key]) for key in ("delivered", "bounced") if key in row}
    return Reports(token=_secret(row, file), **given)


def _secret(row: Mapping[str, Any], file: str) -> str:
    name = row.get("token_env", "")
    if name and not os.environ.get(name):
        raise ImproperlyConfigured(f"{file}: the variable {name} is not set")
    return os.environ.get(name, "") if name else ""


def _only(row: Mapping[str, Any], known: set[str], file: str) -> None:
    if unknown := row.keys() - known:
        raise ImproperlyConfigured(f"{file}: unknown {', '.join(sorted(unknown))}")
