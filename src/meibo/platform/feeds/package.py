"""Reading a whole package: every file of a folder, in the order in which one explains another."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from operator import itemgetter
from pathlib import Path

from meibo.domain.book.lines import Effect
from meibo.domain.findings import Finding
from meibo.platform.feeds.amending import NONE, Amendments, amend
from meibo.platform.feeds.checks.across import check_readings_across
from meibo.platform.feeds.checks.attached import check_attached, check_known, check_places
from meibo.platform.feeds.checks.careers import check_careers
from meibo.platform.feeds.checks.corrections import check_correction, voided
from meibo.platform.feeds.checks.dates import check_past, check_together, lives
from meibo.platform.feeds.checks.duplicates import drop_duplicates
from meibo.platform.feeds.checks.masters import MasterShape, check_master
from meibo.platform.feeds.checks.mentions import check_mentions, mentions
from meibo.platform.feeds.checks.numbers import (
    hint_of,
    number_of,
    refuse_wrong,
    settle_masters,
)
from meibo.platform.feeds.checks.orders import check_kind, check_order, term_of
from meibo.platform.feeds.checks.pairs import check_pairs
from meibo.platform.feeds.checks.rules import Rules
from meibo.platform.feeds.checks.strangers import refuse_strangers
from meibo.platform.feeds.counting import counts_of, lost_everywhere
from meibo.platform.feeds.definition.kinds import ATTACHED, Role
from meibo.platform.feeds.definition.model import Definition
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.drafting import drafts_of
from meibo.platform.feeds.foundation import (
    read_codes,
    read_duties,
    read_gaiji,
    read_successions,
    read_units,
)
from meibo.platform.feeds.house import House
from meibo.platform.feeds.reading.folder import Found, find_files
from meibo.platform.feeds.reading.source import Reader, Source
from meibo.platform.feeds.recall import Ground, Recall
from meibo.platform.feeds.recalling import (
    GROUND,
    beside,
    ground_of,
    name_of,
    read_again,
    restore,
    seen,
)
from meibo.platform.feeds.records import Package
from meibo.platform.feeds.values.gaiji import Gaiji

Drafts = dict[Role, list[Draft]]


def read_package(
    definition: Definition,
    folder: Path,
    amendments: Amendments = NONE,
    *,
    stamp: bytes = b"",
    recall: Recall | None = None,
) -> Package:
    """Everything in `folder` that the definition describes: records that were taken, and findings.

    `amendments`: what somebody settled about rows before; with any of them all is read.

    Writes nothing. Never raises for what the files hold; NotADirectoryError if there is no folder.
    With a `recall` of the delivery before, lines of its master that are the same are not read: the
    findings of those must be added by whoever keeps them. `stamp`: see `recalling.beside`.
    """
    found, findings = find_files(definition, folder)
    known = beside(found, b"" if amendments else stamp, recall)
    sources = _sources(found, known.recall)
    left = {id(s): amend(s, amendments) for own in sources.values() for s in own}
    house = House(definition, Gaiji({}))
    drafts, ground = _foundation(sources, house, known.recall)
    masters = _read_masters(sources, house)
    drafts[Role.MASTER] = [draft for found in masters for draft in found]
    _read_orders(sources, drafts, masters, house)
    for role in sorted(ATTACHED):
        drafts[role] = _read_attached(sources[role], house)
    ordered = [source for role in Role for source in sources[role]]
    package = _package(ordered, drafts, house, findings, ground)
    every = [draft for own in drafts.values() for draft in own]
    restored = known.recall is not None
    package.counts = counts_of(ordered, every, left, ground, restored=restored)
    master = sources[Role.MASTER][0] if len(sources[Role.MASTER]) == 1 else None
    package.seen = seen(known.context, master, ground, known.recall)
    return package


def read_master(definition: Definition, folder: Path, house: House) -> Package:
    """The masters of a folder alone, read against units, codes and 外字 that are known already.

    Codes are those of `house`: what a feed is sent is held against the house that sent it.
    """
    found, findings = find_files(definition, folder)
    sources = _sources(found, None)
    masters = _read_masters({Role.MASTER: sources[Role.MASTER]}, house)
    drafts: Drafts = {Role.MASTER: [draft for own in masters for draft in own]}
    return _package(sources[Role.MASTER], drafts, house, findings, Ground())


def _sources(found: list[Found], recall: Recall | None) -> dict[Role, list[Source]]:
    sheets: dict[str, set[str]] = defaultdict(set)
    for file in found:
        sheets[file.name].add(file.spec.sheet)
    reader = Reader(recall)
    sources: dict[Role, list[Source]] = {role: [] for role in Role}
    for file in found:
        known = recall is not None and file.spec.role in GROUND
        source = Source(file.name, file.spec, file.base) if known else None
        source = source or reader.read(file, frozenset(sheets[file.name]))
        sources[file.spec.role].append(source)
    sources[Role.MASTER].sort(key=lambda source: source.base or date.min)
    return sources


def _foundation(
    sources: dict[Role, list[Source]], house: House, recall: Recall | None
) -> tuple[Drafts, Ground]:
    """What comes before people; units and duties as they were, where they are known."""
    grounds = [source for role in Role if role in GROUND for source in sources[role]]
    drafts: Drafts = {
        Role.GAIJI: read_gaiji(sources[Role.GAIJI], house),
        Role.CODES: read_codes(sources[Role.CODES], house),
    }
    if recall is not None:
        restore(recall.ground, grounds, house)
        drafts[Role.SUCCESSIONS] = read_successions(sources[Role.SUCCESSIONS], house)
        return drafts, recall.ground
    drafts[Role.UNITS] = read_units(sources[Role.UNITS], house)
    drafts[Role.SUCCESSIONS] = read_successions(sources[Role.SUCCESSIONS], house)
    drafts[Role.DUTIES] = read_duties(sources[Role.DUTIES], house)
    return drafts, ground_of(house)


def _read_masters(every: dict[Role, list[Source]], house: House) -> list[list[Draft]]:
    sources = every[Role.MASTER]
    masters = [drafts_of(source, house) for source in sources]
    for source, drafts in zip(sources, masters, strict=True):
        read_again(source, drafts, [s for found in every.values() for s in found], house)
    settle_masters(masters, house)
    refuse_strangers(masters, house)
    for source, drafts in zip(sources, masters, strict=True):
        drop_duplicates(source, drafts)
        named, rules, shape = mentions(source), Rules(source.spec.rules), MasterShape.of(source)
        for draft in drafts:
            if not draft.refused:
                check_mentions(draft, named, house, None)
                rules.check(draft)
                check_master(draft, shape, house)
    drafted = [draft for drafts in masters for draft in drafts]
    house.has_master = any(drafts for drafts in masters)
    house.numbers |= {draft.text("staff_no") or "" for draft in drafted if not draft.refused}
    house.numbers.update(*(source.spared.lines for source in sources))
    lost = {number for draft in drafted if (number := number_of(draft, house))}
    house.lost |= lost - house.numbers
    lives(drafted, house)
    bases = [source.base for source in sources if source.base]
    if bases:
        house.newest = max(bases)
        house.latest = date(max(bases).year + 1, 12, 31)
    return masters


def _read_orders(
    sources: dict[Role, list[Source]], drafts: Drafts, masters: list[list[Draft]], house: House
) -> None:
    history = _order_drafts(sources[Role.HISTORY], masters, house)
    orders = _order_drafts(sources[Role.ORDERS], masters, house)
    _newcomers(history + orders, masters, house)
    for draft in history + orders:
        check_known(draft, house)
    check_pairs(orders, house)
    corrections = [d for source in sources[Role.CORRECTIONS] for d in drafts_of(source, house)]
    by_number = {draft.text("order_no") or "": draft for draft in history + orders}
    for source in sources[Role.CORRECTIONS]:
        own = [draft for draft in corrections if draft.source is source]
        drop_duplicates(source, own)
        named, rules = mentions(source), Rules(source.spec.rules)
        for draft in own:
            refuse_wrong(draft)
            if not draft.refused:
                check_mentions(draft, named, house, draft.day("effective"))
                rules.check(draft)
                check_correction(draft, by_number, house)
                check_known(draft, house)
    check_readings_across(masters, history + orders, house)
    check_careers(orders, masters, voided(corrections, house), house)
    corrected = {draft.text("order_no") or "" for draft in corrections}
    for draft in orders:
        check_kind(draft, house, corrected)
    drafts |= {Role.HISTORY: history, Role.ORDERS: orders, Role.CORRECTIONS: corrections}


def _order_drafts(sources: list[Source], masters: list[list[Draft]], house: House) -> list[Draft]:
    """Orders, each checked by itself."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for draft in (d for found in masters for d in found if not d.refused):
        by_name[draft.text("name") or ""].add(draft.text("staff_no") or "")
    result: list[Draft] = []
    for source in sources:
        drafts = drafts_of(source, house)
        drop_duplicates(source, drafts)
        check_together(drafts)
        named, rules = mentions(source), Rules(source.spec.rules)
        for draft in drafts:
            number, name = draft.text("staff_no") or "", draft.text("name") or ""
            slips = [n for n in by_name[name] if house.numbering.slips(number, n)]
            refuse_wrong(draft, hint_of(sorted(slips)))
            if not draft.refused:
                check_mentions(draft, named, house, draft.day("effective"))
                rules.check(draft)
                check_order(draft, house)
        result += drafts
    return result


def _newcomers(orders: list[Draft], masters: list[list[Draft]], house: House) -> None:
    """People who enter by an order; a master of that day or later should have them."""
    bases = {draft.source.base for found in masters for draft in found[:1]} - {None}
    known = set(house.numbers)
    for draft in orders:
        term, number = term_of(draft, house), draft.text("staff_no")
        if draft.refused or term is None or term.effect is not Effect.ENTER or not number:
            continue
        house.numbers.add(number)
        day = draft.day("effective") or date.min
        later = [base for base in bases if base is not None and base >= day]
        if later and number not in known:
            draft.note("staff_no", "order-newcomer", base=min(later).isoformat())


def _read_attached(sources: list[Source], house: House) -> list[Draft]:
    result: list[Draft] = []
    for source in sources:
        drafts = drafts_of(source, house)
        for draft in drafts:
            refuse_wrong(draft)
            check_known(draft, house)
        drop_duplicates(source, drafts)
        rules = Rules(source.spec.rules)
        for draft in drafts:
            if not draft.refused:
                rules.check(draft)
                check_attached(draft, house)
                check_past(draft, house)
        check_places(drafts, house)
        check_together(drafts)
        result += drafts
    return result


def _package(
    sources: list[Source],
    drafts: Drafts,
    house: House,
    findings: list[Finding],
    ground: Ground,
) -> Package:
    """Records and findings, in the order of the files and of their rows."""
    package = Package({role.value: [] for role in Role}, house.tables, findings)
    by_source: dict[int, list[Draft]] = defaultdict(list)
    for found in drafts.values():
        for draft in found:
            by_source[id(draft.source)].append(draft)
    for source in sources:
        own = by_source[id(source)]
        before = len(package.findings)
        package.findings += source.kept
        package.findings += source.findings()
        package.findings += lost_everywhere(source, own)
        told_ = [(draft.number, draft.findings()) for draft in own]
        told_ += source.spared.findings(source.file)
        for _, said in sorted(told_, key=itemgetter(0)):
            package.findings += said
        role = source.spec.role
        package.records[role.value] += [draft.record() for draft in own if not draft.refused]
        if role in GROUND:
            ground.findings[name_of(source)] = package.findings[before:]
    return package
