"""What became of the rows of each file, and what is told of a file because of many of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from meibo.domain.findings import Finding
from meibo.platform.feeds.draft import Draft
from meibo.platform.feeds.flaws import Flaw, Place, told
from meibo.platform.feeds.reading.source import Source
from meibo.platform.feeds.recall import Ground
from meibo.platform.feeds.recalling import GROUND, name_of
from meibo.platform.feeds.records import FileCount


def counts_of(
    sources: Sequence[Source],
    drafts: Sequence[Draft],
    left_out: Mapping[int, int],
    ground: Ground,
    *,
    restored: bool,
) -> list[FileCount]:
    """The counts of all files, in their order. `left_out`: by the identity of the source;
    `restored`: whether the files of the ground were not read, so that what they count is known."""
    refused = Counter(id(draft.source) for draft in drafts if draft.refused)
    taken = Counter(id(draft.source) for draft in drafts if not draft.refused)
    found: list[FileCount] = []
    for source in sources:
        at, role = id(source), source.spec.role
        own, no, spared = taken[at], refused[at], len(source.spared.lines)
        if role in GROUND and restored:
            own, no = ground.counts.get(name_of(source), (0, 0))
            found.append(FileCount(source.file, role.value, own, no, spared=own))
            continue
        if role in GROUND:
            ground.counts[name_of(source)] = own, no
        found.append(FileCount(source.file, role.value, own + spared, no, left_out[at], spared))
    return found


def lost_everywhere(source: Source, drafts: Iterable[Draft]) -> list[Finding]:
    """One finding for the whole file where most rows have lost the zeros of a column."""
    counts = Counter(n for d in drafts for n, flaw in d.flaws if flaw.code == "lost-zeros")
    return [
        told(
            Flaw("lost-zeros-everywhere", {"count": count}),
            Place(source.file, column=source.header_of(name)),
        )
        for name, count in counts.items()
        if 2 * count > source.count
    ]
