"""What is typed into a plan's grid is looked up here: people, units, posts, words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from meibo.apps.personnel.queries.checking.town import called, posts, terms
from meibo.domain.checking import Post
from meibo.domain.checking.cells import Lookup, key
from meibo.domain.units import Organisation
from meibo.ledger import drawer
from meibo.ledger.drawer import PlanCard, Preview

State = Mapping[str, Any]
_DAY = timedelta(days=1)


@dataclass
class Desk:
    """What lies on the desk of who works on a plan: the house before its day, the units of it."""

    plan: PlanCard
    today: date
    newcomers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def day(self) -> date:
        """The plan's day, today where it says none."""
        return self.plan.day or self.today

    @cached_property
    def preview(self) -> Preview:
        """The house with the plan."""
        return drawer.preview(self.plan.id)

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Everyone in service today or on the day before the plan's: what they are now; and who
        enters on its very day or later by the book, as they will be."""
        before = self.preview.house(self.day - _DAY)
        there = self.preview.house(self.today) | before if self.day > self.today else before
        return there | self.preview.coming(self.day, there)

    @cached_property
    def tree(self) -> Organisation:
        """The units of the plan's day, with its reorganisation."""
        return self.preview.organisation(self.day)

    @cached_property
    def tree_before(self) -> Organisation:
        """The units of the day before."""
        return self.preview.organisation(self.day - _DAY)

    @cached_property
    def posts(self) -> Mapping[str, Post]:
        """The table of posts."""
        return posts()

    @cached_property
    def post_texts(self) -> dict[str, str]:
        """Code → what is shown and read again: with the grade where the name is not enough."""
        names = [post.name for post in self.posts.values()]
        return {
            code: post.name if names.count(post.name) == 1 else f"{post.name}（{post.grade}級）"
            for code, post in self.posts.items()
        }

    @cached_property
    def unit_texts(self) -> dict[str, str]:
        """Code → the shortest end of its path that is no other unit's, names from the top down."""
        ends: dict[str, list[str]] = defaultdict(list)
        for code, path in self.tree.paths.items():
            for n in range(1, len(path) + 1):
                ends[key("".join(path[-n:]))].append(code)
        return {code: _shortest(code, path, ends) for code, path in self.tree.paths.items()}

    def unit_text(self, code: str | None) -> str:
        """What a unit is called in the grid; its code where it never had a name."""
        if not code:
            return ""
        return self.unit_texts.get(code) or " ".join(self.path(code)) or code

    def path(self, code: str | None) -> Sequence[str]:
        """Names from the top down: as on the plan's day, else as on the day before or on another
        day on which the unit has a name; empty for a code that no unit ever had."""
        near = self.tree.path(code) or self.tree_before.path(code)
        return near if near or not code else self.preview.unit_path(code, self.day)

    def post_text(self, code: str | None) -> str:
        """What a post is called in the grid."""
        return self.post_texts.get(code or "", code or "")

    @cached_property
    def lookup(self) -> Lookup:
        """By which cells are read."""
        people: dict[str, str] = {}
        named: dict[str, set[str]] = defaultdict(set)
        for person, state in (*self.states.items(), *self.newcomers.items()):
            number = str(state.get("staff_no") or "")
            people |= {key(number): person} if number else {}
            for text in (state.get("name"), state.get("kana"), state.get("record_name")):
                named[key(str(text))] |= {person} if text else set()
        bare: dict[str, set[str]] = defaultdict(set)  # spreadsheets drop zeros at the front
        for number, person in people.items():
            bare[number.lstrip("0")].add(person)
        people = {n: next(iter(ids)) for n, ids in bare.items() if len(ids) == 1} | people
        return Lookup(
            people,
            {name: sorted(ids) for name, ids in named.items()},
            _units(self.tree, self.unit_texts),
            self._posts(),
            terms(),
            _codes("employment"),
            _codes("job"),
            _units(self.tree_before, {}),
        )

    def _posts(self) -> dict[str, list[tuple[str, int | None]]]:
        found: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
        for code, post in self.posts.items():
            found[key(post.name)].append((code, post.grade))
            found[key(code)].append((code, post.grade))
        return dict(found)


def _units(tree: Organisation, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Key of a code, a path or an end of one → the units that are called so; what the grid calls
    one is that one alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, path in tree.paths.items():
        found[key(code)].add(code)
        for n in range(1, len(path) + 1):
            found[key("".join(path[-n:]))].add(code)
    found |= {key(text): {code} for code, text in texts.items()}
    return {text: sorted(codes) for text, codes in found.items()}


def _codes(table: str) -> dict[str, str]:
    """Key of a name, or of a code, of a code table → the code."""
    names = called(table)
    return {key(code): code for code in names} | {key(name): code for code, name in names.items()}


def _shortest(code: str, path: Iterable[str], ends: Mapping[str, list[str]]) -> str:
    names = list(path)
    for n in range(1, len(names) + 1):
        if ends[key("".join(names[-n:]))] == [code]:
            return " ".join(names[-n:])
    return code


def desk(plan: PlanCard, today: date) -> Desk:
    """The desk of a plan."""
    newcomers: dict[str, dict[str, str]] = {}
    drafts = drawer.some_lines(plan.id, entering=True)
    if drafts:
        newcomers = {draft.line.person: {"staff_no": str(draft.newcomer)} for draft in drafts}
        for filing in drawer.filings(plan.id):
            if filing.subject in newcomers and filing.value:
                newcomers[filing.subject][filing.field] = filing.value
    return Desk(plan, today, newcomers)
