"""Telephone numbers: in the form of the specification, with the zero that a spreadsheet drops."""

from __future__ import annotations

import re

from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.flaws import Flaw
from meibo.platform.feeds.values.plain import PHONE, Sign

_MOBILE = re.compile(r"(0[5-9]0)(\d{4})(\d{4})")
_CITY = re.compile(r"(0[36])(\d{4})(\d{4})")
"""Numbers without dashes in which the area is certain: mobile, 東京 and 大阪."""
_WHOLE = re.compile(
    r"0[1-9]-\d{4}-\d{4}|0[1-9]\d-\d{3}-\d{4}|0[1-9]\d\d-\d\d-\d{4}|0[1-9]\d{3}-\d-\d{4}"
    r"|0[5-9]0-\d{4}-\d{4}|0(?:[5-9]0\d{8}|[1-9]\d{8})"
)
"""A number with its area, as it is dialled within the country."""


class Phone(Sign):
    """Reads a telephone number. Where the column has a pattern, that is the form."""

    def __init__(self, column: Column) -> None:
        super().__init__(column, PHONE, dashes=True)

    def judged(self, text: str) -> tuple[str, list[Flaw]]:
        """The number, mended where only one number can be meant."""
        strict = self._column.pattern is not None
        if self._form.fullmatch(text) and (strict or not _WHOLE.fullmatch(f"0{text}")):
            return text, []
        for code, number in (("form-mended", text), ("lost-zeros", f"0{text}")):
            for mended in (number, _dashed(number)):
                if _WHOLE.fullmatch(number) and self._form.fullmatch(mended) and mended != text:
                    return mended, [Flaw(code, {"mended": mended})]
        return super().judged(text)


def _dashed(text: str) -> str:
    found = _MOBILE.fullmatch(text) or _CITY.fullmatch(text)
    return "-".join(found.groups()) if found else text
