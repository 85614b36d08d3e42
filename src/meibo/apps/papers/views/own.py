"""私の帳票: lists that people keep, name, change, share and print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.papers.actions import making
from meibo.apps.papers.actions import own as actions
from meibo.apps.papers.models import OwnForm
from meibo.apps.papers.queries import own as queries
from meibo.apps.papers.queries.asked import Asked, PaperError
from meibo.apps.papers.views.asking import handed
from meibo.domain.disclosure import DUTIES, TIES, Viewer
from meibo.platform import door
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.door import taking_out
from meibo.platform.layout.frame import frame_for
from meibo.platform.once.guard import once
from meibo.platform.papers.lists import GROUPS
from meibo.platform.purpose.kept import purpose_of
from meibo.platform.typed import whole

#: What of a list's address is kept: all but its day and its place.
_PASSING = ("on", "page", "all", "csrfmiddlewaretoken")
_LONGEST = 4000


class OwnFormForm(forms.Form):
    """What an own form is called and how it is laid out."""

    title = forms.CharField(
        label="名前", max_length=80, help_text="用紙の見出しにもなります。例：課長級の内線表"
    )
    group = forms.ChoiceField(label="まとまり", choices=list(GROUPS.items()), required=False)
    landscape = forms.ChoiceField(
        label="用紙の向き", choices=[("", "たて"), ("1", "よこ")], required=False
    )
    duty = forms.ChoiceField(
        label="一緒に使う人",
        required=False,
        help_text="条件と列だけを渡します。使う人には、その人に見える範囲だけが出ます。",
    )

    def __init__(self, viewer: Viewer, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django takes itself
        held = [(d, f"{TIES[d]}の全員") for d in sorted(DUTIES) if viewer.holds(d)]
        self.fields["duty"].choices = [("", "自分だけ"), *held]  # type: ignore[attr-defined]  # a ChoiceField

    def wish(self) -> actions.Wish:
        kept = self.cleaned_data
        return actions.Wish(kept["title"], kept["group"], bool(kept["landscape"]), kept["duty"])


@dataclass(frozen=True, slots=True)
class Line:
    """An own form on the page."""

    form: OwnForm
    mine: bool
    list_query: str


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """One's own forms, and those that colleagues share."""
    name, viewer = actor_of(request).name, frame_for(request).viewer
    lines = [Line(f, f.owner == name, f.query) for f in queries.usable(name, viewer)]
    return render(request, "papers/own.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@once
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list of an address as a form: the page that asks for a name, then the saving."""
    viewer = frame_for(request).viewer
    posted = request.method == "POST"
    query = _query(QueryDict(request.POST.get("query", "")) if posted else request.GET)
    form = OwnFormForm(viewer, request.POST or None)
    if posted and form.is_valid():
        actions.save(form.wish(), query, actor=actor_of(request), now=datetime.now(UTC))
        messages.success(request, "帳票として保存しました。")
        return redirect("papers:own")
    context = {"form": form, "query": query, "told": _told(request, query)}
    return render(request, "papers/own_save.html", context, status=422 if posted else 200)


def _query(given: QueryDict) -> str:
    kept = [(k, v) for k, values in given.lists() if k not in _PASSING for v in values]
    query = urlencode(kept)
    if len(query) > _LONGEST:
        raise BadRequest
    return query


def _told(request: HttpRequest, query: str) -> Mapping[str, object]:
    """What the list shows now, so that one sees what is being kept."""
    frame = frame_for(request)
    kept = OwnForm(title="一覧", query=query)
    asked = Asked(frame.viewer, frame.day, frame.town)
    try:
        made = queries.made(kept, asked)
    except PaperError:
        return {"count": 0, "heads": []}
    table = made.table
    return {
        "count": made.count,
        "heads": [column.label for column in table.columns] if table else [],
    }


def _mine(request: HttpRequest, number: int) -> OwnForm:
    found = OwnForm.objects.filter(pk=number, owner=actor_of(request).name).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Rename one's own form, lay it out otherwise, share it."""
    kept, viewer = _mine(request, number), frame_for(request).viewer
    initial = {"title": kept.title, "group": kept.group, "duty": kept.duty}
    initial["landscape"] = "1" if kept.landscape else ""
    form = OwnFormForm(viewer, request.POST or None, initial=initial)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        version = whole(request.POST.get("version", ""))
        try:
            actions.change(
                number, form.wish(), version, actor=actor_of(request), now=datetime.now(UTC)
            )
        except actions.StaleError:
            form.add_error(None, "別の画面で先に変えられています。今の内容は下のとおりです。")
            status = 409
        else:
            messages.success(request, "変更しました。")
            return redirect("papers:own")
    context = {"form": form, "kept": kept, "stale": status == 409, "groups": GROUPS}
    return render(request, "papers/own_edit.html", context, status=status)


@require_POST
@never_cache
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own form away."""
    if not actions.delete(number, actor=actor_of(request)):
        raise Http404
    messages.success(request, "帳票を消しました。")
    return redirect("papers:own")


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The list as PDF."""
    return _file(request, number, "pdf")


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """The list as a workbook."""
    return _file(request, number, "xlsx")


def _file(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    frame = frame_for(request)
    if door.unread_day(request):
        raise BadRequest
    actor = actor_of(request)
    form = queries.usable(actor.name, frame.viewer).filter(pk=number).first()
    if form is None:
        raise Http404
    asked = Asked(frame.viewer, frame.day, frame.town)
    now, purpose = datetime.now(UTC), purpose_of(request)
    making.noted("own", asked, ending, actor=actor, purpose=purpose, now=now)
    try:
        file = making.as_file(queries.made(form, asked), ending, now=now)
    except PaperError as error:
        messages.error(request, str(error))
        return redirect("papers:own")
    return handed(file, inline=ending == "pdf")
