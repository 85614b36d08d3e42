"""だれがどの権限を持っているか, and how one comes to hold it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.access.forms import ReasonForm, WishForm
from meibo.apps.access.queries import granted
from meibo.apps.access.queries.desk import own_history
from meibo.ledger import reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.grants import actions, rules
from meibo.platform.grants.actions import GrantError, Party, Wish
from meibo.platform.grants.queries import Standing
from meibo.platform.layout.frame import Frame, frame_for

_DONE = {"approve": "承認しました。", "refuse": "却下しました。", "revoke": "解除しました。"}


@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody's grants for who may read them, one's own for everybody; what waits comes first."""
    viewer, name = frame_for(request).viewer, request.user.get_username()
    found = granted.rows(viewer, granted.visible(viewer))
    duty, unit = request.GET.get("duty", ""), request.GET.get("unit", "")
    shown = [
        row
        for row in found
        if (row.open or request.GET.get("all"))
        and duty in {"", row.standing.grant.duty}
        and unit in {"", row.standing.grant.unit}
    ]
    context = {
        "sees_all": granted.sees_all(viewer),
        "rows": shown if granted.sees_all(viewer) else [],
        "mine": [r for r in found if viewer.person and r.standing.grant.person == viewer.person],
        "waiting": [r for r in found if granted.deeds(viewer, name, r.standing).approve],
        "past": own_history(viewer),
        "duties": rules.DUTIES,
        "units": sorted({(r.unit, r.standing.grant.unit) for r in found}),
        "duty": duty,
        "unit": unit,
        "proposes": bool(viewer.person and rules.proposable(viewer.held)),
    }
    return render(request, "access/grants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """A proposal: first for whom, then what."""
    frame = frame_for(request)
    duties = rules.proposable(frame.viewer.held)
    if not duties or not frame.viewer.person:
        raise PermissionDenied
    day = max(frame.day, frame.today)  # another day shown: a post that somebody will hold then
    person = request.GET.get("person", "")
    card = reader.card(frame.viewer, person, on=day) if person else None
    if card is None:
        query = request.GET.get("who", "")[:100]
        found = reader.search(frame.viewer, query, on=day, limit=20) if query else None
        return render(request, "access/grant_who.html", {"who": query, "found": found})
    data = request.POST if request.method == "POST" else None
    form = WishForm(data, duties=duties, units=granted.chairs(card), initial={"starts": day})
    if data is not None and form.is_valid():
        try:
            grant = actions.propose(_wish(card.id, form), by=_party(request), now=datetime.now(UTC))
        except GrantError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "提案しました。ほかの人が承認すると有効になります。")
            return redirect("access:grant", grant.pk)
    status = 422 if data is not None else 200
    context = {"form": form, "card": card, "day": day}
    return render(request, "access/grant_new.html", context, status=status)


def _wish(person: str, form: WishForm) -> Wish:
    values = form.cleaned_data
    return Wish(
        person, values["duty"], values["unit"], values["starts"], values["purpose"], values["last"]
    )


def _party(request: HttpRequest) -> Party:
    return Party(actor_of(request), frame_for(request).viewer.held)


@require_safe
@never_cache
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One grant: why, by whom, how it stands, and what may be done."""
    frame = frame_for(request)
    context = _shown(request, frame, number)
    return render(request, "access/grant.html", context)


def _one(frame: Frame, number: int) -> Standing:
    found = granted.visible(frame.viewer, number=number)
    if not found:
        raise Http404
    return found[0]


def _shown(request: HttpRequest, frame: Frame, number: int) -> dict[str, Any]:
    standing = _one(frame, number)
    return {
        "row": granted.rows(frame.viewer, [standing])[0],
        "grant": standing.grant,
        "deeds": granted.deeds(frame.viewer, request.user.get_username(), standing),
        "form": ReasonForm(),
    }


@require_POST
@never_cache
def decide(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Approve, refuse or revoke. What is refused is told, and nothing has happened."""
    frame = frame_for(request)
    _one(frame, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "ひとことを直してください。何も変わっていません。")
        return redirect("access:grant", number)
    reason, now = form.cleaned_data["reason"], datetime.now(UTC)
    party = _party(request)
    try:
        if deed == "approve":
            actions.approve(number, by=party, on=frame.today, now=now, reason=reason)
        elif deed == "refuse":
            actions.refuse(number, by=party, now=now, reason=reason)
        else:
            actions.revoke(number, by=party, now=now, reason=reason)
    except GrantError as error:
        messages.error(request, f"{error}")
    else:
        messages.success(request, _DONE[deed])
    return redirect("access:grant", number)
