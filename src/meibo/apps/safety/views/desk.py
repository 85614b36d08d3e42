"""The desk at the gate, and instructions to those who were asked."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.apps.safety.actions import mustering
from meibo.apps.safety.actions.mustering import OVER, MusterError, is_over
from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.bulletins import handed_over
from meibo.apps.safety.queries.desks import arrivals, at_desk, led, running
from meibo.apps.safety.queries.links import called_of
from meibo.apps.safety.queries.scopes import words
from meibo.apps.safety.queries.targets import Target
from meibo.apps.safety.queries.whom import unreached
from meibo.apps.safety.views.board import lines
from meibo.apps.safety.views.checks import found
from meibo.apps.safety.views.events import of_crisis
from meibo.apps.safety.views.picking import given
from meibo.domain.safety.organising import Place
from meibo.ledger import reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.typed import whole

_LAST, _HITS, _KEPT = 10, 50, 200
FEW = 20
"""To so many an instruction goes without a last look."""


class BulletinForm(forms.Form):
    """What is to be done."""

    text = forms.CharField(
        label="指示",
        max_length=600,
        widget=forms.Textarea,
        help_text="聞いた人すべての最初の頁に出ます。後から直せません。変わったら、新しく出してください。",
    )
    routes = forms.BooleanField(
        label="メールなどの経路でも送る",
        required=False,
        help_text="聞いた人の宛先に、1回ずつ送ります。読んだと伝えた人の、まだ送っていない宛先には送りません。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def desk(request: HttpRequest, number: int) -> HttpResponse:
    """Take arrivals: by the code on the person's telephone, or by a search. For crisis management;
    and, while the check runs, for whoever leads a shelter or a base, who see there their own people
    and whom they took."""
    check, place = _opened(request, number)
    frame, seen = frame_for(request), None
    if place is not None:
        seen = at_desk(check, place, frame.today, _taken(request, check))
    if request.method == "POST":
        _take(request, check, seen)
        return redirect("safety:desk", number)
    query = request.GET.get("q", "").strip()
    hits, total = _sought(frame, check, query) if query else ([], 0)
    latest = arrivals(check, seen)
    context = {
        "check": check,
        "place": place,
        "query": query,
        "hits": lines(frame, hits, contacts=False),
        "total": total,
        "most": _HITS,
        "latest": lines(frame, list(latest[:_LAST]), contacts=False),
        "count": latest.count(),
        "over": is_over(check, timezone.now()),
    }
    return render(request, "safety/desk.html", context)


def _opened(request: HttpRequest, number: int) -> tuple[Check, Place | None]:
    """The check, and the place whose desk this is; None: that of the headquarters."""
    frame = frame_for(request)
    if frame.viewer.holds("crisis"):
        return found(number), None
    place = led(frame.viewer.person, frame.today)
    check = running(timezone.now()).filter(pk=number).first()
    if place is None or check is None:
        raise PermissionDenied
    return check, place


def _sought(frame: Frame, check: Check, query: str) -> tuple[list[Called], int]:
    """Who was asked among the first whom the roster finds; and how many it finds."""
    page = reader.search(frame.viewer, query, on=frame.today, limit=_HITS)
    ids = [hit.card.id for hit in page.hits]
    rows = {c.person: c for c in Called.objects.filter(check_asked=check, person__in=ids)}
    return [rows[person] for person in ids if person in rows], page.total


def _taken(request: HttpRequest, check: Check) -> set[int]:
    """Whom this desk took since it was opened in this session."""
    return set(request.session.get(f"desk-{check.pk}", []))


def _take(request: HttpRequest, check: Check, seen: set[int] | None) -> None:
    now, actor = timezone.now(), actor_of(request)
    called = _meant(request, check)
    if is_over(check, now):  # the links are no longer good, so nobody is meant by one
        messages.error(request, OVER)
    elif called is None:
        messages.error(request, "だれのものか読めませんでした。名前でさがしてください。")
    elif request.POST.get("undo"):
        if seen is not None and called.pk not in seen:  # somebody was here, at another desk
            raise PermissionDenied
        mustering.take_back(called, actor=actor, now=now)
        messages.success(request, "取り消しました。")
    elif mustering.arrive(called, actor=actor, now=now):
        if seen is not None:
            request.session[f"desk-{check.pk}"] = [*_taken(request, check), called.pk][-_KEPT:]
        messages.success(request, f"{_name(request, called)}さんの到着を受け付けました。")
    else:
        messages.info(request, f"{_name(request, called)}さんは、もう受け付けてあります。")


def _meant(request: HttpRequest, check: Check) -> Called | None:
    """Who is meant: chosen from the search, or by the link that a scanner typed."""
    number, scanned = request.POST.get("called", ""), request.POST.get("scanned", "").strip()
    if number:
        return Called.objects.filter(check_asked=check, pk=whole(number)).first()
    called = called_of(scanned.rstrip("/").rpartition("/")[2], timezone.now())
    return called if called is not None and called.check_asked_id == check.pk else None


def _name(request: HttpRequest, called: Called) -> str:
    frame = frame_for(request)
    card = reader.card(frame.viewer, called.person, on=frame.today)
    return str(card["name"]) if card and "name" in card else "この職員"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def bulletins(request: HttpRequest, number: int) -> HttpResponse:
    """Instructions, and how many have read each."""
    check = found(number)
    form = BulletinForm(request.POST or None)
    asked = request.method == "POST" and "back" not in request.POST
    over = check.closed_at is not None or is_over(check, timezone.now())
    if asked and form.is_valid():
        count = check.called.count()
        if count > FEW and not over and "sure" not in request.POST:
            return _sure(request, check, form, count)
        try:
            text = form.cleaned_data["text"]
            routes, now = form.cleaned_data["routes"], timezone.now()
            mustering.instruct(check, text, routes=routes, actor=actor_of(request), now=now)
        except MusterError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, "指示を出しました。")
            return redirect("safety:bulletins", number)
    gone = handed_over(check)
    rows = [(each, each.receipts.count(), gone.get(each.pk, 0)) for each in check.bulletins.all()]
    context = {
        "check": check,
        "form": form,
        "rows": rows,
        "few": FEW,
        "asked": check.called.count(),
    }
    context["over"] = over
    status = 422 if asked else 200
    return render(request, "safety/bulletins.html", context, status=status)


def _sure(request: HttpRequest, check: Check, form: BulletinForm, count: int) -> HttpResponse:
    """A last look: what goes to how many can't be changed any more."""
    routes = form.cleaned_data["routes"]
    context = {
        "check": check,
        "text": form.cleaned_data["text"],
        "count": count,
        "routes": routes,
        "whom": words(Target.of(check.target), frame_for(request).today),
        "given": given(request),
    }
    if routes:
        people = check.called.values_list("person", flat=True)
        context["unreached"] = unreached(list(people), frame_for(request).today)
    return render(request, "safety/bulletin_sure.html", context)


@require_http_methods(["GET", "HEAD"])
@never_cache
@of_crisis
def unread(request: HttpRequest, number: int, bulletin: int) -> HttpResponse:
    """Who has not read an instruction: so many, and the first of them."""
    check = found(number)
    told = check.bulletins.filter(pk=bulletin).first()
    if told is None:
        raise Http404
    read = told.receipts.values_list("called", flat=True)
    rows = check.called.exclude(pk__in=read).order_by("unit", "pk")
    shown = lines(frame_for(request), list(rows[:100]), contacts=False)
    context = {"check": check, "told": told, "lines": shown, "count": rows.count()}
    return render(request, "safety/unread.html", context)
