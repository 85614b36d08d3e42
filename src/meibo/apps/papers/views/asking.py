"""Reading what a page or a file is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from meibo.apps.papers.actions.making import File
from meibo.apps.papers.queries.asked import Asked
from meibo.apps.papers.queries.catalogue import FORMS, Form
from meibo.ledger import ties
from meibo.platform import door
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.layout.handing import handed_out
from meibo.platform.typed import code

_MOST = 500
_BETWEEN = re.compile(r"[\s,、，;；]+")


@dataclass(slots=True)
class Read:
    """What was asked for, and what of it could not be read: field → words."""

    form: Form
    frame: Frame
    asked: Asked
    values: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def form_of(request: HttpRequest, key: str) -> Form:
    """The form of an address, for who may make it. 404 where there is none."""
    form = FORMS.get(key)
    if form is None:
        raise Http404
    if not form.open_to(frame_for(request).viewer):
        raise PermissionDenied
    return form


def waits(request: HttpRequest, form: Form) -> HttpResponse | None:
    """Where the whole record is shown: ask what for, unless that was said."""
    if form.personnel and "hr" in frame_for(request).viewer.waiting:
        return door.ask_purpose(request)
    return None


def read(request: HttpRequest, form: Form, given: QueryDict) -> Read:
    """Read the choices of a form."""
    frame = frame_for(request)
    values = {name: given.get(name, "").strip() for name in ("on", "unit", "people", "from", "to")}
    errors: dict[str, str] = {}

    def day(name: str) -> date | None:
        found = door.read_day(values[name]) if values[name] else None
        if values[name] and found is None:
            errors[name] = (
                "日付として読めません。2027-04-01 や 令和9年4月1日 のように書いてください。"
            )
        return found

    first, last = (day("from"), day("to")) if form.period else (None, None)
    on = day("on") or (last or first or frame.day)
    people = _people(values["people"], errors) if form.people else ()
    unit = values["unit"] if form.unit and not people else ""
    asked = Asked(frame.viewer, on, frame.town, unit, people, first, last)
    return Read(form, frame, asked, values, errors)


def _people(text: str, errors: dict[str, str]) -> tuple[str, ...]:
    numbers = list(dict.fromkeys(filter(None, _BETWEEN.split(code(text)))))
    if len(numbers) > _MOST:
        errors["people"] = f"一度に指定できるのは{_MOST}人までです。組織で選んでください。"
        return ()
    found = {number: ties.person_numbered(number) for number in numbers}
    missed = [number for number, person in found.items() if person is None]
    if missed:
        errors["people"] = f"この職員番号の職員はいません：{'、'.join(missed[:5])}"
    return tuple(person for person in found.values() if person)


def handed(file: File, *, inline: bool) -> HttpResponse:
    """The file, to be looked at in the browser or taken along."""
    return handed_out(file.content, file.kind, file.name, inline=inline)
