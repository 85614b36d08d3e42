"""Around every request: what was seen for an open event alone is noted as such, with whom it was
of and what for, before the answer leaves the house."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from meibo.domain.disclosure import Viewer
from meibo.ledger import policy
from meibo.ledger.witness import Witness, witness
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.emergency.models import EmergencyEvent
from meibo.platform.emergency.queries import LOOK, event_of

_SORRY = "記録（監査ログ）を書けないため、表示できません。情報システム担当に知らせてください。"


class EmergencyMiddleware:
    """Stands inside the witness of reads and takes out of it what is its own."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        event, seen = event_of(request), witness()
        viewer = getattr(request, "meibo_viewer", None)
        if event is None or seen is None or not isinstance(viewer, Viewer):
            return response
        entries = _entries(event, _taken_out(viewer, seen))
        try:
            note(*entries, actor=actor_of(request), now=timezone.now())
        except (DatabaseError, OSError):
            return HttpResponse(_SORRY, status=503, content_type="text/plain; charset=utf-8")
        return response


def _taken_out(viewer: Viewer, seen: Witness) -> dict[str, frozenset[str]]:
    """Person → fields that were read and would not have been there without the event."""
    table = policy.table(viewer.today)
    found = {}
    for person, fields in seen.read.items():
        own = table.waits_for_event(viewer.toward(person)) & fields
        if own:
            found[person] = own
    for person, own in found.items():
        left = seen.read.pop(person) - own
        if left:
            seen.read[person] = left
    return found


def _entries(event: EmergencyEvent, found: dict[str, frozenset[str]]) -> list[Entry]:
    """People of whom the same was seen share an entry."""
    groups: dict[frozenset[str], list[str]] = {}
    for person, fields in found.items():
        groups.setdefault(fields, []).append(person)
    return [
        Entry(
            Act.EMERGENCY,
            {
                "what": LOOK,
                "event": event.pk,
                "event_kind": event.kind,
                "fields": sorted(fields),
            },
            people,
            event.purpose,
        )
        for fields, people in groups.items()
    ]
