"""Rows that occur twice: alike in everything, or alike only in what should tell them apart."""

from __future__ import annotations

from datetime import date

from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.reading.source import Source


def drop_duplicates(source: Source, drafts: list[Draft]) -> None:
    """Refuse the later of two equal rows, and one of two that contradict each other.

    Of two that contradict each other the one with the later date in the field `newest` of the
    definition is taken; without one, or with equal dates, the first.
    """
    seen: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.refused:
            continue
        whole = tuple(draft.values.values())
        first = seen.setdefault(whole, draft)
        if first is not draft:
            draft.refuse("", "duplicate-row", first=first.number)
    _contradictions(source, drafts)


def _contradictions(source: Source, drafts: list[Draft]) -> None:
    if not source.spec.unique:
        return
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = tuple(draft.values.get(name) for name in source.spec.unique)
        if draft.refused or None in key:
            continue
        first = kept.setdefault(key, draft)
        if first is draft:
            continue
        loser, winner = draft, first
        if _date(draft, source.spec.newest) > _date(first, source.spec.newest):
            loser, winner = first, draft
            kept[key] = draft
        _refuse(loser, winner, source)


def _date(draft: Draft, name: str) -> date:
    return (draft.day(name) if name else None) or date.min


def _refuse(loser: Draft, winner: Draft, source: Source) -> None:
    apart = [
        source.header_of(name)
        for name, value in loser.values.items()
        if winner.values.get(name) != value
    ]
    name = source.spec.unique[0]
    loser.refuse(
        name,
        "duplicate-key",
        first=winner.number,
        key="・".join(source.header_of(n) for n in source.spec.unique),
        fields="、".join(apart),
    )
