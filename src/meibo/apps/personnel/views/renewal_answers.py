"""会計年度任用職員の更新, as it is asked of sections and of the people themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions import renewal as actions
from meibo.apps.personnel.actions.renewal import RenewalError
from meibo.apps.personnel.queries import renewal as queries
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.typed import wholes


@require_safe
@never_cache
def renewal_section(request: HttpRequest) -> HttpResponse:
    """The contracts of one's own section, for its head and its 庶務担当."""
    viewer = frame_for(request).viewer
    if not queries.my_people(viewer):
        raise PermissionDenied
    found = [(r, queries.section_lines(viewer, r)) for r in queries.open_rounds()]
    context = {"rounds": [(r, lines) for r, lines in found if lines]}
    return render(request, "personnel/renewal/section.html", context)


@require_POST
@never_cache
def renewal_say(request: HttpRequest, number: int) -> HttpResponse:
    """What the section wants of those who were ticked."""
    viewer = frame_for(request).viewer
    if not queries.my_people(viewer):
        raise PermissionDenied
    items = wholes(request.POST.getlist("item"))
    wish = request.POST.get("wish", "")
    own = [
        line.item.pk
        for found in queries.open_rounds()
        if found.pk == number
        for line in queries.section_lines(viewer, found)
    ]
    try:
        count = actions.say_for_section(
            *(number, items, wish, own), actor=actor_of(request), now=timezone.now()
        )
        if count:
            messages.success(
                request, f"{count}人の意向を人事課に伝えました。締め切りまで変えられます。"
            )
        else:
            messages.error(request, "職員を選んでください。何も変わっていません。")
    except RenewalError as error:
        messages.error(request, str(error))
    return redirect("personnel:renewal_section")


@require_safe
@never_cache
def renewal_mine(request: HttpRequest) -> HttpResponse:
    """Whether one wants to go on: one question, three buttons."""
    viewer = frame_for(request).viewer
    items = queries.my_items(viewer)
    lines = [
        line
        for found in {item.round_id: item.round for item in items}.values()
        for line in queries.lines(viewer, found, people={viewer.person or ""})
    ]
    return render(request, "personnel/renewal/mine.html", {"lines": lines})


@require_POST
@never_cache
def renewal_answer(request: HttpRequest, item: int) -> HttpResponse:
    """The person's own answer."""
    try:
        wish = request.POST.get("wish", "")
        actions.say_for_oneself(item, wish, actor=actor_of(request), now=timezone.now())
        messages.success(request, "答えを人事課に伝えました。締め切りまで変えられます。")
    except RenewalError as error:
        messages.error(request, str(error))
    return redirect("personnel:renewal_mine")
