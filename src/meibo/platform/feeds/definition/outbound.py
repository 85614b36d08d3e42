"""What a definition says of the way out: the same file, written instead of read.

The layout stands in `[[files]]`, once for both directions; `[out]` says which of the files leaves
the house, what is added up, how a difference is marked and how the other side answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meibo.platform.feeds.definition.toml import Section

KINDS = ("new", "changed", "gone")
"""What a record of a difference can be: new there, otherwise than there, no more here."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a difference marks its records: headers of the columns that are put behind the others.

    `kind`: which of KINDS, written as `values` has it. `since`: the day from which the other side
    must reckon anew, where something changed that lay before the last accepted delivery.
    """

    kind: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: dict(zip(KINDS, "123", strict=True)))
    since: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns that a difference has more."""
        return tuple(header for header in (self.kind, self.since) if header)


@dataclass(frozen=True, slots=True)
class Answer:
    """The acknowledgement file (受領ファイル): which column says what.

    A row without a staff number speaks of the whole delivery. `rest`: what becomes of records
    that no row names. `count`: the column that says how many records of the delivery the other side
    had before it; `trailer`: how the closing line begins, whose second cell counts the lines.
    """

    delivery: str
    staff_no: str
    result: str
    accepted: frozenset[str]
    reason: str = ""
    encoding: str = "cp932"
    rest: str = "accepted"
    count: str = ""
    trailer: str = ""


@dataclass(frozen=True, slots=True)
class Outbound:
    """The way out. `tie`: the column of the disclosure table by which the job sees people."""

    file: str
    tie: str = "payroll"
    format: str = ""
    quote: bool = True
    gaiji: bool = True
    substitute: bool = False
    sums: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    difference: Difference = Difference()
    answer: Answer | None = None


def load_outbound(section: Section, formats: tuple[str, ...]) -> Outbound:
    """`[out]`."""
    out = Outbound(
        file=section.text("file"),
        tie=section.text("tie", "payroll"),
        format=section.choice("format", ("", *formats), ""),
        quote=section.flag("quote", default=True),
        gaiji=section.flag("gaiji", default=True),
        substitute=section.flag("substitute", default=False),
        sums=section.texts("sums"),
        hashes=section.texts("hashes"),
        difference=_difference(section.section("difference")),
        answer=_answer(section.section("ack")) if section.has("ack") else None,
    )
    section.finish("ack")
    return out


def _difference(section: Section) -> Difference:
    values = section.mapping("values")
    for kind in values:
        if kind not in KINDS:
            raise section.error("values", f"使えるもの: {'、'.join(KINDS)}")
    given = Difference(section.text("kind", ""), since=section.text("since", ""))
    section.finish()
    return Difference(given.kind, {**given.values, **values}, given.since)


def _answer(section: Section) -> Answer:
    answer = Answer(
        delivery=section.text("delivery"),
        staff_no=section.text("staff_no"),
        result=section.text("result"),
        accepted=frozenset(section.texts("accepted")),
        reason=section.text("reason", ""),
        encoding=section.text("encoding", "cp932"),
        rest=section.choice("rest", ("accepted", "open"), "accepted"),
        count=section.text("count", ""),
        trailer=section.text("trailer", ""),
    )
    section.finish()
    return answer
