"""Whom a target means, in words."""

from __future__ import annotations

from datetime import date

from meibo.apps.safety.queries.groups import groups
from meibo.apps.safety.queries.targets import Target
from meibo.ledger import house


def words(target: Target, on: date) -> str:
    """As one reads it: each part narrows the one before."""
    parts = ["・".join(names) for names in _parts(target, on) if names]
    parts += ["派遣・出向の職員"] if target.sent else []
    text = "、".join(parts) or "全職員"
    return f"{text}（休職・休業中も）" if target.leave else text


def _parts(target: Target, on: date) -> tuple[list[str], ...]:
    organisation, codes, known = house.organisation(on), house.codes(), groups()
    inside = organisation.codes
    return (
        [organisation.path(code)[-1] if code in inside else code for code in target.units],
        [known[key].label if key in known else key for key in target.groups],
        [codes.name("post", code) or code for code in target.posts],
        list(target.skills),
        [f"{name}に住む" for name in target.areas],
    )
