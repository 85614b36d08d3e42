"""A person: the card, and the card to take away."""

import io
from typing import Any

import segno
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries.free import may_write
from meibo.apps.directory.queries.keeping import own_choices
from meibo.apps.directory.queries.people import person_page, shows_record
from meibo.apps.directory.queries.sets import offered, set_of, walk
from meibo.apps.directory.queries.vcard import vcard
from meibo.apps.directory.views.forms import SharingForm
from meibo.ledger import joins, reader
from meibo.platform.accounts.recent import ask_again, is_recent
from meibo.platform.emergency.queries import looks_at
from meibo.platform.layout.frame import Frame, frame_for, town
from meibo.platform.layout.handing import handed_out
from meibo.platform.layout.photos import kind_of, stored

#: Nothing in a picture may run, load or be framed.
_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
#: So long may a browser keep a picture: a page of faces is looked at more than once.
PHOTO_SECONDS = 600


@require_safe
@never_cache
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """The card of a person on a day. 404 for who is not in service then or not to be seen; the
    page does not tell the two apart, save that it leads to another day where there is one."""
    frame = frame_for(request)
    if shows_record(frame.viewer, person_id) and not is_recent(request, now=timezone.now()):
        return ask_again(request)
    page = person_page(frame.viewer, person_id, frame.day)
    if page is not None:
        context: dict[str, Any] = {"page": page, "card": page.card}
        if page.own:
            context["looks"] = looks_at(person_id, timezone.now())
        context |= _besides(request, frame, person_id)
        if page.own and not frame.other_day:
            context["sharing"] = SharingForm(initial=dict(own_choices(frame.viewer)))
        return render(request, "directory/person.html", context)
    lead = joins.lead(person_id)
    if lead != person_id and reader.card(frame.viewer, lead, on=frame.day) is not None:
        # Another number of somebody: where that card may be seen, this one leads to it.
        return redirect(frame.dated(reverse("directory:person", args=(lead,))))
    today = reader.card(frame.viewer, person_id, on=frame.today) if frame.other_day else None
    near = None if today else reader.day_in_service(frame.viewer, person_id, on=frame.day)
    context = {"today": today, "near": near, "person": person_id}
    return render(request, "directory/person_absent.html", context, status=404)


def _besides(request: HttpRequest, frame: Frame, person_id: str) -> dict[str, Any]:
    """What stands around a card for the one who looks: the set they go through, sets to put the
    person into, and whether they may write."""
    owner, number = request.user.get_username(), request.GET.get("set", "")
    held = None
    if number.isdecimal() and len(number) < 10:
        held = set_of(owner, int(number), frame.today)
    return {
        "walk": walk(frame.viewer, held, person_id, frame.day) if held else None,
        "sets": offered(owner, person_id, frame.today),
        "writes": not frame.other_day and may_write(frame.viewer, person_id),
    }


def _card_text(request: HttpRequest, person_id: str) -> tuple[str, str]:
    frame = frame_for(request)
    card = reader.card(frame.viewer, person_id, on=frame.day)
    if card is None or not card.portable:
        raise Http404
    return vcard(card, town()), str(card.get("name") or "card")


@require_safe
@never_cache
def person_vcard(request: HttpRequest, person_id: str) -> HttpResponse:
    """The card for an address book."""
    text, name = _card_text(request, person_id)
    filename = name.replace("\u3000", "") + ".vcf"
    return handed_out(text, "text/vcard; charset=utf-8", filename)


@require_safe
@never_cache
def person_qr(request: HttpRequest, person_id: str) -> HttpResponse:
    """The same vCard as a QR code (JIS X 0510), to be read by a telephone's camera."""
    text, _ = _card_text(request, person_id)
    drawn = io.BytesIO()
    code = segno.make(text, encoding="utf-8", error="m", boost_error=False, micro=False)
    code.save(drawn, kind="svg", scale=4, border=4, dark="#000", light="#fff", svgns=True)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml; charset=utf-8")


def _kind(name: str) -> str:
    """What a browser is told that a picture is; one that is text says in which letters."""
    kind = kind_of(name)
    return f"{kind}; charset=utf-8" if kind.endswith("xml") else kind


@require_safe
@cache_control(private=True, max_age=PHOTO_SECONDS)
def person_photo(request: HttpRequest, person_id: str) -> FileResponse:
    """The picture, for who may see it. Nothing in an SVG picture may run or load anything."""
    frame = frame_for(request)
    card = reader.card(frame.viewer, person_id, on=frame.day)
    place = stored(card) if card is not None else None
    if place is None:
        raise Http404
    # Else the stored name would go out with it, and that may be the staff number.
    shown = f"photo{place.suffix}"
    response = FileResponse(place.open("rb"), filename=shown, content_type=_kind(place.name))
    response.headers["Content-Security-Policy"] = _PICTURE
    return response
