"""会計年度任用職員の更新, as personnel does it."""

from __future__ import annotations

from datetime import date

from django import forms
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
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.apps.personnel.queries import renewal as queries
from meibo.domain.calendar import fiscal_bounds, fiscal_label, fiscal_year
from meibo.domain.renewal import Answer, read_clock
from meibo.ledger import house, reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once
from meibo.platform.typed import whole, wholes

_LINES = 100
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(forms.Form):
    """A new round."""

    title = forms.CharField(label="名前", max_length=120)
    ends = forms.DateField(
        label="対象：この日までに任期が満了する人",
        widget=_DAY,
        help_text="年度末の更新なら3月31日。年度の途中の更新なら、途中の満了日。",
    )
    last = forms.DateField(label="続ける人の、新しい満了日", widget=_DAY)
    until = forms.DateField(
        label="答えの締め切り", widget=_DAY, required=False, help_text="所属と本人の画面に出ます。"
    )


class ChangeForm(forms.Form):
    """Where somebody goes, how long they work."""

    decision = forms.ChoiceField(label="決定", choices=list(queries.DECISIONS.items()))
    unit = forms.CharField(
        label="異動先の所属",
        max_length=80,
        required=False,
        help_text="異動のときだけ。名前かコード。同じ名前があれば「税務課 管理係」のように。",
    )
    post = forms.ChoiceField(label="異動先の職", required=False)
    hours = forms.CharField(
        label="週の勤務時間",
        max_length=12,
        required=False,
        help_text="29時間、38:45 のように。空なら変えません。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, found: RenewalRound, *args: object, **kwargs: object) -> None:
        self.round = found
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        posts = [(code, row.name) for code, row in house.codes().table("post").items()]
        self.fields["post"].choices = [("", "今のまま"), *posts]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_unit(self) -> str:
        text = str(self.cleaned_data.get("unit") or "").strip()
        codes = queries.units_named(self.round, text) if text else [""]
        if not codes:
            raise forms.ValidationError("この所属は、新しい任用の日にはありません。")
        if len(codes) > 1:
            raise forms.ValidationError(
                "同じ名前の所属がいくつかあります。上の組織の名前から書いてください。"
            )
        return codes[0]

    def clean_hours(self) -> int | None:
        text = str(self.cleaned_data.get("hours") or "").strip()
        minutes = read_clock(text) if text else None
        if text and minutes is None:
            raise forms.ValidationError("時間として読めません。38:45 のように書いてください。")
        return minutes


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
@once
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, and the form for a new one."""
    today = frame_for(request).today
    form = RoundForm(request.POST) if request.method == "POST" else RoundForm(initial=_next(today))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            number = actions.begin(
                *(values["title"], values["ends"], values["last"], values["until"]),
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
    unit, state = request.GET.get("unit", ""), request.GET.get("state", "")
    every = queries.lines(frame.viewer, found)
    shown = [x for x in every if _matches(x, unit, state)]
    page = Paginator(shown, _LINES).get_page(request.GET.get("page"))
    context = {
        "round": found,
        "tally": queries.tally(every),
        "page": page,
        "count": len(shown),
        "unit": unit,
        "state": state,
        "units": [u for u in reader.units(frame.viewer, on=frame.today) if u["level"] <= 2],
        "decisions": queries.DECISIONS.items(),
        "back": request.get_full_path(),
    }
    return render(request, "personnel/renewal/round.html", context)


def _matches(line: queries.RenewalLine, unit: str, state: str) -> bool:
    if unit and unit not in line.path:
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
    kept = {k: v for k in ("unit", "state", "page") if (v := request.POST.get(k))}
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
    lines = queries.lines(frame_for(request).viewer, row.round, people={row.person})
    line = next((x for x in lines if x.item.pk == item), None)
    if line is None:
        raise Http404
    unit = " ".join(actions.tree_of(row.round).path(row.unit)) if row.unit else ""
    kept = {"decision": row.decision or "renew", "unit": unit, "post": row.post}
    kept["version"] = str(row.version)
    given = request.POST if request.method == "POST" else None
    form = ChangeForm(row.round, given, initial=kept)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        minutes = values["hours"] if values["hours"] is not None else row.minutes
        answer = Answer(
            decision=values["decision"], unit=values["unit"], post=values["post"], minutes=minutes
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
