"""直しの提案: what waits, what was decided; and one's own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.exchange.queries.asking import (
    Asked,
    own_choices,
    own_proposals,
    shown,
)
from meibo.apps.exchange.views.forms import OwnForm
from meibo.apps.exchange.views.guard import of_exchange
from meibo.ledger import reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.once.guard import once
from meibo.platform.ownership import LABELS, Leader, coming, ownership
from meibo.platform.proposals import actions
from meibo.platform.proposals.models import Proposal
from meibo.platform.typed import whole

PAGE = 40
STATES = {Proposal.OPEN: "待っている", Proposal.ACCEPTED: "認めた", Proposal.REFUSED: "断った"}
SAID = {"accept": "認めました。", "refuse": "断りました。"}
TOWARD = {Proposal.PAYROLL: "給与へ", Proposal.PERSONNEL: "人事へ"}


@require_safe
@never_cache
@of_exchange
def owners(request: HttpRequest) -> HttpResponse:
    """Which system leads which field."""
    today = frame_for(request).today
    lines = [(each, LABELS[each.leads]) for each in ownership(today).values()]
    later = [(each, LABELS[each.leads]) for each in coming(today)]
    return render(request, "exchange/ownership.html", {"lines": lines, "later": later})


@require_safe
@never_cache
@of_exchange
def proposals(request: HttpRequest) -> HttpResponse:
    """All proposals, those that wait first."""
    state = request.GET.get("state", Proposal.OPEN)
    toward = request.GET.get("toward", "")
    rows = Proposal.objects.all()
    if state in STATES:
        rows = rows.filter(state=state)
    if toward in TOWARD:
        rows = rows.filter(toward=toward)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    viewer = frame_for(request).viewer
    lines: list[tuple[Asked, str, str]] = [
        (each, STATES[each.row.state], TOWARD[each.row.toward]) for each in shown(viewer, page)
    ]
    context = {
        "page": page,
        "lines": lines,
        "state": state,
        "toward": toward,
        "states": STATES.items(),
        "towards": TOWARD.items(),
        "personnel": "hr" in viewer.ties,
    }
    return render(request, "exchange/proposals.html", context)


@require_POST
@never_cache
@of_exchange
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accept, refuse, or take a decision back."""
    row = Proposal.objects.filter(pk=number).first()
    theirs = row is not None and row.toward == Proposal.PERSONNEL
    if theirs and "hr" not in frame_for(request).viewer.ties:
        raise PermissionDenied
    version = whole(request.POST.get("version", ""))
    actor, now = actor_of(request), timezone.now()
    deed = request.POST.get("deed", "")
    try:
        if deed == "accept":
            actions.accept(number, version, actor=actor, now=now)
        elif deed == "refuse":
            reason = request.POST.get("reason", "")[:300]
            actions.refuse(number, version, reason, actor=actor, now=now)
        else:
            actions.undo(number, version, actor=actor, now=now)
    except actions.ProposalError as error:
        messages.error(request, str(error))
    else:
        said = {"accept": "認めました。", "refuse": "断りました。"}.get(
            deed, "待っている状態に戻しました。"
        )
        messages.success(request, said)
    return redirect("exchange:proposals")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@once
def own(request: HttpRequest) -> HttpResponse:
    """What somebody asks to be put right in their own record, in fields that payroll leads."""
    frame = frame_for(request)
    viewer = frame.viewer
    card = reader.card(viewer, viewer.person, on=frame.today) if viewer.person else None
    if card is None:
        raise PermissionDenied
    choices = own_choices(card, frame.today)
    posted = request.POST or None
    initial = {"on": frame.today}
    form = OwnForm(posted, choices=[(k, label) for k, label, _ in choices], initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        current = next(value for key, _, value in choices if key == values["field"])
        new = actions.New(
            person=card.id,
            field=values["field"],
            current=current,
            proposed=values["value"],
            toward=Proposal.PERSONNEL,
            origin="own",
            effective=values["on"],
            why=values["why"],
        )
        if actions.put([new], actor=actor_of(request), now=timezone.now()):
            messages.success(
                request, "人事に申し出ました。認められると、あなたの記録が変わります。"
            )
        else:
            messages.info(request, "同じ申出がもうあります。")
        return redirect("exchange:own")
    context = {
        "choices": choices,
        "form": form,
        "lines": [(each, STATES[each.row.state]) for each in own_proposals(card.id)],
        "person": LABELS[Leader.PERSON],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "exchange/own.html", context, status=status)
