"""The versions: which there were, what two have different, one of them whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.domain.disclosure import TIES
from meibo.domain.disclosure_editing import differences
from meibo.ledger import policy
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.policy import actions
from meibo.platform.policy.views.gate import decides, drafts, only


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None


@require_safe
@never_cache
def versions(request: HttpRequest) -> HttpResponse:
    """Every version; with `a` and `b`, what these two have different. Open to all, as the table
    itself is; who drafted and approved is for those who do so."""
    frame = frame_for(request)
    known = policy.versions()
    numbers = {version.number: version for version in known}
    first = numbers.get(_number(request.GET.get("a")) or 0)
    second = numbers.get(_number(request.GET.get("b")) or 0)
    changes = None
    if first is not None and second is not None and "a" in request.GET:
        changes = [(c, TIES[c.tie]) for c in differences(first.table, second.table)]
    context = {
        "versions": known,
        "current": policy.in_force(frame.today).number,
        "first": first,
        "second": second,
        "changes": changes,
        "names": decides(frame.viewer),
        "writes": drafts(frame.viewer),
    }
    return render(request, "policy/versions.html", context)


@require_POST
@never_cache
@only(drafts)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an approved version back before its day."""
    if policy.version(number) is None:
        raise Http404
    reason, today = request.POST.get("reason", ""), frame_for(request).today
    try:
        actions.withdraw(number, reason, actor=actor_of(request), now=timezone.now(), today=today)
    except actions.PolicyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"第{number}版を取り下げました。")
    return redirect("policy:versions")
