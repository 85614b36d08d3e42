"""Who acts on decisions. An app registers itself here when it is loaded.

A receiver is called in the transaction in which the engine's step is written down: what it writes
to the database is written together with that, or not at all and the telegram is followed again.
So each decision is acted on once. It must not send anything itself – put it into an outbox – and it
must be quick: the next telegram waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from django.utils.module_loading import import_string

from meibo.domain.telegram.events import Decision


@dataclass(frozen=True, slots=True)
class Handed:
    """A decision on its way to who acts on it. `number` is unique among all decisions for ever;
    `telegram` is the number of the row of the telegram, None where a wait ran out; `headline` its
    own words."""

    number: int
    decision: Decision
    at: datetime
    telegram: int | None = None
    title: str = ""
    headline: str = ""


class Receiver(Protocol):
    """Acts on one decision."""

    def __call__(self, handed: Handed, /) -> None: ...


#: Functions or their dotted names, in the order in which they are called.
RECEIVERS: list[Receiver | str] = []


def receivers() -> Iterator[Receiver]:
    """Those who are registered."""
    for each in RECEIVERS:
        yield cast("Receiver", import_string(each)) if isinstance(each, str) else each
