"""持ち出し名簿: its password, the file, the paper, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.safety.actions.offline import bringing, holders, making, sealing
from meibo.apps.safety.actions.offline.holders import HolderError, key_in_force
from meibo.apps.safety.models import Check, OfflineKey
from meibo.apps.safety.queries.offline import paper as papers
from meibo.apps.safety.queries.offline.roster import scope_of, viewer_in_event
from meibo.domain.disclosure import Viewer
from meibo.domain.safety import ticks as rules
from meibo.domain.safety.words import STATUS
from meibo.ledger import reader
from meibo.platform.accounts.models import Account
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.jobs import actions as jobs
from meibo.platform.layout.frame import frame_for, town
from meibo.platform.layout.handing import handed_out
from meibo.platform.papers import beside, setting

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Viewer, Rest], HttpResponse]
_LARGEST = 2_000_000
_KINDS = {rules.SAFE: "無事", rules.ARRIVED: "到着"}
_OUTCOMES = {
    rules.WRITTEN: "書き込みます",
    rules.SOFTENED: "印を付けたときだけ、「無事」に書き換えます",
    rules.KEPT: "書き込みません（同じか、より新しい記録があります）",
    rules.STRANGER: "書き込みません（この安否確認の対象でないか、代わりに答えられない職員です）",
}


def of_holder(
    view: View[Rest],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """A view for those who may take a roster along; it is given the viewer that they are then."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        viewer = viewer_in_event(_person(request), frame_for(request).today)
        if not scope_of(viewer):
            raise PermissionDenied
        return view(request, viewer, *args, **kwargs)

    return guarded


def _account(request: HttpRequest) -> Account:
    user = request.user
    if not isinstance(user, Account) or not user.person:
        raise PermissionDenied
    return user


def _person(request: HttpRequest) -> str:
    return str(_account(request).person)


class PasswordForm(forms.Form):
    """A password, twice."""

    first = forms.CharField(
        label="持ち出し名簿のパスワード",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
        help_text="12文字以上。サインインのパスワードとは別にしてください。"
        "忘れると、だれにも開けられません（決め直せば、次のファイルから使えます）。",
    )
    second = forms.CharField(
        label="もう一度",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
    )

    def clean_second(self) -> str:
        """The same twice."""
        second: str = self.cleaned_data["second"]
        if second != self.cleaned_data.get("first"):
            raise forms.ValidationError("二つのパスワードが違います。")
        return second


class _CheckField(forms.ModelChoiceField):  # type: ignore[type-arg]  # at run time it takes none
    """Checks, told apart by what they are, their title and their day."""

    def label_from_instance(self, obj: object) -> str:
        """In a line of the choice."""
        if not isinstance(obj, Check):
            return str(obj)
        at = timezone.localtime(obj.started_at)
        day = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
        return f"{obj.get_kind_display()}：{obj.title}（{day}）"


class BackForm(forms.Form):
    """What comes back, as a file or as its text, and into which check."""

    check_asked = _CheckField(
        label="どの安否確認に",
        queryset=Check.objects.none(),
        required=False,
        empty_label="ファイルをつくったときの安否確認",
        help_text="選ばないと、ファイルをつくったときの安否確認に、それがなければ、いま開いている災害の"
        "安否確認に戻します。書き込む前に、どの安否確認かを見せます。",
    )
    file = forms.FileField(label="書き出したファイル", required=False)
    text = forms.CharField(
        label="または、書き出した文字",
        required=False,
        widget=forms.Textarea,
        max_length=_LARGEST,
        help_text="「MEIBO1.」で始まります。",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django's form takes
        field = self.fields["check_asked"]
        field.queryset = Check.objects.all()  # type: ignore[attr-defined]  # of models

    def clean(self) -> dict[str, object]:
        """One of the two."""
        values = dict(super().clean() or self.cleaned_data)
        upload = values.get("file")
        if upload:
            data = upload.read(_LARGEST + 1)
            values["text"] = data.decode("ascii", "replace")[:_LARGEST]
        if not values.get("text"):
            raise forms.ValidationError("ファイルか文字のどちらかを入れてください。")
        return values


@require_safe
@never_cache
@needs_recent_sign_in
@of_holder
def page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Whether one has a password, which files were made, how to bring back."""
    return _page(request, viewer, PasswordForm())


def _page(
    request: HttpRequest, viewer: Viewer, form: PasswordForm, status: int = 200
) -> HttpResponse:
    key = key_in_force(_person(request))
    context = {
        "form": form,
        "key": key,
        "file_name": making.name_of(key) if key else "",
        "files": key.files.all()[:5] if key else [],
        "whole": scope_of(viewer) == OfflineKey.HOUSE,
        "fingerprint": sealing.fingerprint(),
    }
    return render(request, "safety/offline.html", context, status=status)


@require_POST
@never_cache
@needs_recent_sign_in
@of_holder
def password(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Set it, or another one."""
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, form, status=422)
    actor, now = actor_of(request), timezone.now()
    try:
        holders.set_password(_account(request), form.cleaned_data["first"], actor=actor, now=now)
    except HolderError as error:
        form.add_error("first", str(error))
        return _page(request, viewer, form, status=422)
    messages.success(request, "決めました。これからつくるファイルは、このパスワードで開きます。")
    return redirect("safety:offline")


@require_POST
@never_cache
@needs_recent_sign_in
@of_holder
def file(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The file of this moment."""
    key = key_in_force(_person(request))
    if key is None:
        messages.error(request, "先にパスワードを決めてください。")
        return redirect("safety:offline")
    _, made = making.make(key, actor=actor_of(request), now=timezone.now())
    return handed_out(made, "text/html; charset=utf-8", making.name_of(key))


@require_POST
@never_cache
@needs_recent_sign_in
@of_holder
def paper(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The call tree on paper: at once, or of many people beside the pages."""
    now, whole = timezone.now(), scope_of(viewer) == OfflineKey.HOUSE
    if whole or len(viewer.over["head"]) > beside.AT_ONCE:
        asked = {"source": "safety.paper"}
        job = jobs.ask(beside.KIND, "紙の連絡網", asked, actor=actor_of(request), now=now)
        return redirect("jobs:job", job.pk)
    table = papers.noted(viewer, actor=actor_of(request), now=now)
    sheet = table.sheet(town(), viewer.today, careful=True)
    return handed_out(setting.pdf(sheet, now=now), setting.PDF, "連絡網.pdf")


@require_POST
@never_cache
@of_holder
def stop(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """No more files."""
    holders.stop(_person(request), actor=actor_of(request), now=timezone.now())
    messages.success(
        request, "やめました。もう出したファイルは、期限までは開きます。消してください。"
    )
    return redirect("safety:offline")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_holder
def back(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What comes back: shown, and written when it was looked at."""
    form = BackForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "safety/offline_back.html", {"form": form})
    if not form.is_valid():
        return render(request, "safety/offline_back.html", {"form": form}, status=422)
    text, mark, stale = form.cleaned_data["text"], request.POST.get("mark", ""), False
    allowed = None if scope_of(viewer) == OfflineKey.HOUSE else viewer.over["head"]
    now = timezone.now()
    try:
        check = form.cleaned_data["check_asked"] or bringing.meant(text, now)
        if mark:
            try:
                done = bringing.bring(
                    *(text, check, allowed, mark, request.POST.getlist("soften")),
                    actor=actor_of(request),
                    now=now,
                )
            except bringing.StaleError:
                stale = True
            else:
                messages.success(request, f"{done}件を書き込みました。")
                return redirect("safety:offline_back")
        found = bringing.look(text, check, allowed, now=now)
    except sealing.BroughtError as error:
        form.add_error(None, str(error))
        return render(request, "safety/offline_back.html", {"form": form}, status=422)
    context = {"found": found, "lines": _lines(found, viewer), "text": text, "stale": stale}
    return render(request, "safety/offline_found.html", context, status=409 if stale else 200)


def _lines(found: bringing.Bringing, viewer: Viewer) -> list[dict[str, object]]:
    people = sorted({each.tick.person for each in found.effects if each.tick.person in found.known})
    cards = reader.cards(viewer, on=viewer.today, ids=people, only=frozenset({"name"}))
    names = {card.id: card.get("name") for card in cards}
    return [
        {
            "name": names.get(each.tick.person) or "対象でない職員",
            "kind": _KINDS[each.tick.kind],
            "at": each.tick.at,
            "known": _known(found.known.get(each.tick.person), each.tick.kind),
            "outcome": _OUTCOMES[each.outcome],
            "soften": each.tick.person if each.outcome == rules.SOFTENED else "",
        }
        for each in found.effects
    ]


def _known(known: rules.Known | None, kind: str) -> tuple[str, object] | None:
    """What stands there now, and since when."""
    if known is None:
        return None
    if kind == rules.ARRIVED:
        return ("到着", known.arrived_at) if known.arrived_at else None
    return (STATUS.get(known.status, ""), known.answered_at) if known.answered_at else None
