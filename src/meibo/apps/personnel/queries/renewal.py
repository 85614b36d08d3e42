"""The rounds of 会計年度任用職員, and what each who has a part in them sees of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meibo.apps.personnel.actions.renewal import answer_of, contracts, is_full, rules
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.domain.disclosure import Viewer
from meibo.domain.renewal import Contract, Doubt, RenewalRules, doubts, together
from meibo.domain.units import Organisation
from meibo.ledger import house, reader
from meibo.ledger.reader import Card
from meibo.platform.layout.waiting import Asker, Matter

WISHES = {"yes": "続けたい", "no": "続けない", "either": "どちらでもよい"}
DECISIONS = {"renew": "更新", "end": "終了", "move": "異動"}


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """One contract as a page shows it: the card as far as the viewer sees it."""

    item: RenewalItem
    card: Card
    contract: Contract
    post: str
    full: bool
    renewed: int
    doubts: tuple[Doubt, ...]
    target: str

    @property
    def own(self) -> str:
        """What the person wants, in words."""
        return WISHES.get(self.item.own, "")

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
    scene = _Scene(
        rules(),
        house.codes(),
        house.organisation(date.fromordinal(found.ends.toordinal() + 1)),
        date.fromordinal(found.ends.toordinal() + 1),
        together([(held[i.person, i.appointment], answer_of(i)) for i in items]),
    )
    by_person: dict[str, list[RenewalItem]] = {}
    for item in items:
        if people is None or item.person in people:
            by_person.setdefault(item.person, []).append(item)
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
    tree: Organisation
    first: date
    sums: Mapping[str, int]

    def line(self, item: RenewalItem, card: Card, contract: Contract) -> RenewalLine:
        """One contract, weighed."""
        full = is_full(contract, self.known, self.codes)
        found = doubts(
            *(contract, answer_of(item), self.known),
            first=self.first,
            full=full,
            together=self.sums.get(item.person, 0),
        )
        unit = " ".join(self.tree.path(item.unit)) if item.unit else ""
        return RenewalLine(
            *(item, card, contract, self.codes.name("post", contract.post) or "", full),
            contract.renewed(self.first),
            tuple(found),
            f"{unit} {self.codes.name('post', item.post) or ''}".strip(),
        )


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
    rows = RenewalItem.objects.filter(round__state="open", person=viewer.person)
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


def waiting_in_section(viewer: Viewer) -> int:
    """For how many contracts the viewer has not yet said what the section wants."""
    people = my_people(viewer)
    rows = RenewalItem.objects.filter(round__state="open", section="")
    return sum(person in people for person in rows.values_list("person", flat=True))


def asked_of_section(asker: Asker) -> list[Matter]:
    """Heads and 庶務担当, as long as an answer of theirs is missing."""
    count = waiting_in_section(asker.viewer)
    address = reverse("personnel:renewal_section")
    words = f"会計年度任用職員{count}人の、任期の後の意向を伝えてください"
    return [Matter(words, address)] if count else []
