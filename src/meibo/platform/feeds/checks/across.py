"""The masters of a package beside one another: readings of a name that itself stayed the same.

Nobody's reading changes while the name stays and no order changes it, so one of two readings is
a slip. Which one, the characters tell where they can; what they can't tell, a person must.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from meibo.domain.findings import Severity
from meibo.domain.names import GAP, alike, judge_reading, known_reading
from meibo.platform.feeds.checks.masters import MasterShape
from meibo.platform.feeds.checks.orders import term_of
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House, readings

_GRAVE = frozenset({Severity.REJECT, Severity.CONFIRM})
_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")


def check_readings_across(masters: list[list[Draft]], orders: list[Draft], house: House) -> None:
    """Note the reading that is not to be used where two masters read one name differently."""
    renamed = {d.text("staff_no") for d in orders if _renames(d, house)}
    fields = {pair for found in masters for d in found[:1] for pair in _pairs(d)}
    rows: dict[str, list[Draft]] = defaultdict(list)
    for draft in (d for found in masters for d in found if not d.refused):
        rows[draft.text("staff_no") or ""].append(draft)
    for number, own in rows.items():
        if number in renamed:
            continue
        for earlier, later in pairwise(own):
            _compare_maiden_names(earlier, later)
            for field, of in fields:
                if earlier.values.get(field) != later.values.get(field):
                    _compare(earlier, later, field, of)


def better_reading(name: str, old: str, new: str) -> bool:
    """Whether `new` is the reading of the characters and `old` is not, or not as surely.

    A host writes ャュョッ large, never ヤユヨツ small: of two that differ in this alone the one
    with small letters is meant.
    """
    before, after = _rank(name, old), _rank(name, new)
    return after > before or (after == before and old == new.translate(_LARGE))


def _rank(name: str, reading: str) -> int:
    """How sure it is that the characters are read so."""
    verdict = judge_reading(name, reading, readings())
    if verdict.right and verdict.mended is None:
        return 3 if known_reading(name, reading, readings()) else 2
    return 0 if verdict.right is False else 1


def _renames(draft: Draft, house: House) -> bool:
    term = term_of(draft, house)
    return not draft.refused and term is not None and term.effect is None


def _pairs(draft: Draft) -> tuple[tuple[str, str], ...]:
    return MasterShape.of(draft.source).readings


def _compare(earlier: Draft, later: Draft, field: str, of: str) -> None:
    old, new = earlier.text(field), later.text(field)
    name, other = earlier.text(of), later.text(of)
    if not old or not new or not name or not other or not alike(name, other):
        return
    if GAP.join(old.split()) == GAP.join(new.split()) or _doubtful(earlier, field):
        return
    if _doubtful(later, field):
        return
    if better_reading(name, old, new):
        earlier.note(field, "kana-differs-used", base=_day(later), other=new)
    else:
        later.note(field, "kana-differs", base=_day(earlier), other=old)


def _compare_maiden_names(earlier: Draft, later: Draft) -> None:
    """A 旧姓 does not change while the name stays."""
    old, new = earlier.text("maiden_name"), later.text("maiden_name")
    if not old or not new or old == new or alike(old, new):
        return
    if earlier.text("name") == later.text("name") and not _doubtful(later, "maiden_name"):
        later.note("maiden_name", "maiden-differs", base=_day(earlier), other=old)


def _day(draft: Draft) -> str:
    return draft.source.base.isoformat() if draft.source.base else draft.source.file


def _doubtful(draft: Draft, field: str) -> bool:
    """Whether the cell has a finding already, which says what became of it."""
    return any(name == field and flaw.gravity in _GRAVE for name, flaw in draft.flaws)
