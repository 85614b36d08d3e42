"""Conditions as their pages need them: what may be asked, what to choose from, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from meibo.apps.directory.models import SavedCondition
from meibo.domain.conditions import (
    ConditionError,
    Group,
    Known,
    Words,
    known_fields,
    read,
    sentence,
)
from meibo.domain.disclosure import DUTIES, TIES, Viewer
from meibo.domain.free_fields import is_free
from meibo.ledger import house, policy, reader
from meibo.ledger.reader.choosing import knows_posts
from meibo.platform.layout.wording import short_date

Option = tuple[str, str]
SEX = ("男", "女")


@dataclass(frozen=True, slots=True)
class Choosing:
    """What one viewer may ask about on a day, and the choices there are."""

    viewer: Viewer
    on: date
    fields: Mapping[str, Known]
    past: bool

    def options(self, known: Known) -> list[Option]:
        """What to choose from for a field; empty for one that is typed."""
        if known.table == "post":
            return self.posts
        if known.table == "sex":
            return [(word, word) for word in SEX]
        if is_free(known.table):
            choices = policy.table(self.viewer.today).free[known.table].choices
            return [(word, word) for word in choices]
        if known.table:
            rows = house.codes().table(known.table).items()
            return [(row.name, row.name) for code, row in rows if code != "0"]
        return []

    @property
    def posts(self) -> list[Option]:
        rows = sorted(house.codes().table("post").items(), key=lambda each: each[1].rank)
        return [(code, _post(code)) for code, _ in rows]

    @property
    def units(self) -> list[Option]:
        """Every unit of the day, set in by level."""
        found = reader.units(self.viewer, on=self.on)
        return [(u.code, "　" * (u["level"] - 1) + u["name"]) for u in found]

    @property
    def units_ever(self) -> list[Option]:
        """Those of the day, and after them those that were there before it."""
        gone = reader.past_units(self.viewer, on=self.on)
        return [*self.units, *((u.code, f"{u.name}（{short_date(u.last)}まで）") for u in gone)]

    def words(self) -> Words:
        """For reading a condition back."""
        fields = known_fields(policy.table(self.viewer.today).free)
        return Words(fields, self._unit, _post)

    def _unit(self, code: str) -> str:
        found = reader.unit_name(self.viewer, code, on=self.on)
        return found or "今はない組織"

    def sentence(self, condition: Group) -> str:
        return sentence(condition, self.words())


def _post(code: str) -> str:
    """What a post is called, with its grade where several have one name."""
    table = house.codes().table("post")
    row = table.get(code)
    if row is None:
        return code
    alone = sum(each.name == row.name for each in table.values()) == 1
    grade = row.extra.get("grade")
    return row.name if alone or not grade else f"{row.name}（{grade}級）"


def choosing(viewer: Viewer, on: date) -> Choosing:
    """What this viewer may ask about."""
    known = {each.key: each for each in reader.askable(viewer, on=on)}
    return Choosing(viewer, on, known, knows_posts(viewer))


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept condition as a list shows it."""

    saved: SavedCondition
    mine: bool
    told: str

    @property
    def key(self) -> str:
        return str(self.saved.pk)

    @property
    def address(self) -> str:
        """Where deeds with it are sent."""
        return reverse("directory:condition", args=[self.saved.pk])


def kept(owner: str, viewer: Viewer, on: date) -> list[Kept]:
    """One's own conditions and those shared with a duty that one holds, own ones first."""
    asked = choosing(viewer, on)
    found = [
        Kept(each, each.owner == owner, _told(asked, each.body)) for each in usable(owner, viewer)
    ]
    return sorted(found, key=lambda each: not each.mine)


def _told(asked: Choosing, body: str) -> str:
    try:
        return asked.sentence(read(body))
    except ConditionError:
        return "読めない条件です"


def usable(owner: str, viewer: Viewer) -> QuerySet[SavedCondition]:
    """Those that one may use."""
    shared = [key for key, _ in sharing(viewer)]
    return SavedCondition.objects.filter(dropped=None).filter(
        Q(owner=owner) | Q(shared__in=[each for each in shared if each])
    )


def sharing(viewer: Viewer) -> Sequence[Option]:
    """With whom one may share a condition."""
    duties = [(duty, f"{TIES[duty]}と") for duty in sorted(DUTIES) if viewer.holds(duty)]
    return [("", "自分だけ"), *duties, ("staff", "庁内の全員と")]
