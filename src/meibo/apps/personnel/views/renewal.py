"""会計年度任用職員の更新, as personnel does it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.personnel.actions import renewal as actions
from meibo.apps.personnel.actions import renewal_orders
from meibo.apps.personnel.actions.renewal import RenewalError
from meibo.apps.personnel.actions.renewal_scope import tree_of
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.apps.personnel.queries import renewal as queries
from meibo.apps.personnel.views.renewal_forms import ChangeForm, RoundForm
from meibo.domain.calendar import fiscal_bounds, fiscal_label, fiscal_year
from meibo.domain.renewal import Answer
from meibo.ledger import joins, reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once
from meibo.platform.typed import whole, wholes

_LINES = 100
_WISH = ("unit", "authority", "state")  # by what the list of a round is narrowed


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
@once
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, and the form for a new one."""
    today = frame_for(request).today
    form = RoundForm(queries.authorities_of(today), request.POST or None, initial=_next(today))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            number = actions.begin(
                *(values["title"], values["ends"], values["last"], values["until"]),
                values["authority"],
                actor=actor_of(request),
                now=timezone.now(),
                on=today,
            )
        except RenewalError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "更新をはじめました。所属と本人に、意向をたずねています。")
            return redirect("personnel:renewal", number)
    context = {"rounds": queries.rounds(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "personnel/renewal/rounds.html", context, status=status)


def _next(today: date) -> dict[str, object]:
    year = fiscal_year(today)
    ends, last = (date.fromordinal(fiscal_bounds(y)[1].toordinal() - 1) for y in (year, year + 1))
    return {"title": f"{fiscal_label(year + 1)} 再度の任用", "ends": ends, "last": last}


@require_safe
@never_cache
@of_personnel
def renewal(request: HttpRequest, number: int) -> HttpResponse:
    """One round: how far it is, and the contracts, to be decided on many at a time."""
    frame, found = frame_for(request), _round(number)
    wish = {name: request.GET.get(name, "") for name in _WISH}
    every = queries.lines(frame.viewer, found)
    shown = [x for x in every if _matches(x, **wish)]
    parts = queries.tallies(every, frame.today)
    page = Paginator(shown, _LINES).get_page(request.GET.get("page"))
    context = {
        "round": found,
        "tally": queries.tally(every),
        "page": page,
        "count": len(shown),
        **wish,
        "parts": parts,
        "authorities": list(dict.fromkeys(authority for authority, _, _ in parts)),
        "units": [u for u in reader.units(frame.viewer, on=frame.today) if u["level"] <= 2],
        "decisions": queries.DECISIONS.items(),
        "back": request.get_full_path(),
    }
    return render(request, "personnel/renewal/round.html", context)


def _matches(line: queries.RenewalLine, unit: str, authority: str, state: str) -> bool:
    if (unit and unit not in line.path) or (authority and authority != line.authority):
        return False
    match state:
        case "undecided":
            return not line.item.decision
        case "stops":
            return line.stops
        case "unanswered":
            return not (line.item.section and line.item.own)
        case "agreed":
            return line.item.section == line.item.own == "yes" and not line.item.decision
        case "":
            return True
        case _:
            return line.item.decision == state


@require_POST
@never_cache
@of_personnel
def renewal_decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide on those who were ticked, each as it was looked at."""
    chosen = wholes(request.POST.getlist("item"))
    versions = {i: whole(request.POST.get(f"version-{i}", "")) for i in chosen}
    try:
        done, stale = actions.decide(
            *(number, versions, request.POST.get("decision", "")),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except RenewalError as error:
        messages.error(request, str(error))
        return _back(request, number)
    if not versions:
        messages.error(request, "職員を選んでください。何も変わっていません。")
    elif done:
        messages.success(request, f"{done}人を決めました。")
    if stale:
        by = "、".join(sorted({row.changed_by for row in stale} - {""})) or "ほかの人"
        words = f"{len(stale)}人は {by} が先に変えたため、そのままにしました。確かめてください。"
        messages.warning(request, words)
    return _back(request, number)


def _back(request: HttpRequest, number: int) -> HttpResponse:
    kept = {k: v for k in (*_WISH, "page") if (v := request.POST.get(k))}
    address = reverse("personnel:renewal", args=(number,))
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
def renewal_item(request: HttpRequest, item: int) -> HttpResponse:
    """One contract: another place, other hours."""
    row = RenewalItem.objects.select_related("round").filter(pk=item).first()
    if row is None:
        raise Http404
    lines = queries.lines(frame_for(request).viewer, row.round, people={joins.lead(row.person)})
    line = next((x for x in lines if x.item.pk == item), None)
    if line is None:
        raise Http404
    unit = " ".join(tree_of(row.round).path(row.unit)) if row.unit else ""
    kept = {"decision": row.decision or "renew", "unit": unit, "post": row.post}
    kept["version"] = str(row.version)
    ticked = {"recruited": row.recruited}
    given = request.POST if request.method == "POST" else None
    form = ChangeForm(row.round, given, initial={**kept, **ticked})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        minutes = values["hours"] if values["hours"] is not None else row.minutes
        answer = Answer(
            decision=values["decision"],
            unit=values["unit"],
            post=values["post"],
            minutes=minutes,
            recruited=values["recruited"],
        )
        try:
            actions.change(
                *(item, values["version"], answer), actor=actor_of(request), now=timezone.now()
            )
        except RenewalError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "保存しました。")
            return redirect("personnel:renewal", row.round_id)
    others = [x for x in lines if x.item.pk != item]
    context = {"line": line, "others": others, "form": form, "round": row.round}
    status = 422 if form.errors else 200
    return render(request, "personnel/renewal/item.html", context, status=status)


@require_POST
@never_cache
@of_personnel
def renewal_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Take in who came since, lay the orders in, close."""
    _round(number)
    actor, now, today = actor_of(request), timezone.now(), frame_for(request).today
    try:
        if step == "refresh":
            count = actions.refresh(number, actor=actor, now=now, on=today)
            words = f"{count}人を加えました。" if count else "新しく対象になった人はいません。"
        elif step == "lay":
            words = _told(renewal_orders.lay(number, actor=actor, now=now, on=today))
        elif step == "close":
            actions.close(number, actor=actor, now=now)
            words = "締め切りました。"
        else:
            raise Http404
        messages.success(request, words)
    except RenewalError as error:
        messages.error(request, str(error))
    return redirect("personnel:renewal", number)


def _told(laid: renewal_orders.Laid) -> str:
    parts = [
        f"{laid.orders}件の発令を異動案に入れました。"
        if laid.orders
        else "異動案に入れる発令はありません。"
    ]
    if laid.ends:
        parts.append(f"終了の{laid.ends}人は、任期の満了で終わるので発令はありません。")
    if laid.stopped:
        parts.append(f"{laid.stopped}人は、先に片づけることがあるため入れていません。")
    if laid.undecided:
        parts.append(f"{laid.undecided}人は、まだ決まっていません。")
    return "".join(parts)


def _round(number: int) -> RenewalRound:
    found = RenewalRound.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
