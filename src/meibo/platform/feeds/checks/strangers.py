"""Rows of masters that bear somebody else's number: one of them is odd, and only that is refused.

Values of two people must never be mixed under one number. Which row is odd is told by the file
name of its photo, by the other masters, and by the number under which they have the same person.
"""

from __future__ import annotations

from collections import defaultdict

from meibo.domain.names import alike
from meibo.platform.feeds.checks.numbers import hint_of, is_wrong, repeated
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.house import House

People = dict[tuple[object, object], set[tuple[str, str]]]
"""Name and birth date → the numbers under which the files have them, each with its file."""


def refuse_strangers(masters: list[list[Draft]], house: House) -> None:
    """Refuse rows under the number of someone whose name and birth date are not theirs."""
    rows: dict[str, list[Draft]] = defaultdict(list)
    people: People = defaultdict(set)
    for draft in (d for found in masters for d in found):
        number = draft.text("staff_no")
        if number and not draft.refused and not is_wrong(draft):
            rows[number].append(draft)
            people[_person(draft)].add((number, draft.source.file))
    for number, own in rows.items():
        groups = _groups(own, house)
        if len(groups) > 1:
            groups.sort(key=lambda group: -sum(_weight(d, people, house) for d in group))
            for draft in (d for group in groups[1:] for d in group):
                _refuse(draft, people, house, groups[0][0])
        elif len({d.source.file for d in own}) == 1 and _proved(own[0], people, house):
            for draft in own:
                _refuse(draft, people, house, None, number)


def _person(draft: Draft) -> tuple[object, object]:
    return draft.values.get("name"), draft.values.get("birth_date")


def _groups(own: list[Draft], house: House) -> list[list[Draft]]:
    """The rows of one number, those of one person together."""
    groups = [[own[0]]]
    for draft in own[1:]:
        for group in groups:
            if any(_same(draft, other, house) for other in group):
                group.append(draft)
                break
        else:
            groups.append([draft])
    return groups


def _same(one: Draft, other: Draft, house: House) -> bool:
    """Whether two rows can be one person's: a new name or a mistyped birth date is no other one."""
    names = one.text("name"), other.text("name")
    days = one.day("birth_date"), other.day("birth_date")
    named = None in names or names[0] == names[1] or alike(names[0] or "", names[1] or "")
    born = None in days or days[0] == days[1]
    if named and born:
        return True
    return (named or born) and not (_photo(one, house) or _photo(other, house))


def _photo(draft: Draft, house: House) -> str | None:
    """Another right number that the row itself shows."""
    own = draft.text("staff_no")
    found = {n for n, _ in repeated(draft, house) if n != own and house.numbering.agrees(n)}
    return found.pop() if len(found) == 1 else None


def _weight(draft: Draft, people: People, house: House) -> int:
    """How much speaks for the number of a row."""
    own = draft.text("staff_no")
    shown = {number for number, _ in repeated(draft, house)}
    others = {n for n, file in people[_person(draft)] if file != draft.source.file}
    return 2 * (own in shown) - 2 * bool(shown - {own}) + (own in others) - bool(others - {own})


def _proved(draft: Draft, people: People, house: House) -> bool:
    """Whether the row shows the number under which another master has the very same person."""
    shown = _photo(draft, house)
    return shown is not None and any(
        number == shown and file != draft.source.file for number, file in people[_person(draft)]
    )


def _refuse(
    draft: Draft, people: People, house: House, holder: Draft | None, number: str = ""
) -> None:
    number = number or draft.text("staff_no") or ""
    shown = _photo(draft, house)
    others = {n for n, file in people[_person(draft)] if file != draft.source.file and n != number}
    right = {shown} if shown else others
    whose = f"（{holder.source.file}の{holder.number}件目の人の番号）" if holder else ""
    hint = hint_of(sorted(right))
    draft.refuse("staff_no", "number-of-another", whose=whose, hint=hint)
    if len(right) == 1:
        draft.values["staff_no"] = right.pop()  # so that nobody asks where this person is
