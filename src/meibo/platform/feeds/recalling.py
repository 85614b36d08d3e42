"""Whether a delivery can be read beside the one before, and what of it is read all the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meibo.platform.feeds.checks.numbers import is_wrong
from meibo.platform.feeds.definition.kinds import Role, Type
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.drafting import drafts_of
from meibo.platform.feeds.flaws import Flawed
from meibo.platform.feeds.house import House, Standing, Units
from meibo.platform.feeds.reading.folder import Found
from meibo.platform.feeds.reading.source import Source
from meibo.platform.feeds.reading.sparing import can_spare
from meibo.platform.feeds.recall import Ground, Recall, Seen
from meibo.platform.feeds.values.staff import StaffNo

FOUNDATION = frozenset({Role.GAIJI, Role.CODES, Role.UNITS, Role.SUCCESSIONS, Role.DUTIES})
"""Files that every row of a master is checked against."""
GROUND = frozenset({Role.UNITS, Role.DUTIES})
"""Those of them that need not be read again while they are the same."""


@dataclass(slots=True)
class Beside:
    """This delivery beside what is known. `context`: empty where nothing can be kept of it."""

    context: bytes
    recall: Recall | None


def beside(found: Sequence[Found], stamp: bytes, recall: Recall | None) -> Beside:
    """Whether what is known of the last delivery holds for this one. Where a workbook holds units
    or duties besides something else, it is opened, so all of it is read.

    `stamp` stands for the definition and all that understands it; empty: nothing is to be kept.
    """
    masters = [file for file in found if file.spec.role is Role.MASTER]
    if not stamp or len(masters) != 1 or not can_spare(masters[0].spec) or masters[0].base is None:
        return Beside(b"", None)
    ground = {file.name for file in found if file.spec.role in GROUND}
    if any(file.name in ground for file in found if file.spec.role not in GROUND):
        return Beside(b"", None)
    context = hashlib.blake2b(stamp, digest_size=32)
    try:
        for file in found:
            if file.spec.role in FOUNDATION:
                content = hashlib.blake2b(file.path.read_bytes()).digest()
                context.update(file.name.encode() + b"\0" + content)
    except OSError:
        return Beside(b"", None)
    known = context.digest()
    fits = recall is not None and recall.context == known and recall.base <= masters[0].base
    return Beside(known, recall if fits else None)


def restore(ground: Ground, sources: Iterable[Source], house: House) -> None:
    """The units as they were read before; their files say again what was told of them."""
    house.units = Units(Standing(*row) for row in ground.standings)
    for source in sources:
        source.kept = list(ground.findings.get(name_of(source), ()))


def ground_of(house: House) -> Ground:
    """What `restore` needs the next time; findings and counts are put in when they are told."""
    return Ground([(s.code, s.name, s.parent, s.starts, s.ends) for s in house.units])


def name_of(source: Source) -> str:
    """What a file or sheet is called among the others of a delivery."""
    return f"{source.spec.role.value}:{source.spec.sheet}:{source.file}"


def read_again(source: Source, drafts: list[Draft], others: Iterable[Source], house: House) -> None:
    """Read rows after all that something else in the package has to do with.

    Those whose number another row or another file names, those like a row whose own number is
    wrong, and always the first, which stands for the file.
    """
    lines = source.spared.lines
    if not lines:
        return
    wanted = {next(iter(lines)), *_named(drafts), *_mentioned(others, house)}
    for draft in drafts:
        if is_wrong(draft):
            wanted |= _alike(source, draft)
    if None in wanted:
        wanted |= lines.keys()
    rows = source.spared.take_back(number for number in list(lines) if number in wanted)
    source.rows = sorted([*source.rows, *rows], key=lambda row: row.number)
    drafts += drafts_of(source, house, rows)
    drafts.sort(key=lambda draft: draft.number)


def _named(drafts: Iterable[Draft]) -> set[str | None]:
    return {text for d in drafts for text in (d.text("staff_no"), d.raw("staff_no").strip())}


def _mentioned(others: Iterable[Source], house: House) -> set[str | None]:
    """The numbers in other files; None where one is wrong, and anybody may be meant."""
    read = StaffNo(house.numbering)
    found: set[str | None] = set()
    for source in others:
        if source.spec.role in FOUNDATION or source.spec.role is Role.MASTER:
            continue
        places = [i for column, i in source.columns() if column.field.type is Type.STAFF_NO]
        for row in source.rows:
            for cell in {row.cells[i] for i in places if i < len(row.cells)}:
                value = read(cell)
                if isinstance(value, Flawed):
                    wrong = any(flaw.code == "check-digit" for flaw in value.flaws)
                    value = None if wrong else value.value
                    found |= {None} if wrong else set()
                found |= {value} if isinstance(value, str) else set()
    return found


def _alike(source: Source, draft: Draft) -> set[str | None]:
    """Who may be the same person as the row, by the birth date as it is written."""
    if draft.day("birth_date") is None:
        return set()
    written = draft.raw("birth_date")
    styles = [c.dates for c, _ in source.columns() if c.name == "birth_date"]
    doubtful = any(name == "birth_date" for name, _ in draft.flaws)
    if doubtful or not written.isascii() or any(len(style) > 1 for style in styles):
        return {None}
    return set(source.spared.like(written.encode()))


def seen(
    context: bytes, source: Source | None, ground: Ground, recall: Recall | None
) -> Seen | None:
    """What of this reading may be kept."""
    if not context or source is None or source.first is None or source.base is None:
        return None
    return Seen(
        context=context,
        file=source.file,
        base=source.base,
        header=source.first,
        lines={row.number: row.raw for row in source.rows if row.raw is not None},
        spared={number: record for number, (record, _) in source.spared.lines.items()},
        ground=ground,
        restored=recall is not None,
    )
