"""The rounds of 会計年度任用職員, and what each who has a part in them sees of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meibo.apps.personnel.actions.renewal_scope import (
    answer_of,
    authority_of,
    contracts,
    is_full,
    laid,
    next_authority,
    rules,
    sums,
    tree_of,
)
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.domain.checking.cells import key as read_key
from meibo.domain.disclosure import Viewer
from meibo.domain.renewal import Contract, Doubt, RenewalRules, clock, doubts
from meibo.domain.units import Organisation
from meibo.ledger import contracts as ledger
from meibo.ledger import house, joins, reader, ties
from meibo.ledger.reader import Card
from meibo.platform.layout.waiting import Asker, Matter

WISHES = {"yes": "続けたい", "no": "続けない", "either": "どちらでもよい"}
DECISIONS = {"renew": "更新", "end": "終了", "move": "異動"}


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """One contract as a page shows it: the card as far as the viewer sees it. `path`: codes from
    the top down to the unit of the contract, which is not always the leading one of its person;
    `section`: code and name of its 課."""

    item: RenewalItem
    card: Card
    contract: Contract
    path: tuple[str, ...]
    place: str
    post: str
    full: bool
    renewed: int
    doubts: tuple[Doubt, ...]
    target: str
    authority: str
    section: tuple[str, str]

    @property
    def own(self) -> str:
        """What the person wants, in words."""
        return WISHES.get(self.item.own, "")

    @property
    def hours(self) -> str:
        """Weekly hours of the contract that would follow, in words; empty where not recorded."""
        minutes = self.contract.minutes if self.item.minutes is None else self.item.minutes
        return clock(minutes) if minutes else ""

    @property
    def stops(self) -> bool:
        """Whether something has to be settled first."""
        return any(doubt.stops for doubt in self.doubts)


def rounds() -> list[RenewalRound]:
    """Every round, the newest first."""
    return list(RenewalRound.objects.all())


def lines(
    viewer: Viewer, found: RenewalRound, *, people: Collection[str] | None = None
) -> list[RenewalLine]:
    """The contracts of a round in order of organisation; with `people`, theirs alone."""
    held = contracts(found, viewer.today)
    items = [i for i in found.items.all() if (i.person, i.appointment) in held]
    there = laid(found.pk) if any(i.planned for i in items) else set()
    for item in items:  # whose line was taken out of the plan again is free; nothing is written
        item.planned = item.planned and (item.person, item.appointment) in there
    scene = _Scene(
        rules(),
        house.codes(),
        house.organisation(viewer.today),
        tree_of(found),
        date.fromordinal(found.ends.toordinal() + 1),
        sums(found, viewer.today),
    )
    by_person: dict[str, list[RenewalItem]] = {}
    for item in items:
        person = held[item.person, item.appointment].person
        if people is None or person in people:
            by_person.setdefault(person, []).append(item)
    return [
        scene.line(item, card, held[item.person, item.appointment])
        for card in reader.cards(viewer, on=viewer.today, ids=by_person)
        for item in by_person[card.id]
    ]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all lines of a page are weighed against, looked up once."""

    known: RenewalRules
    codes: house.Codes
    now: Organisation
    tree: Organisation
    first: date
    sums: Mapping[str, int]

    def line(self, item: RenewalItem, card: Card, contract: Contract) -> RenewalLine:
        """One contract, weighed."""
        full, answer = is_full(contract, self.known, self.codes), answer_of(item)
        under = authority_of(contract, self.now)
        found = doubts(
            *(contract, answer, self.known),
            first=self.first,
            full=full,
            together=self.sums.get(contract.person, 0),
            authorities=(under, next_authority(contract, answer, self.now, self.tree)),
        )
        unit = " ".join(self.tree.path(item.unit)) if item.unit else ""
        place = " ".join(self.now.path(contract.unit)[1:] or self.now.path(contract.unit))
        post = self.codes.name("post", contract.post) or ""
        return RenewalLine(
            *(item, card, contract, self.now.codes.get(contract.unit or "", ()), place, post, full),
            contract.renewed(self.first),
            tuple(found),
            f"{unit} {self.codes.name('post', item.post) or ''}".strip(),
            under,
            self._section(contract.unit),
        )

    def _section(self, unit: str | None) -> tuple[str, str]:
        code = self.now.section(unit) or ""
        return code, " ".join(self.now.path(code))


def tally(found: list[RenewalLine]) -> dict[str, int]:
    """How far a round is."""
    decided = Counter(line.item.decision for line in found)
    return {
        "total": len(found),
        "section": sum(1 for line in found if line.item.section),
        "own": sum(1 for line in found if line.item.own),
        **{name: decided[name] for name in DECISIONS},
        "undecided": decided[""],
        "stops": sum(1 for line in found if line.stops),
        "planned": sum(1 for line in found if line.item.planned),
    }


def tallies(
    found: list[RenewalLine], today: date
) -> list[tuple[str, tuple[str, str], dict[str, int]]]:
    """How far each section of each authority is, in order of authority and organisation."""
    parts: dict[tuple[str, tuple[str, str]], list[RenewalLine]] = {}
    for line in found:
        parts.setdefault((line.authority, line.section), []).append(line)
    tree, count = house.organisation(today), Counter(line.authority for line in found)
    kept = sorted(
        parts.items(),
        key=lambda part: (-count[part[0][0]], part[0][0], tree.order.get(part[0][1][0], -1)),
    )
    return [(authority, section, tally(lines)) for (authority, section), lines in kept]


def authorities_of(today: date) -> list[str]:
    """Under whom there are contracts now, the most of them first."""
    tree = house.organisation(today)
    own = Counter(authority_of(c, tree) for c in ledger.contracts(rules().employment, today))
    return [name for name, _ in own.most_common() if name]


def units_named(found: RenewalRound, text: str) -> list[str]:
    """Codes of the units that a name, an end of a path (税務課 管理係) or a code means when the new
    contracts begin."""
    tree, wanted = tree_of(found), read_key(text)
    if text.strip() in tree.states:
        return [text.strip()]
    return [
        code
        for code, path in tree.paths.items()
        if any(read_key("".join(path[n:])) == wanted for n in range(len(path)))
    ]


def my_people(viewer: Viewer) -> frozenset[str]:
    """Whom the viewer answers for as head or 庶務担当; never themselves."""
    over = viewer.over.get("head", frozenset()) | viewer.over.get("clerk", frozenset())
    return over - {viewer.person or ""}


def open_rounds() -> list[RenewalRound]:
    """The rounds in which answers are awaited."""
    return list(RenewalRound.objects.filter(state="open"))


def my_items(viewer: Viewer) -> list[RenewalItem]:
    """The viewer's own contracts about which they are asked."""
    if viewer.person is None:
        return []
    mine = joins.members(viewer.person)
    rows = RenewalItem.objects.filter(round__state="open", person__in=mine)
    return list(rows.select_related("round"))


def waiting(viewer: Viewer) -> int:
    """How many contracts wait for a decision."""
    rows = RenewalItem.objects.filter(round__state="open", decision="")
    return rows.count()


def asked(asker: Asker) -> list[Matter]:
    """Whoever is asked whether they want to go on and has not said so."""
    open_items = [item for item in my_items(asker.viewer) if not item.own]
    address = reverse("personnel:renewal_mine")
    return [Matter("任期の後もはたらきたいかを、答えてください", address)] if open_items else []


def my_units(viewer: Viewer) -> frozenset[str]:
    """The units for whose contracts the viewer answers, as head or as 庶務担当."""
    kept = ties.units_kept_by(viewer.person, viewer.today) if viewer.person else set()
    return ties.led_units(viewer) | kept


def section_lines(viewer: Viewer, found: RenewalRound) -> list[RenewalLine]:
    """The contracts of a round for which the viewer answers: somebody with two contracts in two
    sections is asked about in each of them, about the one there."""
    units = my_units(viewer)
    every = lines(viewer, found, people=my_people(viewer))
    return [line for line in every if line.contract.unit in units]


def waiting_in_section(viewer: Viewer) -> int:
    """For how many contracts the viewer has not yet said what the section wants."""
    people, groups = my_people(viewer), joins.groups()
    rows = RenewalItem.objects.filter(round__state="open", section="")
    keys = rows.values_list("person", "appointment")
    open_ = {key for key in keys if groups.lead(key[0]) in people}
    if not open_:
        return 0
    units, known = my_units(viewer), rules()
    held = ledger.of_people({p for p, _ in open_}, known.employment, viewer.today)
    own = [c for c in held if c.unit in units]
    return sum(joins.written(c.person, c.appointment) in open_ for c in own)


def asked_of_section(asker: Asker) -> list[Matter]:
    """Heads and 庶務担当, as long as an answer of theirs is missing."""
    count = waiting_in_section(asker.viewer)
    address = reverse("personnel:renewal_section")
    words = f"会計年度任用職員{count}人の、任期の後の意向を伝えてください"
    return [Matter(words, address)] if count else []
