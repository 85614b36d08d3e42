"""Staff numbers: their form, their check digit, and the zeros that a spreadsheet drops."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from meibo.platform.feeds.definition.model import StaffNumber
from meibo.platform.feeds.flaws import Flaw, Flawed
from meibo.platform.feeds.values.plain import narrowed


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the house of this feed numbers its staff."""

    rule: StaffNumber

    def agrees(self, number: str) -> bool:
        """Whether the check digit is right (always, where the house has none)."""
        if self.rule.check == "none":
            return True
        body, check = number[:-1], number[-1:]
        if not body.isdigit() or len(body) != len(self.rule.weights):
            return False
        return check == self._check_digit(body)

    def _check_digit(self, body: str) -> str:
        """モジュラス11 / 10: the complement of the weighted sum; 11 counts as 0, 10 as `ten`."""
        modulus = 11 if self.rule.check == "modulus11" else 10
        total = sum(int(d) * w for d, w in zip(body, self.rule.weights, strict=True))
        value = (modulus - total % modulus) % modulus
        return self.rule.ten if value == 10 else str(value)

    def formed(self, number: str) -> bool:
        """Whether it has the right number of digits."""
        if self.rule.digits is None:
            return bool(number)
        return len(number) == self.rule.digits and number.isascii() and number[:-1].isdigit()

    def slips(self, wrong: str, right: str) -> bool:
        """Whether one digit mistyped, or two neighbours exchanged, makes `wrong` of `right`."""
        if len(wrong) != len(right):
            return False
        apart = [i for i, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
        if len(apart) == 1:
            return True
        if len(apart) != 2 or apart[1] != apart[0] + 1:
            return False
        here, there = apart
        return wrong[here] == right[there] and wrong[there] == right[here]


class StaffNo:
    """Reads a staff number. One whose check digit is wrong is returned with the flaw `check-digit`,
    for the row may prove which number was meant."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering

    def __call__(self, raw: str) -> object:
        """The number, None for an empty cell, or Flawed."""
        numbering = self._numbering
        text, flaws = narrowed(raw)
        if not text:
            return Flawed(None, tuple(flaws)) if flaws else None
        digits = numbering.rule.digits
        if not numbering.formed(text) and digits and numbering.rule.pad and len(text) < digits:
            full = text.zfill(digits)
            if numbering.formed(full) and numbering.agrees(full):
                flaws.append(Flaw("lost-zeros", {"mended": full}))
                text = full
        if not numbering.formed(text):
            return Flawed(None, (*flaws, Flaw("staff-length", {"digits": digits})))
        if not numbering.agrees(text):
            flaws.append(Flaw("check-digit", {"hint": ""}))
        return Flawed(text, tuple(flaws)) if flaws else text


def listed(items: list[str], most: int = 3) -> str:
    """A few of many, for a message."""
    shown = "、".join(islice(items, most))
    return f"{shown}ほか" if len(items) > most else shown
