"""Who may help whom to get in."""

from __future__ import annotations

from meibo.domain.disclosure import Viewer


def keeps(viewer: Viewer, person: str) -> bool:
    """Whether this viewer keeps the accounts of somebody: 庶務担当 of a unit of theirs, or 人事.
    Nobody keeps their own."""
    if person == viewer.person:
        return False
    return "hr" in viewer.held or "clerk" in viewer.toward(person)


def confirms(viewer: Viewer, person: str) -> bool:
    """Whether this viewer may be the second one: besides those, the 所属長."""
    return keeps(viewer, person) or (person != viewer.person and "head" in viewer.toward(person))


def is_desk(viewer: Viewer) -> bool:
    """Whether there is anybody whom this viewer may help."""
    return "hr" in viewer.held or bool(viewer.over.get("clerk") or viewer.over.get("head"))
