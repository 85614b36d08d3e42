"""What a draft would do, and the decision on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.domain.disclosure import TIES, Viewer, parse_cached
from meibo.domain.disclosure_editing import doubts, row_changes
from meibo.ledger import policy
from meibo.platform.audit.actions import Actor, actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.policy import actions
from meibo.platform.policy.models import Draft, State
from meibo.platform.policy.queries import preview
from meibo.platform.policy.views.gate import decides, drafts, only


@require_safe
@never_cache
@only(decides)
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """The effect of a draft, against the table that its day would have without it."""
    found = Draft.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    frame = frame_for(request)
    day = max(found.starts or frame.today, frame.today)
    base = policy.in_force(day)
    table = parse_cached(found.text)
    labels = {row.field: row.label for row in table.rows}
    context = {
        "draft": found,
        "base": base,
        "effect": preview(base.table, table, frame.today),
        "rows": row_changes(base.table, table),
        "doubts": [
            (labels.get(each.field, each.field), TIES[each.tie], each) for each in doubts(table)
        ],
        "waiting": found.state == State.ASKED,
        "writes": drafts(frame.viewer),
        "decides": actions.may_decide(found, actor_of(request)),
        "open": found.state not in {State.APPROVED, State.DROPPED},
    }
    return render(request, "policy/draft.html", context)


Deed = Callable[[int, str, Actor, datetime, date], object]
#: What a button of the page does, who may press it, and what is said then.
DEEDS: dict[str, tuple[Deed, Callable[[Viewer], bool], str]] = {
    "ask": (
        lambda n, _, a, now, day: actions.ask(n, actor=a, now=now, today=day),
        drafts,
        "承認を求めました。案を書いていない人（人事か監査）が承認すると、施行日から効きます。",
    ),
    "approve": (
        lambda n, _, a, now, day: actions.approve(n, actor=a, now=now, today=day),
        decides,
        "承認しました。施行日から効きます。",
    ),
    "refuse": (
        lambda n, why, a, now, _: actions.refuse(n, why, actor=a, now=now),
        decides,
        "差し戻しました。",
    ),
    "reopen": (
        lambda n, _, a, now, __: actions.reopen(n, actor=a, now=now),
        drafts,
        "作成中に戻しました。",
    ),
    "drop": (
        lambda n, _, a, now, __: actions.drop(n, actor=a, now=now),
        drafts,
        "案を取りやめました。",
    ),
}


@require_POST
@never_cache
@only(decides)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """One step of a draft; which one, the button says."""
    known = DEEDS.get(request.POST.get("deed", ""))
    frame = frame_for(request)
    if known is None:
        raise Http404
    deed, may, said = known
    if not may(frame.viewer):
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    try:
        deed(number, reason, actor_of(request), timezone.now(), frame.today)
    except actions.PolicyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("policy:draft", number)
