"""The pages: what is kept, and the builder."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meibo.apps.directory.actions import conditions, sets
from meibo.apps.directory.models import SavedCondition
from meibo.apps.directory.queries.choosing import Choosing, choosing, kept, sharing, usable
from meibo.apps.directory.queries.sets import set_of
from meibo.apps.directory.queries.sets import sets as own_sets
from meibo.apps.directory.views.choosing.rows import EVER, MODES
from meibo.apps.directory.views.choosing.sheet import (
    HOWS,
    Sheet,
    checked,
    done,
    laid_out,
    sent,
    sheet_of,
    to_add,
)
from meibo.domain.conditions import ConditionError, Group, parts_of, read
from meibo.ledger import reader
from meibo.platform.layout.frame import Frame, frame_for

#: What puts people in the order of the organisation.
ORDERING = frozenset({"unit", "post", "kana"})


def owner_of(request: HttpRequest) -> str:
    """Whose sets and conditions they are."""
    return str(request.user.get_username())


@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """条件で選ぶ: conditions kept, sets at hand."""
    frame = frame_for(request)
    owner = owner_of(request)
    context = {
        "kept": kept(owner, frame.viewer, frame.day),
        "sets": own_sets(owner, frame.today),
        "sharing": sharing(frame.viewer),
        "joints": sets.JOINTS.items(),
        "dropped_condition": _number(request.GET.get("dropped", "")),
        "dropped_set": _number(request.GET.get("dropped_set", "")),
    }
    return render(request, "directory/choosing/overview.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def build(request: HttpRequest) -> HttpResponse:
    """The builder. Every button sends the whole form; nothing is kept until it is asked for."""
    frame = frame_for(request)
    asked = choosing(frame.viewer, frame.day)
    saved = _saved(request, frame)
    if request.method != "POST":
        return _page(request, frame, asked, _begun(request, frame, saved), saved)
    sheet = done(sent(request.POST), request.POST.get("do", ""), request.POST, asked)
    sheet, condition = checked(sheet, asked)
    deed = request.POST.get("do", "")
    if deed in {"find", "save", "over"} and not any(parts_of(condition)):
        messages.error(request, "条件を一つ以上入れてください。")
    elif deed in {"find", "save", "over"} and not sheet.flaws:
        return _finish(request, frame, condition, saved)
    return _page(request, frame, asked, sheet, saved)


def _saved(request: HttpRequest, frame: Frame) -> SavedCondition | None:
    """The kept condition that is looked at."""
    number = _number(request.POST.get("saved", "") or request.GET.get("saved", ""))
    if number is None:
        return None
    found = usable(owner_of(request), frame.viewer).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _begun(request: HttpRequest, frame: Frame, saved: SavedCondition | None) -> Sheet:
    body = saved.body if saved else ""
    number = _number(request.GET.get("set", ""))
    if number is not None:
        found = set_of(owner_of(request), number, frame.today)
        body = found.body if found else ""
    try:
        return sheet_of(read(body)) if body else Sheet()
    except ConditionError:
        messages.error(request, "この条件は読めませんでした。新しく作ってください。")
        return Sheet()


def _page(
    request: HttpRequest, frame: Frame, asked: Choosing, sheet: Sheet, saved: SavedCondition | None
) -> HttpResponse:
    sheet, condition = checked(sheet, asked)
    empty = not any(parts_of(condition))
    started = perf_counter()
    count = None if empty else len(reader.choose(frame.viewer, condition, on=frame.day))
    context: dict[str, Any] = {
        "sheet": sheet,
        "bunches": laid_out(sheet, asked),
        "hows": HOWS.items(),
        "modes": MODES.items(),
        "ever": EVER.items(),
        "to_add": to_add(asked),
        "count": count,
        "took": f"{perf_counter() - started:.2f}",
        "told": "" if empty else asked.sentence(condition),
        "saved": saved,
        "mine": saved is not None and saved.owner == owner_of(request),
        "sharing": sharing(frame.viewer),
        "flaws": sheet.flaws if request.method == "POST" else [],
    }
    names = [row.name for bunch in context["bunches"] for row in bunch.rows]
    context["flaw_ids"] = ",".join(f"#{name}-flaw" for name in names)
    part = bool(getattr(request, "htmx", False))
    name = "directory/choosing/form.html" if part else "directory/choosing/build.html"
    return render(request, name, context)


def _finish(
    request: HttpRequest, frame: Frame, condition: Group, saved: SavedCondition | None
) -> HttpResponse:
    """Find the people, keep the condition anew, or keep it over the old one."""
    if request.POST["do"] == "find":
        return _find(request, frame, condition, saved)
    owner, now, name = owner_of(request), datetime.now(UTC), request.POST.get("name", "")
    shared = request.POST.get("shared", "")
    shared = shared if shared in dict(sharing(frame.viewer)) else ""
    if request.POST["do"] == "over" and saved is not None and saved.owner == owner:
        version = _number(request.POST.get("version", "")) or 0
        words = {"name": name or saved.name, "note": saved.note, "shared": shared}
        try:
            conditions.change(
                saved.pk, owner, version=version, now=now, condition=condition, **words
            )
        except conditions.StaleError as error:
            messages.error(request, str(error))
            asked = choosing(frame.viewer, frame.day)
            return _page(request, frame, asked, sheet_of(condition), saved)
    else:
        conditions.keep(owner, name, condition, shared=shared, now=now)
    messages.success(request, "条件を保存しました。")
    return redirect("directory:choosing")


def _find(
    request: HttpRequest, frame: Frame, condition: Group, saved: SavedCondition | None
) -> HttpResponse:
    """A set of the people who are meant, in the order of the organisation."""
    met = reader.choose(frame.viewer, condition, on=frame.day)
    cards = reader.cards(frame.viewer, on=frame.day, ids=met, only=ORDERING)
    day = f"{frame.day.month}月{frame.day.day}日に選んだ人"
    found = sets.make(
        owner_of(request),
        request.POST.get("name", "") or (saved.name if saved else day),
        [card.id for card in cards],
        on=frame.day,
        today=frame.today,
        now=datetime.now(UTC),
        condition=condition,
    )
    return redirect(frame.dated(reverse("directory:found", args=[found.pk])))
