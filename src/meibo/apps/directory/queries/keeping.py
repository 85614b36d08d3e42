"""What may be changed here and how it stands now: read by who may change it, and by nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from meibo.apps.directory.actions import CHOICES
from meibo.domain.disclosure import CHOSEN, Viewer
from meibo.ledger import house, reader, ties
from meibo.ledger.reader.people import states_on
from meibo.platform.layout.wording import spaced

UNIT_FIELDS: Mapping[str, str] = {"phone": "電話", "fax": "FAX", "mail": "メール"}
PERSON_FIELDS: Mapping[str, str] = {"extension": "内線", "seat": "席"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the allotment as it stands."""

    key: str
    text: str
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """A unit in the hands of its 庶務担当, today. `others`: id → name of people who still stand in
    the allotment and are no members any more."""

    unit: reader.UnitCard
    members: list[reader.Member]
    allotments: list[Standing]
    others: Mapping[str, str]


def keeps(viewer: Viewer, code: str) -> bool:
    """Whether this viewer is 庶務担当 of the unit today."""
    return viewer.person is not None and code in ties.units_kept_by(viewer.person, viewer.today)


def keeping(viewer: Viewer, code: str) -> Keeping | None:
    """None for who does not keep this unit, and where there is no such unit today."""
    unit = reader.unit(viewer, code, on=viewer.today)
    if unit is None or not keeps(viewer, code):
        return None
    state = house.organisation(viewer.today).states[code]
    lines = [
        Standing(each["key"], each["text"], each.get("role", "主"), each.get("person", ""))
        for each in state.get("allotments", [])
    ]
    members = reader.members(viewer, code, on=viewer.today)
    return Keeping(unit, members, lines, _others(viewer, members, lines))


def _others(viewer: Viewer, members: list[reader.Member], lines: list[Standing]) -> dict[str, str]:
    here = {member.card.id for member in members}
    ids = {line.person for line in lines if line.person and line.person not in here}
    found = {card.id: card for card in reader.cards(viewer, on=viewer.today, ids=ids)}
    names = {person: found[person].get("name") for person in sorted(ids) if person in found}
    return {
        person: f"{spaced(names.get(person) or '在籍していない人')}（この組織の外）"
        for person in sorted(ids)
    }


def own_choices(viewer: Viewer) -> Mapping[str, str]:
    """A field in CHOSEN → what the viewer has chosen for it; empty for who is not in service."""
    person = viewer.person
    state = states_on(viewer.today, ids=[person]).get(person) if person else None
    if state is None:
        return {}
    chosen = {field: str(state.get(f"share_{field}") or "all") for field in sorted(CHOSEN)}
    return {field: choice if choice in CHOICES else "all" for field, choice in chosen.items()}
