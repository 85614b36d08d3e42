"""Where filings are seen to: by the 庶務担当 of a section, and by personnel."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions.filings import deciding
from meibo.apps.personnel.actions.filings.deciding import By, Marked, Outcome
from meibo.apps.personnel.actions.filings.own import FilingError
from meibo.apps.personnel.actions.filings.rules import STEPS, problems
from meibo.apps.personnel.queries.filings import confirming, desk
from meibo.apps.personnel.queries.filings.onward import onward
from meibo.apps.personnel.queries.filings.waiting import STATES, in_hands_of
from meibo.apps.personnel.views.filings import scans
from meibo.platform import door
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.typed import whole

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def of_checkers(view: View[Rest]) -> View[Rest]:
    """A view for personnel, who have said what for, and for a 庶務担当."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        viewer = frame_for(request).viewer
        if not in_hands_of(viewer):
            raise PermissionDenied
        if "hr" in viewer.waiting:
            return door.ask_purpose(request)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@never_cache
@of_checkers
def filings(request: HttpRequest) -> HttpResponse:
    """The list."""
    wish = desk.Wish.of(request.GET)
    found = desk.desk(frame_for(request).viewer, wish, request.GET.get("page", ""))
    context = {
        "desk": found,
        "states": {**STATES, "all": "すべて"},
        "steps": STEPS,
        "problems": problems(),
    }
    return render(request, "personnel/filings/list.html", context)


@require_safe
@never_cache
@of_checkers
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """One filing."""
    found = desk.sheet(frame_for(request).viewer, number)
    if found is None:
        raise Http404
    return render(request, "personnel/filings/sheet.html", {"sheet": found})


@require_safe
@never_cache
@of_checkers
def scan(request: HttpRequest, number: int) -> HttpResponse:
    """The scan that came with a filing, for who may see what it says."""
    found = desk.sheet(frame_for(request).viewer, number)
    if found is None or not found.scan:
        raise Http404
    return scans.handed(request, found.line.filing.person, found.scan)


@require_POST
@never_cache
@of_checkers
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or return, one or several at once. Each comes as `number:version:record`."""
    marks = [mark for text in request.POST.getlist("filing") if (mark := _marked(text))]
    returned = request.POST.get("deed") == "return"
    reason = request.POST.get("reason", "")
    if not marks:
        messages.error(request, "届を選んでください。何も変わっていません。")
    elif returned and not reason.strip():
        messages.error(request, "差し戻すわけを書いてください。何も変わっていません。")
    else:
        why, bulk = reason if returned else None, request.POST.get("from") != "sheet"
        by = _by(request)
        _tell(request, deciding.decide_many(marks, why, by, now=timezone.now(), bulk=bulk))
    one = len(marks) == 1 and request.POST.get("from") == "sheet"
    return redirect("personnel:filing", marks[0].number) if one else redirect("personnel:filings")


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    """What came of it: how many were done, where they go from here, how many were left and why."""
    if outcome.accepted:
        messages.success(request, f"{len(outcome.accepted)}件を受け付けました。名簿に入りました。")
        for words in onward(outcome.accepted, frame_for(request).viewer.today):
            messages.info(request, words)
    if outcome.passed:
        said = f"{outcome.passed}件を確かめました。人事課へ回しました（名簿はまだ変わりません）。"
        messages.success(request, said)
    if outcome.returned:
        messages.success(request, f"{outcome.returned}件を差し戻しました。")
    if outcome.waiting:
        messages.warning(
            request,
            f"{outcome.waiting}件は、ほかの人の番なので、そのままにしました。"
            "順番を飛ばすときは、1件ずつ開いて決めてください。",
        )
    for text, count in outcome.refused:
        messages.error(request, f"{count}件：{text}" if count > 1 else text)


@require_POST
@never_cache
@of_checkers
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take an acceptance back."""
    marked = Marked(number, whole(request.POST.get("version", "")))
    try:
        deciding.undo(marked, request.POST.get("reason", ""), _by(request), now=timezone.now())
    except FilingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "受付を取り消しました。名簿は、届の前の記録に戻りました。")
    return redirect("personnel:filing", number)


@require_safe
@never_cache
@of_checkers
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Who has not said in time that their contacts are still right."""
    found = confirming.late(frame_for(request).viewer)
    return render(request, "personnel/filings/unconfirmed.html", {"late": found})


def _by(request: HttpRequest) -> By:
    return By(frame_for(request).viewer, actor_of(request))


def _marked(text: str) -> Marked | None:
    parts = [whole(part) for part in text.split(":")]
    if len(parts) < 2 or min(parts[:2]) < 0:
        return None
    record = parts[2] if len(parts) > 2 and parts[2] >= 0 else None
    return Marked(parts[0], parts[1], record)
