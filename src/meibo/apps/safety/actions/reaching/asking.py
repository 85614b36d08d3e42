"""Asking after an address without writing to it: of a mail server whether it would take a letter
(RFC 5321 §3.3: MAIL, RCPT, RSET, and no DATA), of a gateway what it calls the number.

Only a final word about the address itself counts as gone. That a server would take a letter proves
little, and a no for another reason, or none, proves nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from meibo.apps.safety.actions.reaching.gateway import GatewayCarrier
from meibo.apps.safety.actions.reaching.mail import MailCarrier, meaning, status_in
from meibo.apps.safety.models import Probe
from meibo.domain.safety.gateways import Lookup, Provider, Reaching

_ABOUT_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_MANY = 5
"""Refusals on one connection: after ten a mail server begins to take us for a spammer."""
_GONE = "使われていない番号です。職員に、届出を直してもらってください。"
_GONE_MAIL = "この宛先はありません。職員に、届出を直してもらってください。"


class Asker(Protocol):
    """Who can be asked after addresses of one route."""

    def ask(self, address: str) -> tuple[str, str]:
        """The state of a Probe, and its trouble. Raises OSError where nobody answers."""

    def close(self) -> None:
        """Hang up."""


class MailAsker:
    """A mail server."""

    def __init__(self, provider: Provider, sender: str) -> None:
        self._carrier = MailCarrier(provider, sender)
        self._refused = 0

    def ask(self, address: str) -> tuple[str, str]:
        """What it says to a receiver."""
        code, words = self._carrier.would_take(address)
        if not code:
            raise OSError(self._carrier.provider.name)
        if code // 100 == 2:  # the class of success
            return Probe.TAKEN, ""
        self._refused += 1
        if self._refused % _MANY == 0:
            self._carrier.close()
        status = status_in(words)
        if status in _ABOUT_ADDRESS:
            return Probe.GONE, meaning(status) or _GONE_MAIL
        return Probe.UNKNOWN, f"メールサーバは、宛先があるかを答えません（{status or code}）。"

    def close(self) -> None:
        """Say good-bye."""
        self._carrier.close()


class GatewayAsker:
    """A gateway that can be asked."""

    def __init__(self, provider: Provider, lookup: Lookup) -> None:
        self._lookup = lookup
        self._carrier = GatewayCarrier(replace(provider, url=lookup.url, body=lookup.body))

    def ask(self, address: str) -> tuple[str, str]:
        """What it calls an address."""
        word = self._carrier.look_up(address)
        if word in self._lookup.gone:
            return Probe.GONE, _GONE
        if word in self._lookup.good:
            return Probe.TAKEN, ""
        return Probe.UNKNOWN, f"{self._carrier.provider.name} は、番号のようすを答えません。"

    def close(self) -> None:
        """Hang up."""
        self._carrier.close()


def askers(reaching: Reaching) -> dict[str, Asker]:
    """Route → who can be asked there: the first of the providers that can."""
    found: dict[str, Asker] = {}
    for provider in reaching.providers:
        if provider.route in found:
            continue
        if provider.url.startswith("smtp"):
            found[provider.route] = MailAsker(provider, reaching.mail_from)
        elif provider.lookup is not None:
            found[provider.route] = GatewayAsker(provider, provider.lookup)
    return found
