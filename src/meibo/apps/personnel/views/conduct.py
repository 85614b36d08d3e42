"""処分・分限・表彰・公務災害: for the few who are named for it, and everybody's own."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions import conduct as actions
from meibo.apps.personnel.actions.conduct import ConductError, Words
from meibo.apps.personnel.models import ConductRecord
from meibo.apps.personnel.queries import conduct as queries
from meibo.domain.conduct import FIELDS
from meibo.ledger import reader, ties
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import holding
from meibo.platform.once.guard import once
from meibo.platform.typed import code

#: For those who hold the duty; 人事 alone is not enough.
for_the_named = holding("conduct")


class RecordForm(forms.Form):
    """One record."""

    kind = forms.ChoiceField(label="種類")
    day = forms.DateField(
        label="日付",
        help_text="処分・表彰の日、災害の起きた日。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="終わりの日",
        required=False,
        help_text="停職・減給・療養など、期間のあるものだけ。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label="内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="この職務を持つ担当者と本人だけが読めます。",
    )
    document = forms.CharField(label="文書番号", max_length=60, required=False)
    remark = forms.CharField(label="備考", max_length=500, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        grouped: dict[str, list[tuple[str, str]]] = {}
        for kind in queries.kinds().rows:
            own = grouped.setdefault(FIELDS[kind.field], [])
            own.append((f"{kind.field}:{kind.code}", kind.label))
        field = self.fields["kind"]
        field.choices = [("", "選んでください"), *grouped.items()]  # type: ignore[attr-defined]  # a ChoiceField


@require_safe
@never_cache
@needs_recent_sign_in
@for_the_named
def conduct(request: HttpRequest) -> HttpResponse:
    """Open a person by number; what has come to its end."""
    number = code(request.GET.get("staff_no", ""))
    person = ties.person_numbered(number) if number else None
    if person is not None:
        return redirect("personnel:conduct_of", person)
    viewer = frame_for(request).viewer
    found = queries.over(viewer)
    cards = {c.id: c for c in reader.cards(viewer, on=viewer.today, ids={r.person for r in found})}
    lines = [
        (
            record,
            queries.label(record),
            queries.ends_on(record),
            cards.get(record.person),
        )
        for record in found
    ]
    context = {"lines": lines, "missed": number, "me": actor_of(request).name}
    return render(request, "personnel/conduct/list.html", context)


@require_safe
@never_cache
@needs_recent_sign_in
@for_the_named
def conduct_of(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person's records, and the form for another one."""
    return _page(request, person_id, RecordForm())


def _page(request: HttpRequest, person: str, form: RecordForm, status: int = 200) -> HttpResponse:
    viewer = frame_for(request).viewer
    card = reader.card(viewer, person, on=viewer.today)
    if card is None and not ConductRecord.objects.filter(person=person).exists():
        raise Http404
    context = {"card": card, "person": person, "form": form, "rows": _rows(request, person)}
    return render(request, "personnel/conduct/person.html", context, status=status)


def _rows(request: HttpRequest, person: str) -> list[dict[str, object]]:
    return [
        {
            "record": record,
            "group": FIELDS[record.field],
            "label": queries.label(record),
            "ends": queries.ends_on(record),
            "words": actions.opened(record),
        }
        for record in queries.records(frame_for(request).viewer, person)
    ]


@require_safe
@never_cache
def my_conduct(request: HttpRequest) -> HttpResponse:
    """One's own records: everybody reads all that is held of them."""
    person = frame_for(request).viewer.person
    if person is None:
        raise Http404
    return render(request, "personnel/conduct/mine.html", {"rows": _rows(request, person)})


@require_POST
@never_cache
@needs_recent_sign_in
@for_the_named
@once
def conduct_enter(request: HttpRequest, person_id: str) -> HttpResponse:
    """Enter a record."""
    form = RecordForm(request.POST)
    if not form.is_valid():
        return _page(request, person_id, form, 422)
    values = form.cleaned_data
    field, _, code = values["kind"].partition(":")
    if field not in queries.seen(frame_for(request).viewer, person_id):
        raise PermissionDenied
    words = Words(values["reason"], values["document"], values["remark"])
    try:
        actions.enter(
            *(person_id, field, code, values["day"], values["until"], words),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except ConductError as error:
        form.add_error(None, str(error))
        return _page(request, person_id, form, 422)
    messages.success(request, "記録しました。間違えたときは、取り消して入れ直します。")
    return redirect("personnel:conduct_of", person_id)


_STEPS = {
    "propose": "廃棄を提案しました。ほかの担当者が確かめて廃棄します。",
    "withdraw": "廃棄の提案を取り下げました。",
    "carry": "廃棄しました。もう読めません。",
    "strike": "取り消しました。取り消した記録として残ります。",
}


@require_POST
@never_cache
@needs_recent_sign_in
@for_the_named
def conduct_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Strike a record out, or go a step towards its end."""
    record = ConductRecord.objects.filter(pk=number).first()
    viewer = frame_for(request).viewer
    if (
        step not in _STEPS
        or record is None
        or record.field not in queries.seen(viewer, record.person)
    ):
        raise Http404
    actor, now = actor_of(request), timezone.now()
    try:
        if step == "strike":
            actions.strike(number, request.POST.get("why", ""), actor=actor, now=now)
        elif step == "propose":
            actions.propose_end(number, actor=actor, now=now, on=viewer.today)
        elif step == "withdraw":
            actions.withdraw_end(number, actor=actor, now=now)
        else:
            actions.carry_end(number, actor=actor, now=now, on=viewer.today)
        messages.success(request, _STEPS[step])
    except ConductError as error:
        messages.error(request, str(error))
    if step == "strike":
        return redirect("personnel:conduct_of", record.person)
    return redirect("personnel:conduct")
