"""Around every request: what was read of the record, sought, exported, changed or refused is
written into the audit log before the answer leaves the house. What can't be written down is not
shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from meibo.ledger.witness import Witness, watching
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act

Answering = Callable[[HttpRequest], HttpResponse]
_LOG = logging.getLogger(__name__)
_REFUSED = 403
_UNAVAILABLE = 503
_PLAIN = "text/plain; charset=utf-8"
_SORRY = "記録（監査ログ）を書けないため、表示できません。情報システム担当に知らせてください。"


@dataclass(slots=True)
class Told:
    """What a view tells of itself: files that leave the house, and the purpose it was given."""

    exports: list[Entry] = field(default_factory=list)
    purpose: str = ""


def told(request: HttpRequest) -> Told:
    """What the views of this request have told so far."""
    kept: Told | None = getattr(request, "meibo_told", None)
    if kept is None:
        kept = Told()
        request.meibo_told = kept  # type: ignore[attr-defined]  # kept beside the request it is of
    return kept


def exported(request: HttpRequest, kind: str, columns: Iterable[str], count: int) -> None:
    """A file of so many people leaves the house, with these columns."""
    detail = {"kind": kind, "columns": list(columns), "count": count, "page": _page(request)}
    told(request).exports.append(Entry(Act.EXPORT, detail))


class WatchingMiddleware:
    """Opens the witness around a request and writes down what it saw."""

    def __init__(self, answer: Answering) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with watching() as seen:
            response = self.answer(request)
        entries = [*_seen(seen, _page(request)), *told(request).exports]
        if response.status_code == _REFUSED:
            entries.append(Entry(Act.REFUSED, {"page": _page(request), "method": request.method}))
        if entries and not self._noted(request, entries):
            return HttpResponse(
                _SORRY, status=_UNAVAILABLE, content_type="text/plain; charset=utf-8"
            )
        return response

    def _noted(self, request: HttpRequest, entries: list[Entry]) -> bool:
        purpose = told(request).purpose
        given = [Entry(e.act, e.detail, e.subjects, e.purpose or purpose) for e in entries]
        try:
            note(*given, actor=actor_of(request), now=timezone.now())
        except (DatabaseError, OSError) as error:
            _LOG.critical("the audit log cannot be written: %s", error)
            return False
        return True


def _page(request: HttpRequest) -> str:
    """Which page it was: the name of its address, without what stood in it."""
    match = request.resolver_match
    return match.view_name if match else ""


def _seen(seen: Witness, page: str) -> list[Entry]:
    """Entries of what a witness saw: people of whom the same was seen share one."""
    return [
        *_grouped(Act.READ, "fields", seen.read, page),
        *_grouped(Act.SEARCH, "fields", seen.sought, page),
        *_grouped(Act.CHANGE, "what", seen.changed, page),
    ]


def _grouped(act: Act, word: str, who: Mapping[str, set[str]], page: str) -> list[Entry]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for person, what in who.items():
        groups.setdefault(tuple(sorted(what)), []).append(person)
    return [Entry(act, {word: list(what), "page": page}, people) for what, people in groups.items()]


def of_command(seen: Witness, command: str) -> list[Entry]:
    """The same for a command, which may write about everybody: one entry for all that it wrote."""
    people = [subject for subject in seen.changed if subject and ":" not in subject]
    what = sorted(set[str]().union(*seen.changed.values()))
    wrote = {"what": what, "page": command, "count": len(seen.changed)}
    return [
        *_grouped(Act.READ, "fields", seen.read, command),
        *_grouped(Act.SEARCH, "fields", seen.sought, command),
        *([Entry(Act.CHANGE, wrote, people)] if seen.changed else []),
    ]
