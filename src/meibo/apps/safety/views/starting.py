"""Three taps to ask: what, whom, a last look."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.apps.safety.actions import starting
from meibo.apps.safety.actions.starting import CheckError, Next, Rounds, StartedError, Wanted
from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.beside import in_earnest
from meibo.apps.safety.queries.groups import groups
from meibo.apps.safety.queries.naming import MOST, named
from meibo.apps.safety.queries.targets import Target
from meibo.apps.safety.queries.templates import template
from meibo.apps.safety.queries.whom import whom
from meibo.apps.safety.views.events import of_crisis
from meibo.apps.safety.views.picking import TargetForm, given, many
from meibo.platform.audit.actions import actor_of
from meibo.platform.emergency.models import Kind
from meibo.platform.found import SETS
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.typed import whole

EVERYBODY = "*"
_MOST_MINUTES = 24 * 60
_TOLD = 5
_ONCE = 32  # letters of the word by which a start is known


class StartForm(TargetForm):
    """What is asked of whom. The words are there already: whoever is in a hurry only looks."""

    kind = forms.ChoiceField(label="種類", choices=Kind.choices)
    title = forms.CharField(label="件名", max_length=80)
    message = forms.CharField(label="本文", max_length=600, widget=forms.Textarea)
    travel = forms.CharField(
        label="出張している職員だけに送る",
        max_length=8_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="名簿に出張の日程はありません。旅行命令などから、1行に1人、氏名や職場のメールで"
        f"挙げてください（{MOST}行まで）。上の派遣・出向と両方選ぶと、どちらかに当てはまる職員に送ります。",
    )
    need = forms.IntegerField(
        label="要る人数", min_value=1, max_value=9_999, required=False, help_text="例：50"
    )
    minutes = forms.IntegerField(
        label="待つ時間（分）",
        min_value=1,
        max_value=_MOST_MINUTES,
        required=False,
        help_text="この間に「来られる」がその人数にならなければ、次の人たちに送ります。例：30",
    )
    then = many("次に送る人たち", "上から順に、足りるまで1つずつ送ります。")

    def choose(self, frame: Frame) -> None:
        """Offer what this house has on the day."""
        super().choose(frame)
        known = [(key, group.label) for key, group in groups().items()]
        self.offer("then", [*known, (EVERYBODY, "全職員")])

    def clean_travel(self) -> tuple[str, ...]:
        """Who is meant; a line that means nobody, or several, is no guess of ours."""
        text = self.cleaned_data["travel"]
        if len(text.splitlines()) > MOST:
            raise forms.ValidationError(
                f"{MOST}行までにしてください。多いときは、セットを使います。"
            )
        found, odd = named(self.frame.viewer, text, on=self.frame.today)
        if odd:
            lines = "、".join(odd[:_TOLD])
            raise forms.ValidationError(
                f"だれのことか1人に決まりません：{lines}。所属を足すか、職場のメールで書いてください。"
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Need, time and the next are of use together alone."""
        values = dict(self.cleaned_data)
        given = [bool(values.get(name)) for name in ("need", "minutes", "then")]
        if any(given) and not all(given):
            self.add_error("then", "人数・時間・次に送る人たちは、3つとも入れてください。")
        return values

    def wanted(self, people: tuple[str, ...]) -> Wanted:
        """As a check; `people`: those of a found set."""
        values = self.cleaned_data
        kind = Kind(values["kind"])
        return Wanted(kind, values["title"], values["message"], self.target(people), self._rounds())

    def _rounds(self) -> Rounds:
        values, known = self.cleaned_data, groups()
        then = [
            Next(known[key].label, Target(groups=(key,)))
            if key in known
            else Next("全職員", Target())
            for key in values["then"]
        ]
        return Rounds(values["need"] or 0, values["minutes"] or 0, tuple(then))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Who, and a last look with the count; then it goes out."""
    chosen, frame = template(key), frame_for(request)
    if chosen is None:
        raise Http404
    found = _found(request, frame)
    text = {"kind": chosen.kind, "title": chosen.title, "message": chosen.message}
    form = StartForm(request.POST or None, initial=text)
    form.choose(frame)
    context: dict[str, Any] = {"form": form, "template": chosen, "found": found}
    asked = request.method == "POST" and "back" not in request.POST
    if not asked or not form.is_valid():
        return render(request, "safety/begin.html", context, status=422 if asked else 200)
    wanted = form.wanted(found.people if found else ())
    if request.POST.get("sure") and (check := _started(request, wanted)) is not None:
        return redirect("safety:board", check.pk)
    context |= {"wanted": wanted, "whom": whom(wanted.target, frame.today)}
    earnest = wanted.kind == Kind.DRILL and in_earnest(timezone.now())
    context |= {"given": _again(request), "earnest": earnest}
    context["narrowed"] = bool(wanted.target.kept())
    return render(request, "safety/begin_sure.html", context)


def _started(request: HttpRequest, wanted: Wanted) -> Check | None:
    """Start it; what was sent a second time leads to what the first one began."""
    wanted = replace(wanted, once=request.POST.get("once", "")[:_ONCE])
    try:
        check = starting.start(wanted, actor=actor_of(request), now=timezone.now())
    except StartedError as made:
        return made.check
    except IntegrityError:  # both came in the same moment
        return Check.objects.filter(once=wanted.once).first()
    except CheckError as error:
        messages.error(request, str(error))
        return None
    messages.success(request, "送り始めました。")
    return check


def _again(request: HttpRequest) -> list[tuple[str, str]]:
    """What was given, for the last look, with a word by which the start is known."""
    return [*given(request), ("once", secrets.token_urlsafe(_ONCE // 2))]


def _found(request: HttpRequest, frame: Frame) -> Any:
    """The found set that was brought along, if any."""
    number = request.POST.get("set") or request.GET.get("set") or ""
    if not number:
        return None
    found = SETS.of(actor_of(request).name, whole(number), frame.today)
    if found is None:
        raise Http404
    return found
