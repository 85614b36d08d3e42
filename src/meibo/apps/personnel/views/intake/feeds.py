"""取込定義: the list, one definition, and a draft that is written and tried."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.personnel.actions import defining
from meibo.apps.personnel.actions.defining import DraftError
from meibo.apps.personnel.actions.deliveries.files import UnfitError
from meibo.apps.personnel.models import FeedDraft
from meibo.apps.personnel.views.intake.acts import offered_in, version_of
from meibo.platform.audit.actions import actor_of
from meibo.platform.feeds import library
from meibo.platform.feeds.recognising import label_of
from meibo.platform.feeds.trying import FIRST, Mistake, Trial
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once


@require_safe
@never_cache
@of_personnel
def feeds(request: HttpRequest) -> HttpResponse:
    """All definitions, the drafts, and where a new one begins."""
    return _list(request)


def _list(request: HttpRequest, trouble: str = "", status: int = 200) -> HttpResponse:
    context = {
        "known": library.known(),
        "drafts": FeedDraft.objects.all(),
        "trouble": trouble,
        "key": request.POST.get("key", "")[:40],
        "name": request.POST.get("name", "")[:100],
    }
    return render(request, "personnel/intake/feeds.html", context, status=status)


@require_POST
@never_cache
@of_personnel
@once
def feed_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft: with a sample, or with a copy."""
    actor, now = actor_of(request), timezone.now()
    key = request.POST.get("key", "").strip()
    try:
        if request.POST.get("copy"):
            draft = defining.copy(request.POST["copy"], key, actor=actor, now=now)
        else:
            name = request.POST.get("name", "")[:100]
            draft = defining.begin(key, name, offered_in(request), actor=actor, now=now)
    except (DraftError, UnfitError) as error:
        return _list(request, str(error), status=422)
    return redirect("personnel:feed_draft", draft.pk)


@require_safe
@never_cache
@of_personnel
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """One definition as it is in force, and its earlier versions."""
    found = library.find(key)
    if found is None:
        raise Http404
    versions = library.versions(key) if found.own else [found.path]
    asked = request.GET.get("version", "")
    shown = next((path for path in versions if path.stem == asked), found.path)
    specs = found.definition.files if found.definition else ()
    context = {
        "found": found,
        "text": shown.read_text(encoding="utf-8-sig"),
        "versions": [(p.stem, library.saved(p), p == shown) for p in versions] if found.own else [],
        "files": [(spec.name, label_of(spec), len(spec.columns)) for spec in specs],
    }
    return render(request, "personnel/intake/feed.html", context)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a draft's page shows besides the draft."""

    trial: Trial | None = None
    mistake: Mistake | None = None
    own: str = ""  # what the visitor wrote, where somebody else was faster
    checked: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
def feed_draft(request: HttpRequest, number: int) -> HttpResponse:
    """A draft: its text, what is wrong with it, and what comes of it on the sample."""
    draft = get_object_or_404(FeedDraft, pk=number)
    if request.method != "POST":
        return _page(request, draft, _Shown(mistake=defining.mistake_in(draft.text)))
    try:
        return _written(request, number)
    except (DraftError, UnfitError) as error:
        messages.error(request, str(error))
        fresh = FeedDraft.objects.filter(pk=number).first()
        if fresh is None:
            return redirect("personnel:feeds")
        text = request.POST.get("text", "").replace("\r\n", "\n")
        own = text if text and text != fresh.text else ""
        return _page(request, fresh, _Shown(own=own), status=409)


def _written(request: HttpRequest, number: int) -> HttpResponse:
    """Keep the text, then do what the button says."""
    actor, now = actor_of(request), timezone.now()
    act, version = request.POST.get("act", ""), version_of(request)
    if act == "drop":
        defining.drop(number, version, actor=actor, now=now)
        messages.success(request, "下書きを捨てました。")
        return redirect("personnel:feeds")
    if act == "sample":
        draft = defining.add_sample(number, offered_in(request), version, actor=actor, now=now)
        messages.success(request, "見本のファイルを入れ替えました。")
        return redirect("personnel:feed_draft", draft.pk)
    text = request.POST.get("text", "")
    draft = defining.write(number, text, version, actor=actor, now=now)
    if act == "publish":
        key = defining.publish(number, draft.version, actor=actor, now=now)
        messages.success(request, "取込定義を保存しました。次の取込から使えます。")
        return redirect("personnel:feed", key)
    if act == "try":
        trial = defining.trial(draft, actor=actor, now=now)
        return _page(request, draft, _Shown(trial, trial.mistake, checked=True))
    wrong = defining.mistake_in(draft.text)
    return _page(request, draft, _Shown(mistake=wrong, checked=True))


def _page(request: HttpRequest, draft: FeedDraft, shown: _Shown, status: int = 200) -> HttpResponse:
    lines = draft.text.splitlines()
    wrong = shown.mistake
    line = lines[wrong.line - 1] if wrong and 0 < wrong.line <= len(lines) else ""
    context = {"draft": draft, "shown": shown, "line": line, "first": FIRST}
    context["has_sample"] = bool(draft.files)
    return render(request, "personnel/intake/feed_draft.html", context, status=status)
