"""What one viewer may search by. The ledger makes it from its `Viewer`; nothing here decides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Permits = Callable[[Sequence[str]], Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Grant:
    """More fields towards some people: of units (any post, sub-units included) or by id.

    `fields` may be searched by, `seen` may be shown as well. Prefer `units` to `subjects`:
    the index knows units, while each of `subjects` is read for itself.
    """

    fields: frozenset[str]
    seen: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a viewer may search by, of anybody (`open`, `seen`) and of some people (`grants`).

    The index is asked for nothing else, so neither hits nor time tell about other fields.
    `home`: codes of the viewer's own section; its people come first among equals.
    `permits`, where given, has the last word: asked for ids, it answers with the fields by
    which this viewer may find each; an id that it leaves out is not found.
    """

    open: frozenset[str]
    seen: frozenset[str]
    grants: tuple[Grant, ...] = ()
    home: frozenset[str] = frozenset()
    permits: Permits | None = field(default=None, compare=False)


def everything(fields: frozenset[str]) -> Scope:
    """The scope of one who may search by and see all of these fields of everybody."""
    return Scope(open=fields, seen=fields)
