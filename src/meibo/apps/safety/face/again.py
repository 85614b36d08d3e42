"""Answering again begins with what was answered last, so that who adds a word loses none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from meibo.apps.safety.face.store import Asked
from meibo.domain.safety.words import HOURS

_NOTHING: Mapping[str, str] = MappingProxyType({})
_SLACK = timedelta(minutes=1)


def last(asked: Asked, now: datetime, more: Mapping[str, str] = _NOTHING) -> dict[str, str]:
    """The fields of the page as they were answered last; nothing where nobody has answered yet.
    `more`: what was sealed, which the answer face can't open."""
    if not asked.status:
        return {}
    return {**more, "status": asked.status, "comes": asked.comes, "hours": _hours(asked, now)}


def _hours(asked: Asked, now: datetime) -> str:
    """Within how many hours from now they will be there, as it was said then."""
    if asked.arrives_at is None or asked.arrives_at <= now:
        return ""
    left = asked.arrives_at - now - _SLACK
    return next((key for key, hours in HOURS.items() if left <= timedelta(hours=hours)), "")
