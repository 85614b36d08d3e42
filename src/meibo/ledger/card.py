"""What one viewer may see of one person, and what tells the witness when it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from meibo.ledger.witness import witness

State = Mapping[str, Any]


def filled(value: object) -> bool:
    """Whether a value says anything."""
    return value not in (None, "", [])


class Card(Mapping[str, Any]):
    """A person as seen by one viewer. Works as a mapping; `id` is always there.

    `photo_file` names the picture where it may be shown. It is no field: with many suppliers the
    name of the file is the staff number, so nothing that prints a card may print it.
    `portable`: whether this viewer may take the card along (vCard, QR code).

    `sensitive`: keys whose values are of a sensitive field, with that field's name; whoever takes
    such a value is seen by the witness. To ask whether a key is there, or filled, tells nothing.
    """

    __slots__ = ("_fields", "_sensitive", "_witness", "id", "photo_file", "portable")

    def __init__(self, fields: dict[str, Any], sensitive: Mapping[str, str] | None = None) -> None:
        self.photo_file: str | None = fields.pop("photo_file", None)
        self.portable: bool = fields.pop("portable", True)
        self._fields = fields
        self._sensitive = sensitive
        self._witness = witness() if sensitive else None
        self.id: str = fields["id"]

    def __getitem__(self, key: str) -> Any:
        value = self._fields[key]
        if self._witness and self._sensitive and key in self._sensitive and filled(value):
            self._witness.saw(self.id, self._sensitive[key])
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def weighed(self) -> Mapping[str, Any]:
        """The values, for weighing a condition: whoever is met by one is told to the witness then,
        nobody else. Not for showing."""
        return self._fields

    def sensitive_of(self, names: Collection[str]) -> frozenset[str]:
        """Which of these fields of the table are sensitive of this person for this viewer, and on
        the card."""
        return frozenset((self._sensitive or {}).values()).intersection(names)

    @property
    def filled(self) -> frozenset[str]:
        """The keys that have a value."""
        return frozenset(key for key, value in self._fields.items() if filled(value))

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Card({self.id!r})"  # values have no place in a log
