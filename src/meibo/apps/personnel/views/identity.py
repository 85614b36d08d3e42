"""名寄せ: whom the roster suspects, two people side by side, one number parted, and the yes of the
second clerk."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.personnel.actions import identity as actions
from meibo.apps.personnel.queries import identity as queries
from meibo.apps.personnel.queries import parting
from meibo.ledger import ties
from meibo.ledger.identity import IdentityError, Parting
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.typed import code, wholes

UNDO = "元に戻すときは、「これまでの名寄せ」の「取り消す」から提案します。"
WAITS = "提案しました。ほかの人事担当が承認すると、名簿に効きます。"


@require_safe
@never_cache
@of_personnel
def doubles(request: HttpRequest) -> HttpResponse:
    """Who is suspected, what waits and what was decided. With one staff number or two, it leads to
    the page of that person or that pair."""
    numbers = [code(request.GET.get(name, "")) for name in ("a", "b")]
    people = [ties.person_numbered(number) if number else None for number in numbers]
    one, other = people
    joined = next((found for each in people if each and (found := _joined(request, each))), None)
    if joined is None and one and other and one != other:
        return redirect("personnel:double", one, other)
    if joined is None and one and not numbers[1]:
        return redirect("personnel:part", one)
    viewer = frame_for(request).viewer
    waiting, decided = queries.cases(viewer, actor_of(request).name)
    pairs = zip(numbers, people, strict=True)
    context = {
        "suspects": queries.suspects(viewer),
        "waiting": waiting,
        "decided": decided,
        "distincts": queries.distincts(viewer),
        "numbers": numbers,
        "missed": [number for number, person in pairs if number and person is None],
        "twice": bool(one) and one == other,
        "joined": joined,
    }
    return render(request, "personnel/identity/doubles.html", context)


def _joined(request: HttpRequest, person: str) -> queries.Joined | None:
    return queries.joined(frame_for(request).viewer, person)


def _told(request: HttpRequest, *people: str) -> HttpResponse:
    """Instead of the page of numbers that are one person's already: that they are, and how they
    come apart again."""
    found = next((found for each in people if (found := _joined(request, each))), None)
    if found is None:
        raise Http404
    messages.info(request, f"名寄せ済みです：{'、'.join(found.labels)}。{UNDO}")
    return redirect("personnel:doubles")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
def double(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two people side by side; the same person, or two people."""
    pair = queries.pair(frame_for(request).viewer, one, other)
    if pair is None:
        return _told(request, one, other)
    if request.method != "POST":
        return render(request, "personnel/identity/pair.html", {"pair": pair, "why": ""})
    actor, now = actor_of(request), timezone.now()
    kept = other if request.POST.get("kept") == other else one
    joined, why = (one if kept == other else other), request.POST.get("why", "")
    try:
        if request.POST.get("deed") == "distinct":
            actions.call_distinct(one, other, actor=actor, now=now)
            messages.success(request, "別人と記録しました。この二人は、候補に出なくなります。")
        else:
            actions.propose_join(kept, joined, why, actor=actor, now=now)
            messages.success(request, WAITS)
    except IdentityError as error:
        messages.error(request, str(error))
        return render(
            request, "personnel/identity/pair.html", {"pair": pair, "why": why}, status=422
        )
    return redirect("personnel:doubles")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
def part(request: HttpRequest, person_id: str) -> HttpResponse:
    """Everything under one number: what of it belongs to somebody else."""
    whole = parting.whole(frame_for(request).viewer, person_id)
    if whole is None:
        return _told(request, person_id)
    chosen = {name: _numbers(request, name) for name in ("line", "filing")}
    number, why = request.POST.get("staff_no", "").strip()[:32], request.POST.get("why", "")
    if request.method == "POST":
        chosen_part = Parting(person_id, chosen["line"], chosen["filing"], number)
        try:
            actions.propose_part(chosen_part, why, actor=actor_of(request), now=timezone.now())
        except IdentityError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, WAITS)
            return redirect("personnel:doubles")
    context = {"whole": whole, "chosen": chosen, "number": number, "why": why}
    status = 422 if request.method == "POST" else 200
    return render(request, "personnel/identity/part.html", context, status=status)


@require_POST
@never_cache
@of_personnel
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The second clerk's yes or no, taking back, or the end of a mark."""
    actor, now, deed = actor_of(request), timezone.now(), request.POST.get("deed", "")
    why = request.POST.get("why", "")
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "approve": (
            lambda: actions.approve(number, actor=actor, now=now),
            "承認しました。名簿は、もう変わっています。",
        ),
        "refuse": (
            lambda: actions.refuse(number, actor=actor, now=now),
            "提案を終わりにしました。名簿は変わっていません。",
        ),
        "undo": (lambda: actions.propose_undo(number, why, actor=actor, now=now), WAITS),
        "suggest": (
            lambda: actions.forget_distinct(number, actor=actor, now=now),
            "「別人」の印を外しました。",
        ),
    }
    if deed not in deeds:
        raise Http404
    do, said = deeds[deed]
    try:
        do()
    except IdentityError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("personnel:doubles")


def _numbers(request: HttpRequest, name: str) -> frozenset[int]:
    return wholes(request.POST.getlist(name))
