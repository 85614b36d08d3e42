"""An intake beside the one before it: what need not be looked at, and what is kept for the next.

A line is spared when it is byte for byte as it was, everything that it was checked against is as it
was, and nothing was written about its person since; what it was told then is told again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

import meibo
from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.lasting import Lasting
from meibo.apps.personnel.actions.intake.memory import Memory, digests, packed, unpacked
from meibo.domain.findings import Finding
from meibo.domain.free_fields import FreeField
from meibo.ledger import books, memory
from meibo.platform.feeds import Package, Seen

_TOWN = ("names.csv", "ownership.csv", "terms.csv")

Known = dict[str, str]
"""Staff number → id of everyone."""


def remembered(name: str) -> tuple[Memory, Known] | None:
    """What is kept under this name and still true, and everyone; None where nothing is."""
    note = memory.kept(name)
    found = unpacked(note.content) if note else None
    if note is None or found is None:
        return None
    since = books.changes(note.line, note.filing)
    if since.house:
        return None
    known = books.everyone_numbered()
    found.without(since.people, known)
    return found, known


def stamp(definition: Path, free: Mapping[str, FreeField]) -> bytes:
    """Stands for the definition, the town's own fields and files and all that understands a row."""
    seen = hashlib.blake2b(definition.read_bytes())
    fields = sorted((name, f.label, f.type.value, f.choices) for name, f in free.items())
    seen.update(repr(fields).encode())
    for name in _TOWN:
        path = Path(settings.MEIBO_TOWN) / name
        content = path.read_bytes() if path.is_file() else b""
        seen.update(hashlib.blake2b(content).digest())
    return _code() + seen.digest()


@cache
def _code() -> bytes:
    """The program as it is: another one may understand a row otherwise."""
    seen = hashlib.blake2b(version("japanese-personal-name-dataset").encode())
    home = Path(meibo.__file__).parent
    for path in sorted(home.rglob("*.py")):
        seen.update(path.read_bytes())
    return seen.digest()


def note_of(definition: Path, name: str) -> str:
    """One note for each definition; two files may bear the same name."""
    place = hashlib.blake2b(str(definition.resolve()).encode(), digest_size=8).hexdigest()
    return f"intake:{name[:60]}:{place}"


def concern(name: str, package: Package, known: Known, before: Memory) -> books.Concern:
    """Whom a package has to do with whose other lines were spared."""
    numbers = {
        str(number)
        for records in package.records.values()
        for record in records
        for key in ("staff_no", "right_staff_no")
        if (number := record.values.get(key))
    }
    spared = package.seen.spared if package.seen else {}
    base = package.seen.base.toordinal() if package.seen else 0
    absent = before.absent
    numbers |= {n for n in known.keys() - spared.keys() if absent.get(n, 0) <= base}
    orders = {
        str(number)
        for role in ("history", "orders", "corrections")
        for record in package.records.get(role, [])
        for key in ("order_no", "no")
        if (number := record.values.get(key))
    }
    return books.Concern(name, numbers, orders)


def remember(desk: Desk) -> None:
    """Keep what this intake found to be right. Call it when the books have been written."""
    seen = desk.package.seen
    if seen is None or desk.dropped or not desk.note:
        return
    kept = _spared(desk, seen)
    lasting = Lasting(desk, seen.ground, seen.base)
    told = _by_record(desk, seen)
    mentioned = _mentioned(desk)
    for record in desk.package.records.get("master", []):
        number, raw = str(record.values["staff_no"]), seen.lines.get(record.number)
        person = desk.person(number)
        if raw is None or person is None or number in mentioned:
            continue
        own = told.get(record.number, ([], []))
        until = lasting.until(record, person, own)
        if until is not None:
            kept.add(digests([raw])[0], number, person, until, own)
    kept.absent = lasting.absent(seen, mentioned)
    written = len(desk.batch.lines), len(desk.batch.filings)
    memory.keep(desk.note, packed(kept), desk.edge, written)


def _spared(desk: Desk, seen: Seen) -> Memory:
    """What was spared stays kept as it is."""
    kept = Memory(seen.context, seen.base, seen.header, [], [], [], [], ground=seen.ground)
    before = desk.before
    if before is None or not seen.spared:
        return kept
    kept.take(before, seen.spared)
    return kept


def _by_record(desk: Desk, seen: Seen) -> dict[int, tuple[list[Finding], list[Finding]]]:
    """Record of the master → what reading and what comparing it told."""
    found: dict[int, tuple[list[Finding], list[Finding]]] = defaultdict(lambda: ([], []))
    for index, finding in enumerate(desk.findings):
        if finding.file == seen.file and finding.record is not None:
            found[finding.record][index >= len(desk.package.findings)].append(finding)
    return found


def _mentioned(desk: Desk) -> set[str]:
    """Staff numbers in other files of the package, and of findings about nobody's row."""
    found = {
        str(number)
        for role, records in desk.package.records.items()
        if role != "master"
        for record in records
        for key in ("staff_no", "right_staff_no")
        if (number := record.values.get(key))
    }
    return found | {f.staff_no for f in desk.findings if f.record is None and f.staff_no}
