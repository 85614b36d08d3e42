"""在職証明書: issuing one, the register, and printing it again."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meibo.apps.papers.actions import certificates as actions
from meibo.apps.papers.actions.making import as_file
from meibo.apps.papers.models import Certificate
from meibo.apps.papers.queries import certificates as queries
from meibo.apps.papers.queries.asked import PaperError
from meibo.apps.papers.views.asking import handed
from meibo.domain.names import find_my_numbers
from meibo.ledger import ties
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.door import taking_out
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once
from meibo.platform.purpose.kept import purpose_of
from meibo.platform.typed import code

_UNREADABLE = 422


class IssueForm(forms.Form):
    """For whom, what for, whom it is handed to."""

    staff_no = forms.CharField(label="職員番号", max_length=32)
    purpose = forms.CharField(
        label="使う目的", max_length=200, help_text="例：保育園の入園申込み。証明書に印刷します。"
    )
    recipient = forms.CharField(
        label="提出先", max_length=200, required=False, help_text="分かるときだけ書きます。"
    )

    def clean(self) -> dict[str, object]:
        kept = super().clean() or {}
        for name in ("purpose", "recipient"):
            if find_my_numbers(str(kept.get(name) or "")):
                self.add_error(name, "個人番号（マイナンバー）は書けません。")
        number = code(str(kept.get("staff_no") or ""))
        kept["person"] = ties.person_numbered(number) if number else None
        if number and kept["person"] is None:
            self.add_error("staff_no", "この職員番号の職員はいません。")
        return kept


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
@once
def register(request: HttpRequest) -> HttpResponse:
    """The register, and issuing one more."""
    frame = frame_for(request)
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        row = actions.issue(
            kept["person"],
            kept["purpose"],
            kept["recipient"],
            on=frame.today,
            actor=actor_of(request),
            now=datetime.now(UTC),
        )
        messages.success(request, f"{queries.label(row)}を発行しました。PDFを印刷してください。")
        return redirect("papers:certificates")
    lines = queries.register(frame.viewer, frame.today)
    status = _UNREADABLE if request.method == "POST" else 200
    context = {"form": form, "lines": lines}
    return render(request, "papers/certificates.html", context, status=status)


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
@of_personnel
def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """A certificate of the register as PDF, as of its own day."""
    row = Certificate.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    frame, now = frame_for(request), datetime.now(UTC)
    detail = {"form": "papers:certificate", "kind": "pdf", "again": True}
    entry = Entry(Act.FORM, detail, [row.person] if row.person else (), purpose_of(request))
    note(entry, actor=actor_of(request), now=now)
    try:
        file = as_file(queries.certificate(frame.viewer, row, frame.town), "pdf", now=now)
    except PaperError as error:
        messages.error(request, str(error))
        return redirect("papers:certificates")
    return handed(file, inline=True)
