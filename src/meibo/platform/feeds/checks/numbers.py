"""Staff numbers whose check digit is wrong: proved by the row or by another master, or refused."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.flaws import Flaw
from meibo.platform.feeds.house import House

_PERSON = ("name", "birth_date", "hired")
"""What makes the same person of two rows, for the proof of a number (and for nothing else)."""


def settle_masters(masters: list[list[Draft]], house: House) -> None:
    """Mend or refuse the rows of all masters whose number has a wrong check digit.

    A number is mended only where one digit or one exchange explains the slip, the right one is
    not in the same file, and something independent names it: a field of the row that repeats
    it, or another master that has the same person under it.
    """
    people: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for draft in (d for drafts in masters for d in drafts):
        number = draft.text("staff_no")
        if number and not is_wrong(draft):
            people[_person(draft)].add(number)
    for drafts in masters:
        known = drafts[0].source.spared.lines.keys() if drafts else frozenset()
        used = known | {draft.text("staff_no") for draft in drafts if not is_wrong(draft)}
        for draft in drafts:
            if is_wrong(draft):
                _settle(draft, house, used, people)


def is_wrong(draft: Draft) -> bool:
    """Whether the row still bears a number with a wrong check digit."""
    return any(name == "staff_no" and flaw.code == "check-digit" for name, flaw in draft.flaws)


def _person(draft: Draft) -> tuple[object, ...]:
    return tuple(draft.values.get(name) for name in _PERSON)


def _settle(
    draft: Draft,
    house: House,
    used: AbstractSet[str | None],
    people: dict[tuple[object, ...], set[str]],
) -> None:
    wrong = draft.text("staff_no") or ""
    numbering = house.numbering
    person = _person(draft)
    others = people[person] if None not in person else set()
    proofs = [(number, f"「{header}」の列") for number, header in repeated(draft, house)]
    proofs += [(number, "別の基準日の職員マスタ") for number in sorted(others)]
    good = [
        (number, proof)
        for number, proof in proofs
        if numbering.agrees(number) and numbering.slips(wrong, number) and number not in used
    ]
    if not numbering.rule.mend or len({number for number, _ in good}) != 1:
        refuse_wrong(draft, hint_of(sorted({number for number, _ in proofs})))
        return
    mended, proof = good[0]
    _replace(draft, Flaw("check-digit-mended", {"mended": mended, "proof": proof}))
    draft.values["staff_no"] = mended


def repeated(draft: Draft, house: House) -> Iterable[tuple[str, str]]:
    """Numbers that other fields of the row repeat (a photo is named after its number)."""
    for name in house.numbering.rule.proof:
        for number in re.findall(r"\d+", draft.text(name) or ""):
            if house.numbering.formed(number):
                yield number, draft.source.header_of(name)


def hint_of(numbers: list[str]) -> str:
    """The sentence that names who may have been meant."""
    return f"同じ人とみられる職員番号は「{'」「'.join(numbers)}」です。" if numbers else ""


def refuse_wrong(draft: Draft, hint: str = "") -> None:
    """Refuse the row if its number has a wrong check digit."""
    if is_wrong(draft):
        _replace(draft, Flaw("check-digit", {"hint": hint}))
        draft.refused = True


def _replace(draft: Draft, flaw: Flaw) -> None:
    draft.flaws = [
        (name, flaw if name == "staff_no" and old.code == "check-digit" else old)
        for name, old in draft.flaws
    ]


def number_of(draft: Draft, house: House) -> str | None:
    """The number of a row even where the row was too broken to be read, if it is a right one."""
    number = draft.text("staff_no") or draft.raw("staff_no").strip()
    right = house.numbering.formed(number) and house.numbering.agrees(number)
    return number if right else None
