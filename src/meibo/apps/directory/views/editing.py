"""Changing what one may change: one's own share choices, and the section one keeps."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meibo.apps.directory.actions import choose_sharing, keep_unit, propose_kept
from meibo.apps.directory.queries.keeping import keeping
from meibo.apps.directory.views.forms import SharingForm
from meibo.apps.directory.views.sheet import sheet_of
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for

PROPOSED = (
    "{count}か所は人事給与が元の項目なので、人事への直しの提案にしました。"
    "認められると名簿が変わります。"
)
GONE = (
    "開いている間に、この組織に本務のある人ではなくなった人がいます。"
    "その人の内線・席は保存していません。"
)


@require_POST
@never_cache
def share(request: HttpRequest, person_id: str) -> HttpResponse:
    """One's own share choices; nobody else's."""
    frame = frame_for(request)
    if frame.viewer.person != person_id:
        raise PermissionDenied
    form = SharingForm(request.POST)
    if form.is_valid():
        actor = request.user.get_username()
        choices = {"photo": form.cleaned_data["photo"], "skill": form.cleaned_data["skill"]}
        choose_sharing(person_id, choices, on=frame.today, actor=actor, now=datetime.now(UTC))
        messages.success(request, "見せる範囲を変えました。すぐに反映されます。")
    else:
        messages.error(request, "見せる範囲を選び直してください。何も変わっていません。")
    return redirect("directory:person", person_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Phones, seats and allotments of a unit, for its 庶務担当, as of today."""
    frame = frame_for(request)
    kept = keeping(frame.viewer, code)
    if kept is None:
        raise PermissionDenied
    sheet = sheet_of(kept, request)
    if request.method == "POST" and sheet.is_valid():
        actor = request.user.get_username()
        changes = sheet.changes()
        moment = datetime.now(UTC)
        count = keep_unit(code, changes, on=frame.today, actor=actor, now=moment)
        asked = propose_kept(changes, on=frame.today, actor=actor_of(request), now=moment)
        said = f"{count}か所を保存しました。" if count else "変わったところはありません。"
        messages.success(request, said)
        if asked:
            messages.info(request, PROPOSED.format(count=asked))
        if sheet.gone:
            messages.warning(request, GONE)
        return redirect("directory:unit", code)
    failed = request.method == "POST"
    context = {"sheet": sheet, "unit": kept.unit, "failed": failed}
    return render(request, "directory/unit_edit.html", context, status=422 if failed else 200)
