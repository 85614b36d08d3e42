"""The board, and how the people behind its numbers are shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.safety.actions.mustering import is_over
from meibo.apps.safety.actions.raising import level_of
from meibo.apps.safety.actions.standing import entitled
from meibo.apps.safety.actions.starting import reopens_until
from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries import drawing
from meibo.apps.safety.queries.board import Tally, board
from meibo.apps.safety.queries.desks import running
from meibo.apps.safety.queries.fallen import fell
from meibo.apps.safety.queries.organising import at_place, places, plan_on
from meibo.apps.safety.queries.organising import lines as lines_of
from meibo.apps.safety.queries.questions import open_questions
from meibo.apps.safety.views.checks import found
from meibo.apps.safety.views.events import of_crisis
from meibo.domain.safety.organising import Place
from meibo.domain.safety.words import COMES, DAMAGED, STATUS, UNABLE
from meibo.domain.telegram.level import Level
from meibo.domain.units import Organisation
from meibo.ledger import house, reader
from meibo.platform.emergency.models import EmergencyEvent
from meibo.platform.emergency.queries import open_event
from meibo.platform.layout.frame import Frame, frame_for

SHOWN = frozenset({"name", "kana", "unit", "post", "extension", "contacts"})


@require_safe
@never_cache
@of_crisis
def board_page(request: HttpRequest, number: int) -> HttpResponse:
    """How many answered what; one unit with those below it, or the whole house."""
    check, frame, now = found(number), frame_for(request), timezone.now()
    until = reopens_until(check)
    organisation = house.organisation(frame.today)
    unit = unit_asked(request, organisation)
    counted = board(check, organisation)
    tally = counted.units.get(unit, Tally()) if unit else counted.whole
    below = organisation.children(unit or None)
    lines = [
        (code, organisation.path(code)[-1], counted.units[code], bool(organisation.children(code)))
        for code in below
        if code in counted.units
    ]
    if not unit and "" in counted.units:
        lines.append(("", "所属なし", counted.units[""], False))
    context: dict[str, Any] = {
        "check": check,
        "whole": tally,
        "lines": lines,
        "words": [(key, label, tally.status[key]) for key, label in STATUS.items()],
        "crumbs": crumbs(organisation, unit),
        "unit": unit,
        "now": now,
        "level": level_of(check).words if check.level and not entitled(check, Level()) else "",
        "reopens": until if until is not None and now < until else None,
        "rounds": check.call_rounds.all(),
        "waiting": open_questions().count(),
        "fell": fell(check),
        "over": is_over(check, now),
        "left_open": left_open(check, now),
    }
    if not unit:
        context |= _drawn(check, frame.today)
    return render(request, "safety/board.html", context)


def left_open(check: Check, now: datetime) -> EmergencyEvent | None:
    """The event that still shows everybody's contacts though this check is ended: its own, or one
    that no other check needs."""
    event = open_event(now) if check.closed_at is not None else None
    needed = event is not None and event.pk != check.event_id and running(now).exists()
    return None if needed else event


def _drawn(check: Check, on: date) -> dict[str, Any]:
    bars, later, unknown = drawing.arrivals(check)
    held = plan_on(on)
    posted = lines_of(held, check) if held else []
    asked = [each for each in posted if each.tally.asked]
    return {
        "curve": drawing.curve(check, timezone.now()),
        "bars": bars,
        "later": later,
        "unknown": unknown,
        "plan": drawing.plan(check),
        "posted": asked,
        "elsewhere": len(posted) - len(asked),
    }


def unit_asked(request: HttpRequest, organisation: Organisation) -> str:
    """The unit that is asked for. One that there is not is no page: the whole house would be taken
    for it."""
    code = request.GET.get("unit", "")
    if code and code not in organisation.states:
        raise Http404
    return code


def crumbs(organisation: Organisation, unit: str) -> list[tuple[str, str]]:
    """The units above one, and itself."""
    codes = organisation.codes.get(unit, ())
    return [(code, organisation.path(code)[-1]) for code in codes]


def place_asked(
    request: HttpRequest, check: Check, on: date
) -> tuple[Place | None, dict[int, str]]:
    """The place of the disaster organisation that is asked for, with who stands there."""
    code, held = request.GET.get("place", ""), plan_on(on)
    place = next((each for each in places() if each.code == code), None)
    if place is None or held is None:
        return None, {}
    return place, at_place(check, held, code)


def by_role(rows: Any, roles: Collection[int]) -> list[Called]:
    """Those of a place, who leads first."""
    found = {each.pk: each for each in rows.filter(pk__in=list(roles))}
    return [found[number] for number in roles if number in found]


def in_order(rows: Any, organisation: Organisation) -> list[Called]:
    """By unit as the house lists them."""
    last = len(organisation.order)
    return sorted(rows, key=lambda each: (organisation.order.get(each.unit, last), each.pk))


def lines(frame: Frame, called: Sequence[Called], *, contacts: bool = True) -> list[dict[str, Any]]:
    """Each with the card that the viewer may see; contacts are on it while the event is open, and
    that they were shown is noted by the card itself."""
    only = SHOWN if contacts else SHOWN - {"contacts"}
    cards = {
        card.id: card
        for card in reader.cards(
            frame.viewer, on=frame.today, ids=[each.person for each in called], only=only
        )
    }
    return [
        {
            "called": each,
            "card": cards[each.person],
            "phones": _phones(cards[each.person]),
            "status": STATUS.get(each.status, ""),
            "comes": "" if each.status in UNABLE else COMES.get(each.comes, ""),
            "home": DAMAGED.get(each.home, ""),
            "proxy": each.person != frame.viewer.person,
        }
        for each in called
        if each.person in cards
    ]


def _phones(card: reader.Card) -> list[dict[str, str]]:
    """What can be called: a contact that is written in digits."""
    return [c for c in (card.get("contacts") or []) if "@" not in c.get("value", "@")]
