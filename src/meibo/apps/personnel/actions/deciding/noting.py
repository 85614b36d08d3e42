"""What is written into the audit log of a plan: its number and what was done, nothing of its
content, for auditors are not named on it."""

from __future__ import annotations

from datetime import datetime

from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


def note_deed(number: int, deed: str, *, actor: Actor, now: datetime) -> None:
    """Write down that something is about to be done with a plan."""
    note(Entry(Act.PLAN, {"plan": number, "deed": deed}), actor=actor, now=now)
