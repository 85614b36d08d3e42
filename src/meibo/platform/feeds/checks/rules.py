"""Rules between the fields of one row, as the definition states them."""

from __future__ import annotations

from datetime import date

from meibo.domain.findings import Severity
from meibo.platform.feeds.definition.model import Presence, Rule
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.flaws import Flaw

_Condition = tuple[str, tuple[str, ...] | Presence]


def check_rules(draft: Draft, rules: tuple[Rule, ...]) -> None:
    """Note what breaks a rule. A rule of severity `reject` empties the field it speaks about.

    A field that already has a flaw of its own is left out: one mistake is told once.
    """
    spoilt = {name for name, _ in draft.flaws if draft.values.get(name) is None}
    for rule in rules:
        if not all(_holds(draft, condition) for condition in rule.when):
            continue
        for condition in rule.must:
            name = condition[0]
            if name in spoilt or _holds(draft, condition):
                continue
            draft.flaws.append((name, Flaw("rule", {}, rule.severity, rule.message, rule.action)))
            if rule.severity is Severity.REJECT:
                draft.values[name] = None


def _holds(draft: Draft, condition: _Condition) -> bool:
    name, wanted = condition
    text = _text(draft.values.get(name))
    if isinstance(wanted, Presence):
        return bool(text) is (wanted is Presence.FILLED)
    return any(_matches(text, _filled(pattern, draft)) for pattern in wanted)


def _matches(text: str, pattern: str) -> bool:
    low, range_, high = pattern.partition("..")
    if range_:
        return len(text) == len(low) and low <= text <= high
    if pattern.endswith("*"):
        return text.startswith(pattern[:-1])
    return text == pattern


def _filled(pattern: str, draft: Draft) -> str:
    """The pattern with `{field}` replaced by the row's own value."""
    if "{" not in pattern:
        return pattern
    for name, value in draft.values.items():
        pattern = pattern.replace(f"{{{name}}}", _text(value))
    return pattern


def _text(value: object) -> str:
    """A value as a definition writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
