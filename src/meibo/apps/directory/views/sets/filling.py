"""One field of many people at once: chosen, looked at a last time, written, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meibo.apps.directory.actions import fields
from meibo.apps.directory.queries.free import Look, bulk_fields, look
from meibo.apps.directory.views.sets.pages import mine
from meibo.domain import free_fields
from meibo.domain.free_fields import FieldError, FreeField, Type
from meibo.platform import door
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for

_CHOOSING = frozenset({Type.CHOICE, Type.SEVERAL})


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be written: the field, the value as typed, from which day; `wrong`: field of the
    form → what is wrong."""

    field: FreeField
    values: list[str]
    filed: str | None
    on: date
    wrong: Mapping[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def fill(request: HttpRequest, number: int) -> HttpResponse:
    """First which field, then the value, then a last look, then it is done."""
    frame = frame_for(request)
    found = mine(request, number)
    offered = bulk_fields(frame.viewer)
    if not offered:
        raise PermissionDenied
    by_key = {field.key: field for field in offered}
    data = request.POST if request.method == "POST" else request.GET
    field = by_key.get(data.get("field", ""))
    context: dict[str, object] = {"found": found, "offered": offered, "field": field}
    if field is None or request.method != "POST":
        context |= {"on": frame.today, "several": field and field.type in _CHOOSING}
        return render(request, "directory/sets/fill.html", context)
    wish = _wish(request, field)
    seen = look(frame.viewer, found.people, field, wish.filed, wish.on)
    if request.POST.get("do") == "write" and not wish.wrong:
        if request.POST.get("mark") == seen.mark:
            return _written(request, number, wish, seen)
        messages.error(
            request,
            "確かめている間に、ほかの人がこの項目を変えました。下の一覧を見直してください。",
        )
    context |= {"wish": wish, "look": seen, "on": wish.on, "several": field.type in _CHOOSING}
    return render(request, "directory/sets/fill.html", context, status=422 if wish.wrong else 200)


def _wish(request: HttpRequest, field: FreeField) -> Wish:
    wrong: dict[str, str] = {}
    values = [each for each in request.POST.getlist("value") if each]
    filed = None
    try:
        filed = free_fields.read(field, values)
    except FieldError as error:
        wrong["value"] = f"{error}。"
    on = door.read_day(request.POST.get("on", ""))
    if on is None:
        wrong["on"] = "日付を入れてください。"
    return Wish(field, values, filed, on or frame_for(request).today, wrong)


def _written(request: HttpRequest, number: int, wish: Wish, seen: Look) -> HttpResponse:
    people = [turn.card.id for turn in seen.turns if turn.changes]
    mark = fields.write_many(
        people,
        wish.field,
        wish.filed,
        on=wish.on,
        actor=actor_of(request),
        now=datetime.now(UTC),
    )
    if not mark:
        messages.success(request, "変わるところはありません。")
        return redirect("directory:found", number)
    messages.success(request, f"「{wish.field.label}」を{len(people)}人について書きました。")
    return redirect(f"{reverse('directory:found', args=[number])}?filled={mark}")


@require_POST
@never_cache
def unfill(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was written for many."""
    frame = frame_for(request)
    mine(request, number)
    if not bulk_fields(frame.viewer):
        raise PermissionDenied
    actor, now = actor_of(request), datetime.now(UTC)
    count = fields.take_back(request.POST.get("mark", ""), actor=actor, now=now)
    said = f"{count}人の書き込みを取り消しました。" if count else "取り消すものはありません。"
    messages.success(request, said)
    return redirect("directory:found", number)
