"""The purpose that somebody said: kept in their session until its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

_KEY = "purpose"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What for, in words, and until when it holds without being asked again."""

    words: str
    until: datetime


def remember(request: HttpRequest, words: str, *, now: datetime) -> None:
    """Keep a purpose for MEIBO_PURPOSE_MINUTES."""
    until = now + timedelta(minutes=settings.MEIBO_PURPOSE_MINUTES)
    request.session[_KEY] = {"words": words, "until": until.isoformat()}


def forget(request: HttpRequest) -> None:
    """The work is done: the next record asks again."""
    request.session.pop(_KEY, None)


def kept(request: HttpRequest, *, now: datetime) -> Purpose | None:
    """The purpose that still holds; None without one."""
    said = request.session.get(_KEY) if hasattr(request, "session") else None
    if not said:
        return None
    until = datetime.fromisoformat(said["until"])
    return Purpose(said["words"], until) if now < until else None


def taken(request: HttpRequest, *, now: datetime) -> Purpose | None:
    """The same, written down beside the request: it is what this request is answered for, even
    if its time is over before the answer is ready."""
    found = kept(request, now=now)
    request.meibo_purpose = found  # type: ignore[attr-defined]  # one purpose a request
    return found


def current(request: HttpRequest) -> Purpose | None:
    """The purpose that a request was answered for, once the door has looked at it."""
    found: Purpose | None = getattr(request, "meibo_purpose", None)
    return found


def purpose_of(request: HttpRequest) -> str:
    """The same in words, for the audit log; empty without one."""
    found = current(request)
    return found.words if found else ""
