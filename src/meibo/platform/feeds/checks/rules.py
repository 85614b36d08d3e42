"""Rules between the fields of one row, as the definition states them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from meibo.domain.findings import Severity
from meibo.platform.feeds.definition.model import Presence, Rule
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.flaws import Flaw
from meibo.platform.feeds.reading.source import Source

_FIELD = re.compile(r"\{([^{}]*)\}")
Values = Mapping[str, object]
Test = Callable[[Values], bool]


@dataclass(frozen=True, slots=True)
class _Compiled:
    about: frozenset[str]  # the fields that it speaks of
    when: tuple[Test, ...]
    must: tuple[tuple[str, Test], ...]
    flaw: Flaw


class Rules:
    """The rules of one file, compiled once."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = tuple(
            _Compiled(
                about=frozenset(name for name, _ in (*rule.when, *rule.must)),
                when=tuple(_test(name, wanted) for name, wanted in rule.when),
                must=tuple((name, _test(name, wanted)) for name, wanted in rule.must),
                flaw=Flaw("rule", {}, rule.severity, rule.message + _fate(rule), rule.action),
            )
            for rule in rules
        )
        self._source: Source | None = None
        self._live: list[_Compiled] = []

    def check(self, draft: Draft) -> None:
        """Note what breaks a rule. A rule of severity `reject` empties the field it speaks about.

        A field that has already lost its value is left out: one mistake is told once. So is a
        rule about a column that the file does not have.
        """
        if draft.source is not self._source:
            self._source, there = draft.source, draft.source.places.keys()
            self._live = [rule for rule in self._rules if rule.about <= there]
        values = draft.values
        for rule in self._live:
            if not _all(rule.when, values):
                continue
            for name, test in rule.must:
                if not test(values) and not _spoilt(draft, name):
                    draft.flaws.append((name, rule.flaw))
                    if rule.flaw.severity is Severity.REJECT:
                        values[name] = None


def _all(tests: tuple[Test, ...], values: Values) -> bool:
    """Whether all hold; a loop, for it is asked some twenty times a row."""
    for test in tests:  # noqa: SIM110  # see above
        if not test(values):
            return False
    return True


def _fate(rule: Rule) -> str:
    """What becomes of the value, as every message says it."""
    if rule.severity is Severity.REJECT:
        return "空にして取り込みました。"
    return "書かれたまま取り込みました。"


def _spoilt(draft: Draft, name: str) -> bool:
    return draft.values.get(name) is None and any(field == name for field, _ in draft.flaws)


def _test(name: str, wanted: tuple[str, ...] | Presence) -> Test:
    if isinstance(wanted, Presence):
        filled = wanted is Presence.FILLED
        return lambda values: (values.get(name) not in {None, ""}) is filled
    plain = frozenset(p for p in wanted if not _is_special(p))
    special = tuple(p for p in wanted if _is_special(p))
    if not special:
        return lambda values: _text(values.get(name)) in plain

    def holds(values: Values) -> bool:
        text = _text(values.get(name))
        return text in plain or any(_matches(text, pattern, values) for pattern in special)

    return holds


def _is_special(pattern: str) -> bool:
    return ".." in pattern or pattern.endswith("*") or "{" in pattern


def _matches(text: str, pattern: str, values: Values) -> bool:
    if "{" in pattern:
        for name in _FIELD.findall(pattern):
            if name in values:
                pattern = pattern.replace(f"{{{name}}}", _text(values[name]))
    low, range_, high = pattern.partition("..")
    if range_:
        return len(text) == len(low) and low <= text <= high
    return text.startswith(pattern[:-1]) if pattern.endswith("*") else text == pattern


def _text(value: object) -> str:
    """A value as a definition writes it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
