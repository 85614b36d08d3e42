"""Figures that one capability knows and others show. Whoever knows one registers it when it is
loaded; a report asks here and imports no app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Figure:
    """`reader` is the dotted name of a function: day → (how many, of how many) as of that day."""

    key: str
    label: str
    reader: str

    def read(self, day: date) -> tuple[int, int]:
        """How many, of how many, as of a day."""
        read: Callable[[date], tuple[int, int]] = import_string(self.reader)
        return read(day)


#: Key → figure; filled by the `ready` of the apps.
FIGURES: dict[str, Figure] = {}


def register(figure: Figure) -> None:
    """Make a figure known. Raises ValueError for a key that is taken."""
    if FIGURES.get(figure.key, figure) != figure:
        raise ValueError(f"a figure is called {figure.key} already")
    FIGURES[figure.key] = figure
