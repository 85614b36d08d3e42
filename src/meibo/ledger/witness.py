"""The witness: which sensitive values of whom were taken off cards, for the audit log.

A card tells it when such a value is read, so no page can forget to. Who runs a request or a
command opens one around it (`watching`) and writes down what it saw. Without one nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Witness:
    """`read`: person → fields of the disclosure table that were read of them. `sought`: person →
    fields that nobody but a few may search by and that found them. `changed`: person or unit
    (`unit:CODE`) → fields that were filed and wordings of orders."""

    read: dict[str, set[str]] = field(default_factory=dict)
    sought: dict[str, set[str]] = field(default_factory=dict)
    changed: dict[str, set[str]] = field(default_factory=dict)

    def saw(self, person: str, name: str) -> None:
        """A value of this field was read."""
        self.read.setdefault(person, set()).add(name)

    def found(self, person: str, names: Iterable[str]) -> None:
        """Somebody was found by these fields."""
        self.sought.setdefault(person, set()).update(names)

    def wrote(self, subject: str, what: str) -> None:
        """Something was appended to the books."""
        self.changed.setdefault(subject, set()).add(what)


_HERE: ContextVar[Witness | None] = ContextVar("meibo_witness", default=None)


def witness() -> Witness | None:
    """Who watches here, if anybody."""
    return _HERE.get()


@contextmanager
def watching() -> Iterator[Witness]:
    """Watch what is read, sought and written inside."""
    mine = Witness()
    token = _HERE.set(mine)
    try:
        yield mine
    finally:
        _HERE.reset(token)
