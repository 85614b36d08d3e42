"""異動用語: a town's words for orders, each naming one of the nine effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meibo.domain.book import Effect, SeatKind


@dataclass(frozen=True, slots=True)
class Term:
    """One word. `seat`: how the post is held that it gives; `slot`, `reason`: of an absence;
    `employment`: the 任用形態, by name, of who enters by it unless it is said otherwise."""

    word: str
    effect: Effect
    seat: SeatKind | None = None
    slot: str | None = None
    reason: str | None = None
    note: str = ""
    employment: str = ""


def terms_of(rows: Iterable[Mapping[str, str]]) -> dict[str, Term]:
    """The words of a table with the columns word, effect, seat, slot, reason, note,
    employment (which older tables do not have)."""
    return {
        row["word"]: Term(
            row["word"],
            Effect(row["effect"]),
            SeatKind(row["seat"]) if row["seat"] else None,
            row["slot"] or None,
            row["reason"] or None,
            row["note"],
            row.get("employment") or "",
        )
        for row in rows
    }
