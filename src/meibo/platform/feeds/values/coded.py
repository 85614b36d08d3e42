"""Cells that hold a code, one of a list, yes or no, or a number."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.flaws import Flaw, Flawed
from meibo.platform.feeds.values.plain import narrowed, raised, trimmed


def _result(value: object, flaws: list[Flaw]) -> object:
    return Flawed(value, tuple(flaws)) if flaws else value


def padded(text: str, digits: int | None) -> str:
    """The code with the zeros that a spreadsheet drops; as it is if it can have lost none."""
    return text.zfill(digits) if digits and text.isdigit() and len(text) < digits else text


class Code:
    """Reads a code that a table must have. `refused`: the flaw where it has not."""

    def __init__(self, column: Column, known: Container[str], refused: Flaw) -> None:
        self._column = column
        self._known = known
        self._refused = refused

    def __call__(self, raw: str) -> object:
        """The code, None for an empty cell, or Flawed."""
        if not raw:
            return None
        text, flaws = narrowed(raw)
        if self._column.upper:
            text, flaws = raised(text, flaws)
        if not text:
            return _result(None, flaws)
        if text in self._known:
            return _result(text, flaws)
        full = padded(text, self._column.digits)
        if full != text and full in self._known:
            return _result(full, [*flaws, Flaw("lost-zeros", {"mended": full})])
        return Flawed(None, (*flaws, self._refused))


class Named:
    """Reads a code or a unit that is written by its name; `codes`: name → code."""

    def __init__(self, column: Column, codes: Mapping[str, str], refused: Flaw) -> None:
        self._column = column
        self._codes = codes
        self._refused = refused

    def __call__(self, raw: str) -> object:
        """The code, None for an empty cell, or Flawed."""
        text, flaws = trimmed(raw)
        if not text:
            return _result(None, flaws)
        code = self._codes.get(text)
        return _result(code, flaws) if code else Flawed(None, (*flaws, self._refused))


class Choice:
    """Reads one of the values that the definition lists, and gives what each means."""

    def __init__(self, column: Column, values: Mapping[str, str]) -> None:
        self._column = column
        self._values = values
        self._allowed = "・".join(values)

    def __call__(self, raw: str) -> object:
        """What the value means, None for an empty cell, or Flawed."""
        if not raw:
            return None
        if raw in self._values:
            return self._values[raw]
        text, flaws = trimmed(raw)
        if text not in self._values:
            text, flaws = narrowed(raw)
        if self._column.upper:
            text, flaws = raised(text, flaws)
        if not text:
            return _result(None, flaws)
        if text in self._values:
            return _result(self._values[text], flaws)
        return Flawed(None, (*flaws, Flaw("out-of-range", {"allowed": self._allowed})))


class Flag:
    """Reads yes or no."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._allowed = "・".join(sorted(column.yes | column.no))

    def __call__(self, raw: str) -> object:
        """True, False, None for an empty cell that is neither, or Flawed."""
        text, flaws = (raw, []) if raw in self._column.yes | self._column.no else narrowed(raw)
        if text in self._column.yes:
            return _result(True, flaws)
        if text in self._column.no or not text:
            return _result(None if not text and "" not in self._column.no else False, flaws)
        return Flawed(None, (*flaws, Flaw("out-of-range", {"allowed": self._allowed})))


class Number:
    """Reads a whole or a decimal number within bounds."""

    def __init__(self, column: Column, make: Callable[[str], float]) -> None:
        self._column = column
        self._make = make

    def __call__(self, raw: str) -> object:
        """The number, None for an empty cell, or Flawed."""
        if not raw:
            return None
        text, flaws = narrowed(raw, dashes=True)
        if not text:
            return _result(None, flaws)
        try:
            number = self._make(text)
        except ValueError:
            return Flawed(None, (*flaws, Flaw("not-a-number")))
        least, most = self._column.least, self._column.most
        if (least is not None and number < least) or (most is not None and number > most):
            return Flawed(None, (*flaws, Flaw("out-of-range", {"allowed": _range(least, most)})))
        return _result(number, flaws)


def _range(least: float | None, most: float | None) -> str:
    return f"{'' if least is None else f'{least:g}'}〜{'' if most is None else f'{most:g}'}"


def whole(text: str) -> int:
    """A whole number of plain digits. `1_000` and `１` are none."""
    if not text.removeprefix("-").isdigit() or not text.isascii():
        raise ValueError(text)
    return int(text)


def decimal(text: str) -> float:
    """A number with or without a decimal point. `nan`, `inf` and `1e5` are none."""
    body = text.removeprefix("-")
    if not body.replace(".", "", 1).isdigit() or not body.isascii():
        raise ValueError(text)
    return float(text)
