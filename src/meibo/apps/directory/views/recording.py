"""自由項目 of one person: written by who may, and documents hung up and handed out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.directory.actions import fields as deeds
from meibo.apps.directory.queries.free import texts, writable
from meibo.apps.directory.views.shown import KeptForm, sent, shown_by
from meibo.domain import free_fields
from meibo.domain.documents import LARGEST, DocumentError
from meibo.domain.free_fields import FieldError, FreeField, Type
from meibo.ledger import documents, reader
from meibo.platform.accounts.recent import ask_again, is_recent
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.layout.handing import handed_out
from meibo.platform.watching import exported

_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"


class FreeText(forms.CharField):
    """One field of the town, read as its kind says; what is kept is what is filed."""

    def __init__(self, field: FreeField, **kwargs: Any) -> None:
        self.free = field
        super().__init__(label=field.label, required=False, help_text=_help(field), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return free_fields.read(self.free, text) or ""
        except FieldError as error:
            raise ValidationError(f"{error}。") from error


def _help(field: FreeField) -> str:
    return {
        Type.NUMBER: "数を入れます。",
        Type.DAY: "2027-04-01、2027/4/1、R9.4.1 のように書けます。",
        Type.SEVERAL: f"読点（、）で区切って、いくつでも。選べるもの：{'、'.join(field.choices)}",
    }.get(field.type, "")


def _form_of(fields: list[FreeField]) -> type[KeptForm]:
    """A form of just these fields."""
    made: dict[str, Any] = {}
    for field in fields:
        options = {Type.CHOICE: [(each, each) for each in field.choices]}
        options[Type.FLAG] = [("1", "はい"), ("0", "いいえ")]
        chosen = options.get(field.type)
        widget = forms.Select(choices=[("", "―"), *chosen]) if chosen else forms.TextInput()
        made[field.key] = FreeText(field, widget=widget)
    return type("FreeForm", (KeptForm,), made)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, person_id: str) -> HttpResponse:
    """The fields that the viewer may write of this person, as of today."""
    frame = frame_for(request)
    fields = writable(frame.viewer, person_id)
    if not fields:
        raise PermissionDenied
    if frame.viewer.person != person_id and not is_recent(request, now=timezone.now()):
        return ask_again(request)
    card = reader.card(frame.viewer, person_id, on=frame.today)
    if card is None:
        raise Http404
    typed = [field for field in fields if field.type is not Type.FILE]
    told = sent(request.POST.dict()) if request.method == "POST" else None
    form = _form_of(typed)(told, texts(card, typed))
    if told is not None and form.is_valid():
        return _kept(request, frame, person_id, typed, form)
    scans = [(field, documents.of(card.get(field.name))) for field in fields if field not in typed]
    context = {"card": card, "form": form, "typed": typed, "scans": scans}
    context |= {"shown_now": shown_by([form]), "largest": LARGEST // 1024 // 1024}
    return render(request, "directory/fields.html", context, status=200 if told is None else 422)


def _kept(
    request: HttpRequest, frame: Frame, person: str, fields: list[FreeField], form: KeptForm
) -> HttpResponse:
    named = {field.key: field.name for field in fields}
    values = {named[key]: form.cleaned_data[key] or None for key in form.changed_data}
    count = deeds.write(
        person, values, on=frame.today, actor=actor_of(request), now=datetime.now(UTC)
    )
    said = f"{count}項目を保存しました。" if count else "変わったところはありません。"
    messages.success(request, said)
    return redirect("directory:person", person)


@require_POST
@never_cache
def hang(request: HttpRequest, person_id: str, key: str) -> HttpResponse:
    """Hang a document on a person, or take it down."""
    frame = frame_for(request)
    named = {field.key: field for field in writable(frame.viewer, person_id)}
    field = named.get(key)
    if field is None or field.type is not Type.FILE:
        raise PermissionDenied
    actor, now = actor_of(request), datetime.now(UTC)
    file = request.FILES.get("file")
    if request.POST.get("do") == "down":
        deeds.write(person_id, {field.name: None}, on=frame.today, actor=actor, now=now)
        messages.success(request, f"「{field.label}」を外しました。")
    elif file is None or (file.size or 0) > LARGEST:
        messages.error(request, f"{LARGEST // 1024 // 1024}MBまでのファイルを選んでください。")
    else:
        try:
            name, content = file.name or "", file.read()
            deeds.hang(person_id, field, name, content, on=frame.today, actor=actor, now=now)
            messages.success(request, f"「{field.label}」を入れました。")
        except DocumentError as error:
            messages.error(request, str(error))
    return redirect("directory:fields", person_id)


@require_safe
@never_cache
def document(request: HttpRequest, person_id: str, key: str) -> HttpResponse:
    """A document, for who may see the field of this person on this day; never shown within a page,
    always handed out as a file, and written down."""
    frame = frame_for(request)
    if frame.viewer.person != person_id and not is_recent(request, now=timezone.now()):
        return ask_again(request)
    card = reader.card(frame.viewer, person_id, on=frame.day)
    name = free_fields.PREFIX + key
    found = documents.of(card.get(name)) if card is not None else None
    return _handed(request, person_id, name, found)


@require_safe
@never_cache
def licence(request: HttpRequest, person_id: str, place: int) -> HttpResponse:
    """The scan of a licence that somebody filed, for who may see their licences on this day."""
    frame = frame_for(request)
    if frame.viewer.person != person_id and not is_recent(request, now=timezone.now()):
        return ask_again(request)
    card = reader.card(frame.viewer, person_id, on=frame.day)
    rows = card.get(documents.LICENCE) if card is not None else None
    held = rows[place : place + 1] if rows else []
    found = documents.read(str(held[0].get("scan") or "")) if held else None
    return _handed(request, person_id, documents.LICENCE, found)


def _handed(
    request: HttpRequest, person: str, name: str, found: documents.Document | None
) -> HttpResponse:
    content = documents.content_of(person, found) if found else None
    if found is None or content is None:
        raise Http404
    exported(request, "document", [name], 1)
    response = handed_out(content, found.kind, found.name)
    response.headers["Content-Security-Policy"] = _NOTHING
    return response
