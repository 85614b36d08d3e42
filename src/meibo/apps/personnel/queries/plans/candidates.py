"""Candidates while a cell is typed into: people, units, posts, words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from meibo.apps.personnel.queries.plans.lookups import Desk
from meibo.domain import names
from meibo.domain.checking.cells import key

MOST = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """What would be written into the cell, and what tells it from others."""

    value: str
    label: str
    hint: str = ""


def candidates(desk: Desk, cell: str, text: str) -> list[Candidate]:
    """The first few that what was typed may mean, the likeliest first."""
    look = _LOOKS.get(cell)
    return list(islice(look(desk, key(text)), MOST)) if look else []


def _people(desk: Desk, text: str) -> Iterator[Candidate]:
    """By staff number from its beginning; by name or reading in any part, in order of reading."""
    reading = key(names.reading_key(text)) if text else ""
    found = []
    for person, state in (*desk.states.items(), *desk.newcomers.items()):
        number, name = str(state.get("staff_no") or ""), str(state.get("name") or "")
        kana = str(state.get("kana") or "")
        starts = bool(text) and key(number).startswith(text)
        named = text in key(name) or (bool(reading) and reading in key(names.reading_key(kana)))
        if starts or named:
            first = key(name).startswith(text) or key(number) == text
            found.append((not starts, not first, names.collation_key(kana), person))
    for *_, person in sorted(found):
        own = desk.states.get(person) or desk.newcomers[person]
        place = desk.tree_before.path(str(own.get("unit") or ""))
        post = desk.post_text(str(own.get("post") or ""))
        name = str(own.get("name") or "").replace("\u3000", " ")
        yield Candidate(str(own.get("staff_no") or ""), name, " ".join([*place[-2:], post]).strip())


def _units(desk: Desk, text: str) -> Iterator[Candidate]:
    """Units whose path holds the text; those whose own name begins with it first, those that end
    on the plan's day last."""
    found = []
    for code, path in desk.tree.paths.items():
        if text in key("".join(path)) or code.startswith(text):
            found.append((not key(path[-1]).startswith(text), desk.tree.order[code], code))
    for _, _, code in sorted(found):
        yield Candidate(desk.unit_text(code), desk.unit_text(code), " ".join(desk.tree.paths[code]))
    for code, path in desk.tree_before.paths.items():
        if code not in desk.tree.states and (text in key("".join(path)) or code.startswith(text)):
            yield Candidate(" ".join(path), path[-1], "前の日まで（兼務解除などに）")


def _posts(desk: Desk, text: str) -> Iterator[Candidate]:
    for code, post in desk.posts.items():
        if text in key(post.name):
            grade = f"{post.grade}級" if post.grade else ""
            yield Candidate(desk.post_text(code), post.name, grade)


def _words(desk: Desk, text: str) -> Iterator[Candidate]:
    for word, term in desk.lookup.terms.items():
        if text in key(word):
            yield Candidate(word, word, term.note)


_LOOKS: Mapping[str, Callable[[Desk, str], Iterator[Candidate]]] = {
    "person": _people,
    "name": _people,
    "unit": _units,
    "post": _posts,
    "wording": _words,
}
