"""安否 of one's own, and of one's own people."""

from __future__ import annotations

import io

import segno
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.safety.actions import mustering
from meibo.apps.safety.models import Bulletin, Called
from meibo.apps.safety.queries.board import Tally
from meibo.apps.safety.queries.desks import open_desks
from meibo.apps.safety.queries.organising import posted
from meibo.apps.safety.queries.own import own, watched
from meibo.apps.safety.views.board import lines
from meibo.ledger import reader
from meibo.platform.layout.frame import frame_for


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Answer, read instructions, show the code at the desk."""
    frame = frame_for(request)
    rows = [
        (each, drawn(request.build_absolute_uri(each.path)))
        for each in own(frame.viewer.person, timezone.now())
    ]
    leads = bool(frame.viewer.over.get("head"))
    where = posted(frame.today).get(frame.viewer.person or "")
    context = {"rows": rows, "leads": leads, "posted": where}
    context["desks"] = open_desks(frame.viewer.person, frame.today, timezone.now())
    return render(request, "safety/mine.html", context)


def drawn(text: str) -> SafeString:
    """A code for a scanner, as SVG without any style of its own."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True, svgclass="qr"
    )
    return mark_safe(out.getvalue().decode())  # nosec B308  # drawn from our own link


@require_POST
@never_cache
def read(request: HttpRequest, bulletin: int) -> HttpResponse:
    """Say that one has read an instruction."""
    told = Bulletin.objects.filter(pk=bulletin).first()
    person = frame_for(request).viewer.person
    called = Called.objects.filter(check_asked=told.check_asked_id, person=person) if told else None
    own_call = called.first() if called is not None and person else None
    if told is None or own_call is None:
        raise Http404
    mustering.read(told, own_call, now=timezone.now())
    return redirect("safety:mine")


@require_safe
@never_cache
def own_people(request: HttpRequest) -> HttpResponse:
    """For heads: their own people and nobody else. Their own answer has a page of its own, and is
    counted here as little as in what the first page says of their people."""
    frame = frame_for(request)
    over = frame.viewer.over.get("head")
    if not over:
        raise PermissionDenied
    check = watched(timezone.now())
    if check is None:
        return render(request, "safety/own_people.html", {})
    rows = Called.objects.filter(check_asked=check, person__in=over)
    rows = rows.exclude(person=frame.viewer.person or "")
    called = {each.person: each for each in rows}
    # The cards come by organisation, rank and reading, as people stand on every other page.
    ranked = reader.cards(frame.viewer, on=frame.today, ids=called, only=frozenset({"name"}))
    ordered = [called[card.id] for card in ranked]
    whole = Tally()
    for each in ordered:
        whole.add(each.status, each.comes, int(each.arrived_at is not None), each.home, 1)
    silent_first = sorted(ordered, key=lambda each: bool(each.status or each.arrived_at))
    shown, where = lines(frame, silent_first), posted(frame.today)
    for line in shown:
        line["posted"] = where.get(line["called"].person)
    context = {"check": check, "whole": whole, "lines": shown}
    return render(request, "safety/own_people.html", context)
