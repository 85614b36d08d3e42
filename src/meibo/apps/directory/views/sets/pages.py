"""The page of a set, and what is done with it there."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.directory.actions import sets
from meibo.apps.directory.actions.conditions import StaleError
from meibo.apps.directory.models import FoundSet
from meibo.apps.directory.queries.choosing import choosing
from meibo.apps.directory.queries.free import bulk_fields
from meibo.apps.directory.queries.listing import columns_of
from meibo.apps.directory.queries.sets import MOST_COMPARED, beside, members, set_of
from meibo.apps.directory.queries.sets import sets as own_sets
from meibo.apps.directory.views.choosing.pages import ORDERING, owner_of
from meibo.domain.conditions import ConditionError, read
from meibo.ledger import reader
from meibo.platform.found import SETS
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.wording import spaced
from meibo.platform.typed import whole

#: So many are offered where words fit several people.
CANDIDATES = 8


def mine(request: HttpRequest, number: int) -> FoundSet:
    """One's own set; 404 for any other, as for none."""
    found = set_of(owner_of(request), number, frame_for(request).today)
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def found(request: HttpRequest, number: int) -> HttpResponse:
    """A set: its people in columns, and everything that can be done with them."""
    frame = frame_for(request)
    held = mine(request, number)
    laid = members(frame.viewer, held.people, frame.day, columns_of(request.GET))
    query = request.GET.get("q", "").strip()
    page = reader.search(frame.viewer, query, on=frame.day, limit=CANDIDATES) if query else None
    context = {
        "found": held,
        "laid": laid,
        "lines": [(card, [c.text(card) for c in laid.columns]) for card in laid.cards],
        "told": _told(request, held),
        "query": query,
        "hits": [hit.card for hit in page.hits if hit.card.id not in held.people] if page else [],
        "offers": SETS.offered(frame.viewer),
        "fills": bool(bulk_fields(frame.viewer)),
        "most_compared": MOST_COMPARED,
        "undo": [each for each in request.GET.get("undo", "").split(",") if each],
        "filled": request.GET.get("filled", ""),
        "number": str(number),
        "deed": reverse("directory:found_deed", args=[number]),
    }
    return render(request, "directory/sets/found.html", context)


def _told(request: HttpRequest, held: FoundSet) -> str:
    if not held.body:
        return ""
    frame = frame_for(request)
    try:
        return choosing(frame.viewer, frame.day).sentence(read(held.body))
    except ConditionError:
        return ""


@require_POST
@never_cache
def deed(request: HttpRequest, number: int) -> HttpResponse:
    """One deed with one set: people in or out, its name, asked again, taken away and back."""
    owner, now = owner_of(request), datetime.now(UTC)
    what = request.POST.get("do", "")
    if what == "back":
        sets.drop(number, owner, now=None)
        messages.success(request, "集まりを戻しました。")
        return _to_set(request, number)
    held = mine(request, number)
    people = request.POST.getlist("id")
    if what == "drop":
        sets.drop(number, owner, now=now)
        return redirect(f"{reverse('directory:choosing')}?dropped_set={number}")
    if what == "out":
        gone = sets.take_out(number, owner, people, now=now)
        messages.success(request, f"{gone}人を外しました。")
        return redirect(
            _with(request, number, undo=",".join(people)) if gone else _plain(request, number)
        )
    if what == "in":
        _put_in(request, held, people, now)
    elif what == "describe":
        _describe(request, held, now)
    elif what == "again" and held.body:
        _ask_again(request, held, now)
    elif what == "compare":
        return redirect(f"{reverse('directory:found_compare', args=[number])}?{_ids(people)}")
    return _to_set(request, number)


def _ids(people: list[str]) -> str:
    return urlencode([("id", person) for person in people])


def _plain(request: HttpRequest, number: int) -> str:
    return frame_for(request).dated(reverse("directory:found", args=[number]))


def _with(request: HttpRequest, number: int, **more: str) -> str:
    return frame_for(request).dated(reverse("directory:found", args=[number]), **more)


def _to_set(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the set, or to the person from whose page somebody was put in."""
    person = request.POST.get("person", "")
    if person:
        address = reverse("directory:person", args=[person])
        return redirect(frame_for(request).dated(address, set=str(number)))
    return redirect(_plain(request, number))


def _put_in(request: HttpRequest, held: FoundSet, people: list[str], now: datetime) -> None:
    """Only those whom one sees go into a set."""
    frame = frame_for(request)
    only = frozenset({"name"})
    cards = reader.cards(frame.viewer, on=frame.day, ids=people, only=only)
    new = sets.put_in(held.pk, held.owner, [card.id for card in cards], now=now)
    names = "、".join(spaced(card.get("name")) for card in cards[:3])
    said = f"{names}を「{held.name}」に入れました。" if new else "もう入っています。"
    messages.success(request, said)


def _describe(request: HttpRequest, held: FoundSet, now: datetime) -> None:
    name, note = request.POST.get("name", ""), request.POST.get("note", "")
    stated = whole(request.POST.get("version", ""))
    try:
        sets.describe(held.pk, held.owner, name or held.name, note, version=stated, now=now)
        messages.success(request, "名前とメモを変えました。")
    except StaleError as error:
        messages.error(request, str(error))


def _ask_again(request: HttpRequest, held: FoundSet, now: datetime) -> None:
    frame = frame_for(request)
    condition = read(held.body)

    def choose() -> list[str]:
        met = reader.choose(frame.viewer, condition, on=frame.day)
        cards = reader.cards(frame.viewer, on=frame.day, ids=met, only=ORDERING)
        return [card.id for card in cards]

    came, went = sets.ask_again(
        held.pk, held.owner, choose, on=frame.day, today=frame.today, now=now
    )
    messages.success(request, f"選び直しました。増えた人 {came}人、減った人 {went}人。")


@require_safe
@never_cache
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """Two to four people beside one another."""
    frame = frame_for(request)
    held = mine(request, number)
    wanted = [person for person in request.GET.getlist("id") if person in held.people]
    cards, rows = beside(frame.viewer, wanted, frame.day)
    context = {"found": held, "cards": cards, "rows": rows, "more": len(wanted) > MOST_COMPARED}
    context["number"] = str(number)
    return render(request, "directory/sets/compare.html", context)


@require_POST
@never_cache
def combine(request: HttpRequest) -> HttpResponse:
    """Two sets as a new one."""
    frame = frame_for(request)
    owner = owner_of(request)
    numbers = [request.POST.get(name, "") for name in ("first", "second")]
    known = {str(each.pk): each for each in own_sets(owner, frame.today)}
    joint = request.POST.get("joint", "")
    if not all(number in known for number in numbers) or joint not in sets.JOINTS:
        messages.error(request, "集まりを二つと、合わせ方を選んでください。")
        return redirect("directory:choosing")
    first, second = (known[number] for number in numbers)
    people = sets.joined(first.people, second.people, joint)
    name = f"{first.name[:24]}と{second.name[:24]}（{sets.JOINTS[joint]}）"
    made = sets.make(owner, name, people, on=frame.day, today=frame.today, now=datetime.now(UTC))
    return redirect("directory:found", made.pk)


@require_POST
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """A set of people picked by hand: from a person's page."""
    frame = frame_for(request)
    person = request.POST.get("person", "")
    cards = reader.cards(frame.viewer, on=frame.day, ids=[person], only=frozenset({"name"}))
    if not cards:
        raise Http404
    name = request.POST.get("name", "") or "手で選んだ人"
    made = sets.make(
        *(owner_of(request), name, [card.id for card in cards]),
        on=frame.day,
        today=frame.today,
        now=datetime.now(UTC),
    )
    messages.success(request, f"「{made.name}」を作りました。")
    address = reverse("directory:person", args=[person])
    return redirect(frame.dated(address, set=str(made.pk)))
