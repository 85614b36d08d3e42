"""個人情報ファイル簿 for every member of staff, and requests with their last days for 人事."""

import csv
from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.platform import door
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.privacy import actions, queries
from meibo.platform.privacy import register as registering
from meibo.platform.privacy.forms import RequestForm
from meibo.platform.privacy.models import RESULTS


def _personnel(request: HttpRequest) -> Frame:
    frame = frame_for(request)
    if not frame.viewer.holds("hr"):
        raise PermissionDenied
    return frame


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def requests(request: HttpRequest) -> HttpResponse:
    """Requests, the most urgent first; one more is taken in here."""
    frame = _personnel(request)
    form = RequestForm(request.POST or None, initial={"received": frame.today})
    if request.method == "POST" and form.is_valid() and _take_in(request, frame, form):
        messages.success(request, "請求を受け付けました。")
        return redirect("privacy:requests")
    context = {
        "form": form,
        "pending": queries.pending(frame.today),
        "decided": queries.decided(),
        "results": RESULTS.items(),
    }
    failed = request.method == "POST"
    return render(request, "privacy/requests.html", context, status=422 if failed else 200)


def _take_in(request: HttpRequest, frame: Frame, form: RequestForm) -> bool:
    kept = form.cleaned_data
    try:
        actions.take_in(
            kept["kind"],
            kept["staff_no"],
            kept["received"],
            actor=actor_of(request),
            now=datetime.now(UTC),
            on=frame.today,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_POST
@never_cache
def step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Extending the time of a request, or deciding on it."""
    frame = _personnel(request)
    actor, now = actor_of(request), datetime.now(UTC)
    try:
        if step == "extend":
            actions.extend(number, request.POST.get("reason", ""), actor=actor, now=now)
            messages.success(
                request, "期限を30日延ばしました。請求者に、期間と理由を知らせてください。"
            )
        elif step == "decide":
            result = request.POST.get("result", "")
            actions.decide(number, result, actor=actor, now=now, on=frame.today)
            messages.success(request, "結果を記録しました。")
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("privacy:requests")


@require_safe
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """個人情報ファイル簿, open to every member of staff."""
    return render(request, "privacy/register.html", {"items": registering.items(on=door.today())})


@require_safe
@never_cache
def register_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, with a mark that spreadsheets need to read UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="file-register.csv"'
    out = csv.writer(response)
    out.writerow(["番号", "事項", "内容", "もと"])
    out.writerows(
        [item.number, item.label, item.value, item.source]
        for item in registering.items(on=door.today())
    )
    return response
