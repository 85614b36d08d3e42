"""What is done with a kept condition besides changing it: asked, renamed, shared, copied, taken
away and brought back, handed on as a file."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.directory.actions import conditions, sets
from meibo.apps.directory.models import SavedCondition
from meibo.apps.directory.queries.choosing import sharing, usable
from meibo.apps.directory.views.choosing.pages import ORDERING, owner_of
from meibo.domain.conditions import ConditionError, read
from meibo.ledger import reader
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.handing import handed_out
from meibo.platform.typed import whole


@require_POST
@never_cache
def deed(request: HttpRequest, number: int) -> HttpResponse:
    """One deed with one condition."""
    owner, now = owner_of(request), datetime.now(UTC)
    what = request.POST.get("do", "")
    if what == "back":  # it is among the dropped ones, so it is no longer usable
        conditions.drop(number, owner, now=None)
        messages.success(request, "条件を戻しました。")
        return redirect("directory:choosing")
    saved = _usable(request, number)
    if what == "find":
        return _find(request, saved)
    if what == "copy":
        conditions.copy(saved, owner, now=now)
        messages.success(request, f"「{saved.name}」の写しを作りました。")
    elif saved.owner != owner:
        raise Http404
    elif what == "drop":
        conditions.drop(number, owner, now=now)
        return redirect(f"{reverse('directory:choosing')}?dropped={number}")
    elif what == "change":
        _change(request, saved, now)
    return redirect("directory:choosing")


def _usable(request: HttpRequest, number: int) -> SavedCondition:
    found = usable(owner_of(request), frame_for(request).viewer).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _change(request: HttpRequest, saved: SavedCondition, now: datetime) -> None:
    shared = request.POST.get("shared", "")
    try:
        conditions.change(
            saved.pk,
            saved.owner,
            version=whole(request.POST.get("version", "")),
            now=now,
            name=request.POST.get("name", "") or saved.name,
            note=request.POST.get("note", ""),
            shared=shared if shared in dict(sharing(frame_for(request).viewer)) else "",
        )
        messages.success(request, "変えました。")
    except conditions.StaleError as error:
        messages.error(request, str(error))


def _find(request: HttpRequest, saved: SavedCondition) -> HttpResponse:
    """Ask a kept condition of the day shown."""
    frame = frame_for(request)
    try:
        condition = read(saved.body)
    except ConditionError:
        messages.error(request, "この条件は読めませんでした。作り直してください。")
        return redirect("directory:choosing")
    met = reader.choose(frame.viewer, condition, on=frame.day)
    people = [card.id for card in reader.cards(frame.viewer, on=frame.day, ids=met, only=ORDERING)]
    found = sets.make(
        owner_of(request),
        saved.name,
        people,
        on=frame.day,
        today=frame.today,
        now=datetime.now(UTC),
        condition=condition,
    )
    return redirect(frame.dated(reverse("directory:found", args=[found.pk])))


@require_safe
@never_cache
def definition(request: HttpRequest, number: int) -> HttpResponse:
    """The condition as a file: how it is written, to be kept or explained elsewhere."""
    saved = _usable(request, number)
    told = {"name": saved.name, "note": saved.note, "condition": json.loads(saved.body)}
    content = json.dumps(told, ensure_ascii=False, indent=1)
    return handed_out(content, "application/json; charset=utf-8", f"条件_{saved.name}.json")
