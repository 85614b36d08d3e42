"""What the house knows of an identity provider of the municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider. `claim` names who came, `match` what it is compared to; `pattern`
    takes the part that counts (its first group). `second_factor`: a claim and the values of it
    by which the provider says that it asked for a second factor. `app` is for allauth."""

    id: str
    kind: str
    label: str
    claim: str
    match: str
    pattern: str = ""
    second_factor: tuple[str, frozenset[str]] = ("", frozenset())
    app: Mapping[str, Any] = field(default_factory=dict)
