"""Changing what one may change: one's own share choices, and the section one keeps."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meibo.apps.directory.actions import Kept, choose_sharing, keep_unit
from meibo.apps.directory.queries.keeping import Keeping, Standing, keeping
from meibo.apps.directory.views.forms import (
    NEW_LINES,
    AllotmentForm,
    SeatForm,
    SharingForm,
    UnitForm,
    names_of,
)
from meibo.ledger.reader import Member
from meibo.platform.layout.frame import frame_for


@require_POST
@never_cache
def share(request: HttpRequest, person_id: str) -> HttpResponse:
    """One's own share choices; nobody else's."""
    frame = frame_for(request)
    if frame.viewer.person != person_id:
        raise PermissionDenied
    form = SharingForm(request.POST)
    if form.is_valid():
        actor = request.user.get_username()
        choices = {"photo": form.cleaned_data["photo"], "skill": form.cleaned_data["skill"]}
        choose_sharing(person_id, choices, on=frame.today, actor=actor, now=datetime.now(UTC))
        messages.success(request, "見せる範囲を変えました。すぐに反映されます。")
    else:
        messages.error(request, "見せる範囲を選び直してください。何も変わっていません。")
    return redirect("directory:person", person_id)


@dataclass(slots=True)
class Sheet:
    """The forms of one unit's page."""

    kept: Keeping
    unit: UnitForm
    seats: list[tuple[Member, SeatForm]]
    lines: list[tuple[Standing | None, AllotmentForm]]

    def is_valid(self) -> bool:
        """Check every form, so that every error is told at once."""
        forms = [self.unit, *(form for _, form in self.seats), *(form for _, form in self.lines)]
        wrong = [form for form in forms if not form.is_valid()]
        return not wrong

    def changes(self) -> Kept:
        """Only what differs from how it stands."""
        unit = {name: self.unit.cleaned_data[name] for name in self.unit.changed_data}
        people = {
            member.card.id: {name: form.cleaned_data[name] for name in form.changed_data}
            for member, form in self.seats
            if form.changed_data
        }
        lines = [form.line() for old, form in self.lines if form.has_changed() and _said(old, form)]
        return Kept(unit, people, lines)


def _said(old: Standing | None, form: AllotmentForm) -> bool:
    return old is not None or bool(form.cleaned_data["text"])


def _sheet(kept: Keeping, request: HttpRequest) -> Sheet:
    data = request.POST if request.method == "POST" else None
    unit = {name: kept.unit.get(name) or "" for name in ("phone", "fax", "mail")}
    own = [member for member in kept.members if member.kind == "main"]
    seats = [
        (
            member,
            SeatForm(
                data,
                prefix=f"seat-{member.card.id}",
                initial={name: member.card.get(name) or "" for name in ("extension", "seat")},
            ),
        )
        for member in own
    ]
    people = names_of(kept.members)
    lines: list[tuple[Standing | None, AllotmentForm]] = [
        (old, AllotmentForm(data, prefix=f"line-{old.key}", initial=_initial(old), people=people))
        for old in kept.allotments
    ]
    for number in range(NEW_LINES):
        new = AllotmentForm(data, prefix=f"new-{number}", initial={"role": "主"}, people=people)
        lines.append((None, new))
    return Sheet(kept, UnitForm(data, initial=unit), seats, lines)


def _initial(old: Standing) -> dict[str, str]:
    return {"key": old.key, "text": old.text, "role": old.role, "person": old.person}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Phones, seats and allotments of a unit, for its 庶務担当, as of today."""
    frame = frame_for(request)
    kept = keeping(frame.viewer, code)
    if kept is None:
        raise PermissionDenied
    sheet = _sheet(kept, request)
    if request.method == "POST" and sheet.is_valid():
        actor = request.user.get_username()
        changes = sheet.changes()
        count = keep_unit(code, changes, on=frame.today, actor=actor, now=datetime.now(UTC))
        said = f"{count}か所を保存しました。" if count else "変わったところはありません。"
        messages.success(request, said)
        return redirect("directory:unit", code)
    failed = request.method == "POST"
    context = {"sheet": sheet, "unit": kept.unit, "failed": failed}
    return render(request, "directory/unit_edit.html", context, status=422 if failed else 200)
