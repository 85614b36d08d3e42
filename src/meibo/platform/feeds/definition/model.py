"""What a feed definition says, typed. `load_definition` makes it from TOML.

Everything here is data of one supplier; nothing in the code knows a supplier. The manual page
docs/manual/取込定義.md explains each key to those who write one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from meibo.domain.book.lines import Effect, SeatKind
from meibo.domain.findings import Severity
from meibo.platform.feeds.definition.fields import Field
from meibo.platform.feeds.definition.kinds import Role
from meibo.platform.feeds.definition.outbound import Outbound


class Correction(StrEnum):
    """What a correcting line does to the order it names."""

    RETROACTIVE = "retroactive"  # 遡及：発令漏れを後から記録する
    VOID = "void"  # 取消
    UNVOID = "unvoid"  # 取消の取消
    REPLACE = "replace"  # 内容の訂正
    REDATE = "redate"  # 発令日の訂正
    WRONG_PERSON = "wrong_person"  # 対象者誤り


class Presence(StrEnum):
    """Whether a cell must hold something."""

    BLANK = "blank"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Term:
    """One kind of order (発令種別) and what it does. `effect` None: it writes a filing (氏名変更).

    `seat`: main, concurrent, cross or acting; `seat_by_reason` overrules it where the free text
    of the order contains a word. `slot`: what a Pause or Resume is about, `leave` or `dispatch`;
    `absence`: the code of that leave or secondment. `grade`: `up`, `down` or `same`.
    `old`, `new`: whether the old and the new unit and post must be there. `reads`: patterns whose
    named groups, found in the free text, become fields of the record (dispatch_body, old_name …).
    """

    code: str
    effect: Effect | None
    wording: str
    seat: SeatKind | None = None
    seat_by_reason: tuple[tuple[str, SeatKind], ...] = ()
    slot: str | None = None
    absence: str | None = None
    grade: str | None = None
    old: Presence | None = None
    new: Presence | None = None
    reads: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveTerm:
    """What a leave code of the master means: away or not, and on what basis (発令 or 承認)."""

    code: str
    away: bool
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class SuccessionTerm:
    """One kind of succession. `follows`: the people of an only heir follow without an order."""

    name: str
    follows: bool


@dataclass(frozen=True, slots=True)
class StaffNumber:
    """How a staff number is made and what proves one whose check digit is wrong.

    `check`: `none`, `modulus11` or `modulus10`, over the digits before the last, times `weights`;
    `ten` stands for the check value 10. `proof`: fields of the same master row that repeat the
    number (a photo's file name). `pad`: lost zeros may be put back.
    """

    digits: int | None = None
    check: str = "none"
    weights: tuple[int, ...] = ()
    ten: str = "0"
    pad: bool = True
    mend: bool = True
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule between the fields of one row: where all of `when` hold, all of `must` hold.

    A condition is `blank`, `filled`, or patterns: a value, `a..b` (a range of codes of one length)
    or `ab*` (a prefix). `{staff_no}` in a pattern stands for the row's own value.
    """

    when: tuple[tuple[str, tuple[str, ...] | Presence], ...]
    must: tuple[tuple[str, tuple[str, ...] | Presence], ...]
    severity: Severity
    message: str
    action: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the field it fills and how its text is read."""

    header: str
    name: str  # of the field
    field: Field
    needed: bool = False
    expected: bool = False
    table: str = ""
    values: Mapping[str, str] | None = None  # written → meant; None: anything
    upper: bool = False  # small letters mean capital ones
    digits: int | None = None
    pattern: re.Pattern[str] | None = None
    longest: int | None = None
    least: float | None = None
    most: float | None = None
    dates: tuple[str, ...] = ()  # styles of parse_date; the first is the specified one
    open: frozenset[str] = frozenset()
    unset: frozenset[str] = frozenset()
    not_open: frozenset[str] = frozenset()  # signs of other columns; here nothing is written
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    width: str = ""  # of kana: `half` or `full`; another width is a finding, mended
    of: str = ""  # the field whose reading this is
    by: str = "code"  # how a unit or a code is named: `code` or `name`
    fill_down: bool = False  # an empty cell repeats the one above
    blanks: frozenset[str] = frozenset()  # written for "nothing": －, なし
    formula: bool = True  # look for text that a spreadsheet would run
    my_number: bool = True  # look for a 個人番号
    bytes: int | None = None  # how wide it is in a file of fixed length


@dataclass(frozen=True, slots=True)
class FileSpec:
    """One file (or sheet) of the feed: how it is found, read and understood."""

    role: Role
    name: str  # a pattern: * and {base}
    columns: tuple[Column, ...]
    format: str = "csv"
    encoding: str = "utf-8"
    line_end: str = ""  # `crlf`, `lf` or nothing: not specified
    delimiter: str = ","
    sheet: str = ""
    skip_rows: int | None = None  # None: the header is looked for
    header_rows: int = 1
    optional: bool = False
    table: str = ""  # of a code table
    base: date | None = None
    base_from: str = ""  # `name` or `title`
    ignore: frozenset[str] = frozenset()  # headers that are known and not taken
    unique: tuple[str, ...] = ()  # fields that tell rows apart
    newest: str = ""  # of two rows with one key, the one with the later date here is taken
    indent: str = ""  # units written as an indented outline: the field that is indented
    indent_by: str = "　"
    rules: tuple[Rule, ...] = ()
    trailer: str = ""  # how the closing record with the totals begins; none


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole feed definition. `options` is free: what else the takers of the records look up."""

    name: str
    files: tuple[FileSpec, ...]
    announced: bool = False
    staff_number: StaffNumber = StaffNumber()
    terms: Mapping[str, Term] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    leave: Mapping[str, LeaveTerm] = field(default_factory=dict)
    dispatch: Mapping[str, str] = field(default_factory=dict)  # code → none, out, in
    successions: Mapping[str, SuccessionTerm] = field(default_factory=dict)
    cross_posts: frozenset[str] = frozenset()
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    gaiji: Mapping[str, str] = field(default_factory=dict)
    unit_scheme: tuple[int, ...] = ()
    ages: tuple[int, int] = (15, 80)
    area: tuple[float, float, float, float] = (20.0, 46.0, 122.0, 154.0)
    options: Mapping[str, object] = field(default_factory=dict)
    out: Outbound | None = None
