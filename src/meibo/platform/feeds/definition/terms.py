"""What a supplier's codes mean: kinds of order, of correction, of leave, of succession."""

from __future__ import annotations

import re

from meibo.domain.book.lines import Effect, SeatKind
from meibo.platform.feeds.definition.model import (
    Correction,
    LeaveTerm,
    Presence,
    StaffNumber,
    SuccessionTerm,
    Term,
)
from meibo.platform.feeds.definition.toml import Section

FILING = "filing"
"""Written for an effect: the kind writes a filing (氏名変更), not a line of the book."""

_EFFECTS = [e.value for e in Effect if e not in {Effect.REMAP, Effect.VOID}] + [FILING]
_SEATS = [kind.value for kind in SeatKind]
_DEFAULT_WEIGHTS = {"none": (), "modulus11": (7, 6, 5, 4, 3, 2), "modulus10": (3, 1, 3, 1, 3, 1)}


def load_terms(section: Section) -> dict[str, Term]:
    """`[terms."03"]`: the kinds of order by their code."""
    return {code: _term(section.section(code), code) for code in section}


def _term(table: Section, code: str) -> Term:
    effect = table.choice("effect", _EFFECTS)
    seat = table.optional_choice("seat", _SEATS)
    term = Term(
        code=code,
        effect=None if effect == FILING else Effect(effect),
        wording=table.text("wording", ""),
        seat=SeatKind(seat) if seat else None,
        seat_by_reason=_seats_by_reason(table),
        slot=table.optional_choice("slot", ("leave", "dispatch")),
        absence=table.text("absence", "") or None,
        grade=table.optional_choice("grade", ("up", "down", "same")),
        old=_presence(table, "old"),
        new=_presence(table, "new"),
        reads=tuple(_read(table, text) for text in table.texts("reads")),
    )
    table.finish()
    return term


def _seats_by_reason(table: Section) -> tuple[tuple[str, SeatKind], ...]:
    words = table.section("seat_by_reason")
    return tuple((word, SeatKind(words.choice(word, _SEATS))) for word in words)


def _presence(table: Section, key: str) -> Presence | None:
    choice = table.optional_choice(key, [p.value for p in Presence])
    return Presence(choice) if choice else None


def _read(table: Section, text: str) -> re.Pattern[str]:
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise table.error("reads", f"正規表現として読めません: {error}") from error
    if not pattern.groupindex:
        raise table.error("reads", "取り出す部分を (?P<項目>…) で囲んでください。")
    return pattern


def load_corrections(section: Section) -> dict[str, Correction]:
    """`[corrections]`: code → verb."""
    verbs = [verb.value for verb in Correction]
    return {code: Correction(section.choice(code, verbs)) for code in section}


def load_leave(section: Section) -> dict[str, LeaveTerm]:
    """`[leave."2"]`: what the leave codes of the master mean."""
    terms = {}
    for code in section:
        table = section.section(code)
        basis = table.optional_choice("basis", ("発令", "承認"))
        terms[code] = LeaveTerm(code, table.flag("away", default=True), basis)
        table.finish()
    return terms


def load_dispatch(section: Section) -> dict[str, str]:
    """`[dispatch]`: code → none, out (sent away) or in (received)."""
    return {code: section.choice(code, ("none", "out", "in")) for code in section}


def load_successions(section: Section) -> dict[str, SuccessionTerm]:
    """`[successions]`: kind → true where the people of an only heir follow without an order."""
    return {name: SuccessionTerm(name, section.flag(name, default=False)) for name in section}


def load_staff_number(section: Section) -> StaffNumber:
    """`[staff_number]`: its digits, check digit and what may be mended."""
    check = section.choice("check", list(_DEFAULT_WEIGHTS), "none")
    digits = section.whole("digits")
    weights = section.numbers("weights") or _DEFAULT_WEIGHTS[check]
    if check != "none" and digits is not None and len(weights) != digits - 1:
        raise section.error("weights", f"重みは検査数字を除く{digits - 1}桁分を書いてください。")
    number = StaffNumber(
        digits=digits,
        check=check,
        weights=weights,
        ten=section.text("ten", "0"),
        pad=section.flag("pad", default=True),
        mend=section.flag("mend", default=True),
        proof=section.texts("proof"),
    )
    section.finish()
    return number
