"""決裁: for those who decide, on a phone too. One plan a page; they need not be of personnel."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions import deciding as actions
from meibo.apps.personnel.actions.deciding.snapshots import since
from meibo.apps.personnel.models import Submission
from meibo.apps.personnel.queries.deciding import mine
from meibo.apps.personnel.queries.deciding.board import doubts
from meibo.apps.personnel.queries.deciding.reading import Teller, contents
from meibo.apps.personnel.queries.deciding.reorganised import reorganised
from meibo.apps.personnel.queries.deciding.turns import Told, called, told
from meibo.domain.calendar import day_in_japan
from meibo.ledger import drawer
from meibo.ledger.drawer import DrawerError, NotNamedError
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import Frame, frame_for

#: So many orders are listed at once; the rest is asked for.
LISTED = 200


def signed_in(request: HttpRequest) -> Frame:
    """The frame of somebody with an account who is in service; nobody else has anything here."""
    frame = frame_for(request)
    viewer = frame.viewer
    if not actor_of(request).name or not (viewer.ties or viewer.waiting):
        raise PermissionDenied
    return frame


@require_safe
@never_cache
def decisions(request: HttpRequest) -> HttpResponse:
    """What waits for the visitor's decision, and what they decided on before."""
    frame = signed_in(request)
    found = mine.cases(actor_of(request).name, frame.today)
    context = {
        "waiting": [case for case in found if case.mine_now],
        "others": [case for case in found if not case.mine_now],
    }
    return render(request, "personnel/deciding/decisions.html", context)


@require_safe
@never_cache
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """One plan, as it was laid before the visitor."""
    frame = signed_in(request)
    case = _case(request, number)
    context = {
        "case": case,
        "turns": told(case.turns, frame.today),
        "asked_by": called(case.submission.asked_by, case.submission.asker, frame.today),
        "everything": request.GET.get("all") == "1",
        "listed": LISTED,
        "refused": _refused_before(case.submission),
        "contents": None,
    }
    if case.plan.state == drawer.ANNOUNCED or _still_there(case):
        read = contents(case.submission.plan, frame.viewer)
        context |= {"contents": read, "cut": read.orders > LISTED and not context["everything"]}
        context["differences"] = _differences(case.submission, frame)
        context["units"] = reorganised(case.plan, frame.today)
        if case.mine_now:
            context["doubts"] = doubts(case.submission.plan, frame.today)
    return render(request, "personnel/deciding/decision.html", context)


@require_POST
@never_cache
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse; which, the button says."""
    frame = signed_in(request)
    actor, now, reason = actor_of(request), timezone.now(), request.POST.get("reason", "")
    deed = request.POST.get("deed")
    try:
        if deed == "approve":
            last = actions.approve(number, reason=reason, actor=actor, now=now, today=frame.today)
            said = "決裁が済みました。" if last else "承認しました。つぎの人に回りました。"
        elif deed == "refuse":
            actions.refuse(number, reason=reason, actor=actor, now=now, today=frame.today)
            said = "差し戻しました。理由は案を出した人に伝わります。"
        else:
            raise Http404
    except NotNamedError as error:
        raise Http404 from error
    except DrawerError as error:
        messages.error(request, str(error))
        if mine.case(number, actor.name, frame.today) is None:  # withdrawn meanwhile
            return redirect("deciding:decisions")
        return redirect("deciding:decision", number)
    messages.success(request, said)
    return redirect("deciding:decisions")


def _case(request: HttpRequest, number: int) -> mine.Case:
    found = mine.case(number, actor_of(request).name, frame_for(request).today)
    if found is None:
        raise Http404
    return found


def _still_there(case: mine.Case) -> bool:
    """Whether the plan is what was laid before them: nobody follows how a draft is worked on."""
    return case.submission.state in {Submission.OPEN, Submission.APPROVED}


def _refused_before(asked: Submission) -> list[Told]:
    """Why it was refused, in earlier rounds."""
    rounds = Submission.objects.filter(plan=asked.plan, pk__lt=asked.pk, state=Submission.REFUSED)
    last = rounds.order_by("-pk").first()
    turns = last.turns.exclude(reason="") if last else ()
    return told(turns, day_in_japan(asked.asked_at))


def _differences(asked: Submission, frame: Frame) -> list[tuple[str, str, str]] | None:
    """What has changed since the round before; None for a first one."""
    rounds = Submission.objects.filter(plan=asked.plan, pk__lt=asked.pk).order_by("-pk")
    before = rounds.first()
    if before is None or before.snapshot == "[]":
        return None
    found = since(asked.plan, before.snapshot)
    teller = Teller(asked.plan, frame.viewer, [d.line for d in drawer.lines(asked.plan)])
    return [teller.changed(each) for each in found]
