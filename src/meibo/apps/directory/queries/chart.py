"""The org chart as a tree of units, and where in it something was found."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader

#: A search inside the chart opens this many places at most; more would be no chart any more.
MOST_HITS = 100


@dataclass(frozen=True, slots=True)
class Node:
    """A unit and what is below it."""

    unit: reader.UnitCard
    below: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    """The house on a day. `opened`: codes on the way to what was found; `found`: codes of units
    found; `people`: unit code → the people to show in it without asking; `within`: unit code → how
    many of those found are in it or below it; `words`: what was found, said."""

    roots: list[Node]
    count: int | None
    opened: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()
    people: Mapping[str, list[reader.Card]] = field(default_factory=dict)
    within: Mapping[str, int] = field(default_factory=dict)
    words: str = ""


def tree(units: Iterable[reader.UnitCard]) -> list[Node]:
    """Nest units that come parents first. A unit whose parent is not among them is a root."""
    nodes: dict[str, Node] = {}
    roots: list[Node] = []
    for unit in units:
        node = nodes[unit.code] = Node(unit)
        parent = nodes.get(unit["parent"] or "")
        (parent.below if parent else roots).append(node)
    return roots


def chart(viewer: Viewer, on: date, query: str = "") -> Chart:
    """The whole house, opened where the query was found."""
    units = reader.units(viewer, on=on)
    roots = tree(units)
    counts = [node.unit["count"] for node in roots if "count" in node.unit]
    # What is held back of one root would come out of a sum of the others.
    total = sum(counts) if counts and len(counts) == len(roots) else None
    if not query:
        return Chart(roots, total)
    page = reader.search(viewer, query, on=on, limit=MOST_HITS)
    # As a section is listed anywhere else: by post, not in the order of the search.
    cards = reader.cards(viewer, on=on, ids=[hit.card.id for hit in page.hits])
    codes = {hit.unit.code for hit in page.units}
    paths = [card.get("unit_codes") or () for card in cards]
    within = Counter(code for path in paths for code in path)
    opened = {code for unit in units if unit.code in codes for code in unit["codes"][:-1]}
    return Chart(
        roots,
        total,
        frozenset(opened.union(within)),
        frozenset(codes),
        by_unit(cards),
        within,
        _words(page, len(cards)),
    )


def _words(page: reader.Page, shown: int) -> str:
    """「職員12人、組織2件」; empty where nothing was found."""
    more = f"（うち{shown}人を開いています）" if page.capped or page.total > shown else ""
    people = f"職員{page.total:,}人{'以上' if page.capped else ''}{more}" if page.total else ""
    units = f"組織{len(page.units)}件" if page.units else ""
    return "、".join(filter(None, (people, units)))


def everyone(viewer: Viewer, on: date) -> Chart:
    """The whole house with everybody in it, for the large sheet."""
    roots = tree(reader.units(viewer, on=on))
    cards = reader.cards(viewer, on=on)
    return Chart(roots, len(cards), people=by_unit(cards))


def below(viewer: Viewer, code: str, on: date) -> Chart:
    """One unit and what is below it, with the people who stand just in it."""
    units = [unit for unit in reader.units(viewer, on=on) if code in unit["codes"]]
    members = reader.members(viewer, code, on=on)
    return Chart(tree(units), None, people={code: [member.card for member in members]})


def by_unit(cards: Iterable[reader.Card]) -> dict[str, list[reader.Card]]:
    """Cards by the unit of their main post; who has none is left out."""
    found: dict[str, list[reader.Card]] = defaultdict(list)
    for card in cards:
        if card.get("unit_code"):
            found[card["unit_code"]].append(card)
    return dict(found)
