"""The sheet of one unit: all its forms, what is wrong in them, what they change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest

from meibo.apps.directory.actions import Kept
from meibo.apps.directory.queries.keeping import PERSON_FIELDS, UNIT_FIELDS, Keeping, Standing
from meibo.apps.directory.views.forms import (
    NEW_LINES,
    AllotmentForm,
    SeatForm,
    UnitForm,
    names_of,
)
from meibo.apps.directory.views.shown import KeptForm, Sent, sent, shown_by
from meibo.ledger.reader import Member
from meibo.platform.layout.wording import spaced

Line = tuple[Standing | None, AllotmentForm]
_LINE = re.compile(r"line-([0-9A-Za-z]{1,40})-text")
_SEAT = re.compile(r"seat-(.+)-(?:extension|seat)")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something to mend: the id of its field, where it is in words, and what is said of it."""

    target: str
    label: str
    text: str


@dataclass(slots=True)
class Sheet:
    """The forms of one unit's page. `gone`: something was typed for somebody who is not here."""

    kept: Keeping
    unit: UnitForm
    seats: list[tuple[Member, SeatForm]]
    lines: list[Line]
    gone: bool = False

    @property
    def forms(self) -> list[KeptForm]:
        return [self.unit, *(form for _, form in self.seats), *(form for _, form in self.lines)]

    @property
    def shown_now(self) -> str:
        return shown_by(self.forms)

    def is_valid(self) -> bool:
        """Check every form, so that every error is told at once."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    @property
    def wrong(self) -> list[Wrong]:
        """Everything to mend, in the order of the page."""
        places: list[tuple[str, KeptForm]] = [("代表の連絡先", self.unit)]
        places += [(spaced(member.card.get("name")), form) for member, form in self.seats]
        places += [(_called(number, *line), line[1]) for number, line in enumerate(self.lines, 1)]
        return [each for place, form in places for each in _wrong(place, form)]

    def changes(self) -> Kept:
        """Only what was typed over and differs from how it stands."""
        unit = {name: self.unit.cleaned_data[name] for name in self.unit.changed_data}
        people = {
            member.card.id: {name: form.cleaned_data[name] for name in form.changed_data}
            for member, form in self.seats
            if form.changed_data
        }
        lines = [form.line() for old, form in self.lines if form.has_changed() and _said(old, form)]
        return Kept(unit, people, lines)


def _called(number: int, old: Standing | None, form: AllotmentForm) -> str:
    return f"担当「{old.text}」" if old else f"担当の{number}行目"


def _wrong(place: str, form: KeptForm) -> Iterator[Wrong]:
    for name, texts in form.errors.items():
        field = form[name]
        for text in texts:
            yield Wrong(field.id_for_label, f"{place}　{field.label}", str(text))


def _said(old: Standing | None, form: AllotmentForm) -> bool:
    return old is not None or bool(form.cleaned_data["text"])


def sheet_of(kept: Keeping, request: HttpRequest) -> Sheet:
    """The sheet as it stands, or as it was sent."""
    told = sent(request.POST.dict()) if request.method == "POST" else None
    unit = {name: kept.unit.get(name) or "" for name in UNIT_FIELDS}
    own = [member for member in kept.members if member.kind == "main"]
    seats = [
        (
            member,
            SeatForm(
                told,
                {name: member.card.get(name) or "" for name in PERSON_FIELDS},
                prefix=f"seat-{member.card.id}",
            ),
        )
        for member in own
    ]
    gone = told is not None and _typed_for_others(told, own)
    return Sheet(kept, UnitForm(told, unit), seats, list(_lines(kept, told)), gone)


def _typed_for_others(told: Sent, own: Iterable[Member]) -> bool:
    """Whether somebody's seat was typed over who has left since the page was opened."""
    here = {member.card.id for member in own}
    seats = (name for name in told.typed if name in told.shown)
    found = ((match[1], name) for name in seats if (match := _SEAT.fullmatch(name)))
    return any(person not in here and told.touched(name, "") for person, name in found)


def _lines(kept: Keeping, told: Sent | None) -> Iterator[Line]:
    people = {**kept.others, **names_of(kept.members)}
    for old in kept.allotments:
        now = {"text": old.text, "role": old.role, "person": old.person}
        yield old, AllotmentForm(told, now, people=people, key=old.key, prefix=f"line-{old.key}")
    for key in _ended(kept, told) if told else ():
        prefix = f"line-{key}"
        yield None, AllotmentForm(told, {}, people=people, key=key, ended=True, prefix=prefix)
    for number in range(NEW_LINES):
        yield None, AllotmentForm(told, {}, people=people, prefix=f"new-{number}")


def _ended(kept: Keeping, told: Sent) -> Iterator[str]:
    """Lines that were typed over here and taken away by somebody else."""
    standing = {old.key for old in kept.allotments}
    for name in told.shown:
        match = _LINE.fullmatch(name)
        if match is None or match[1] in standing or not told.typed.get(name):
            continue
        fields = [f"line-{match[1]}-{field}" for field in ("text", "role", "person")]
        if not told.shown[name] or any(told.touched(each, "") for each in fields):
            yield match[1]
