"""Who is being written to at this moment, by any route: so a kill leaves one message of a person in
doubt and not two."""

from __future__ import annotations

import threading
import time

_AIR = 1.0
"""Seconds. Mail waits for a gateway that long and no longer, for a mail is in the air for a
millisecond, and a gateway may hang for many seconds."""


class Flight:
    """The people, each by the route that has them in hand."""

    def __init__(self) -> None:
        self._people: dict[str, float] = {}
        self._lock = threading.Lock()

    def begins(self, person: str, *, quick: bool) -> bool:
        """Take this person in hand; False while another route has."""
        with self._lock:
            since = self._people.get(person)
            if since is None:
                self._people[person] = time.monotonic()
                return True
            return quick and time.monotonic() - since > _AIR

    def ends(self, person: str) -> None:
        """Let go of them."""
        with self._lock:
            self._people.pop(person, None)
