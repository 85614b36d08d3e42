"""What the checks go by: the town's rules and words, and who is kin."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meibo.apps.personnel.actions.plans import relating
from meibo.apps.personnel.actions.plans.relating import KinError
from meibo.apps.personnel.queries.checking.town import licences, rules, terms
from meibo.apps.personnel.queries.plans.relatives import relatives
from meibo.domain.checking import SEVERITY_LABELS, Rule
from meibo.domain.renewal import clock
from meibo.ledger import ties
from meibo.ledger.kin import Pair
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once
from meibo.platform.typed import code

EFFECTS = {
    "enter": "在職が始まる",
    "move": "所属・職・級が変わる",
    "add": "職が加わる",
    "relieve": "加えた職が終わる",
    "pause": "休む・派遣される",
    "resume": "戻る",
    "leave": "在職が終わる（その日まで在職）",
    "remap": "組織が変わる",
    "void": "発令を、なかったことにする",
}


@require_safe
@never_cache
@of_personnel
def town_rules(request: HttpRequest) -> HttpResponse:
    """The rules, words and licences of this town."""
    context = {
        "rules": [(r, SEVERITY_LABELS[r.severity], _told(r)) for r in rules().values()],
        "terms": [(term, EFFECTS[term.effect.value]) for term in terms().values()],
        "licences": [(name, sorted(words)) for (_, name), words in licences().items()],
    }
    return render(request, "personnel/plans/rules.html", context)


def _told(rule: Rule) -> list[str]:
    """The numbers and words of a rule as people say them."""
    found = []
    for name, value in rule.parameters.items():
        if name == "minutes" and value.isdecimal():
            found.append(f"週{clock(int(value))}まで")
        elif name == "limits":
            pairs = (part.partition(":") for part in value.split("|") if part)
            found += [f"{kind} {years}年まで" for kind, _, years in pairs]
        elif value:
            unit = {"days": "日", "years": "年"}.get(name, "")
            found.append(f"{value}{unit}" if unit else value.replace("|", "・"))
    return found


class KinForm(forms.Form):
    """Two people, and what they are to one another."""

    first = forms.CharField(label="職員番号", max_length=32)
    second = forms.CharField(label="相手の職員番号", max_length=32)
    relation = forms.CharField(
        label="続柄",
        max_length=20,
        help_text="夫婦、親子、きょうだいなど、20字までです。本人から届けのあったものだけを登録します。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
@once
def kin(request: HttpRequest) -> HttpResponse:
    """Who is kin; sent, two more, or two no longer."""
    form = KinForm(request.POST or None)
    today = frame_for(request).today
    if request.method == "POST" and "end" in request.POST:
        first, _, second = request.POST["end"].partition(" ")
        return _put(request, Pair(first, second, ""), "登録を終わりにしました。")
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        found = [ties.person_numbered(code(values[name])) for name in ("first", "second")]
        for name, person in zip(("first", "second"), found, strict=True):
            if person is None:
                form.add_error(name, "この職員番号の職員はいません。")
        if found[0] is not None and found[1] is not None:
            pair = Pair(found[0], found[1], values["relation"])
            return _put(request, pair, "登録しました。")
    pairs = relatives(today)
    seen = [person for pair in pairs for person in pair.key.split()]
    if seen:
        entry = Entry(Act.READ, {"fields": ["kin"], "page": "personnel:plan_kin"}, seen)
        note(entry, actor=actor_of(request), now=timezone.now())
    context = {"form": form, "pairs": pairs}
    return render(request, "personnel/plans/kin.html", context, status=422 if form.errors else 200)


def _put(request: HttpRequest, pair: Pair, said: str) -> HttpResponse:
    today = frame_for(request).today
    try:
        relating.put(pair, today, actor=actor_of(request), now=timezone.now())
        messages.success(request, said)
    except KinError as error:
        messages.error(request, str(error))
    return redirect("personnel:plan_kin")
