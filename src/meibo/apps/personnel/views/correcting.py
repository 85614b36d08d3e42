"""訂正: questions in plain words, everything that would come of it, and a plan that says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meibo.apps.personnel.actions import correcting as actions
from meibo.apps.personnel.actions.correcting import CorrectionError, Kind
from meibo.apps.personnel.actions.deciding import Approver
from meibo.apps.personnel.queries.checking.town import posts
from meibo.apps.personnel.queries.correcting.consequences import consequences
from meibo.apps.personnel.queries.correcting.orders import (
    Choices,
    Order,
    order,
    orders,
    post_before,
)
from meibo.apps.personnel.queries.correcting.words import Words
from meibo.apps.personnel.queries.deciding.route import proposed
from meibo.apps.personnel.views.correcting_form import CorrectionForm
from meibo.domain.book import Line
from meibo.ledger import ties
from meibo.ledger.drawer import DrawerError
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once
from meibo.platform.typed import code


@require_safe
@never_cache
@of_personnel
def search(request: HttpRequest) -> HttpResponse:
    """Whose orders: by staff number, for those who have left as well."""
    number = code(request.GET.get("staff_no", ""))
    person = ties.person_numbered(number) if number else None
    if person is not None:
        return redirect("personnel:corrections", person)
    return render(request, "personnel/correcting/search.html", {"missed": number})


@require_safe
@never_cache
@of_personnel
def corrections(request: HttpRequest, person_id: str) -> HttpResponse:
    """The orders of somebody, each to be mended, and one that was left out."""
    viewer = frame_for(request).viewer
    found = orders(viewer, person_id)
    if not found:
        raise Http404
    name = Words(viewer.today).name(person_id)
    context = {"person": person_id, "name": name, "orders": found}
    return render(request, "personnel/correcting/orders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
@once
def correct(request: HttpRequest, person_id: str, number: int) -> HttpResponse:
    """Mend one order."""
    found = order(frame_for(request).viewer, person_id, number)
    if found is None:
        raise Http404
    return _Guide(request, person_id, *found).answer()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
@once
def late(request: HttpRequest, person_id: str) -> HttpResponse:
    """An order that was left out."""
    if not orders(frame_for(request).viewer, person_id):
        raise Http404
    return _Guide(request, person_id, None, None).answer()


@dataclass
class _Guide:
    """One page of questions, and what comes of the answers."""

    request: HttpRequest
    person: str
    target: Line | None
    told: Order | None

    def answer(self) -> HttpResponse:
        today, posted = frame_for(self.request).today, self.request.POST or None
        choices = Choices(self.target.effective if self.target else today, today)
        form = CorrectionForm(posted, target=self.target, choices=choices)
        if posted is None or not form.is_valid():
            return self._page(form, choices, status=422 if posted else 200)
        try:
            lines = self._lines(form, timezone.now())
        except CorrectionError as error:
            form.add_error(error.field or None, str(error))
            return self._page(form, choices, status=422)
        if self.request.POST.get("deed") in {"plan", "submit"}:
            if self.request.POST.get("seen") == _mark(lines):
                return self._made(form, lines)
            messages.warning(self.request, "答えが変わりました。変わることをもう一度見てください。")
        return self._page(form, choices, lines)

    def _lines(self, form: CorrectionForm, now: datetime) -> list[Line]:
        answer = form.answer(self.person)
        right = answer.right if answer.kind is Kind.PERSON else self.person
        held = post_before(right or self.person, answer.day) if answer.day else None
        return actions.lines_for(answer, self.target, held, posts(), now)

    def _made(self, form: CorrectionForm, lines: list[Line]) -> HttpResponse:
        actor, now = actor_of(self.request), timezone.now()
        today = frame_for(self.request).today
        title = f"訂正 {Words(today).name(self.person)}"
        number = actions.make_plan(
            title, lines, actor=actor, now=now, day=max(line.effective for line in lines)
        )
        if self.request.POST["deed"] == "submit":
            route = [
                Approver(each.account, each.person, each.post)
                for each in proposed("correction", today)
                if each.account
            ]
            try:
                actions.lay_before(number, route, actor=actor, now=now, today=today)
            except DrawerError as error:
                messages.error(self.request, f"案にしましたが、決裁には出していません。{error}")
            else:
                messages.success(self.request, "訂正の案を決裁に出しました。")
        else:
            messages.success(self.request, "訂正の案を作りました。まだ誰にも出していません。")
        return redirect("personnel:plan_deciding", number)

    def _page(
        self,
        form: CorrectionForm,
        choices: Choices,
        lines: list[Line] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        today = frame_for(self.request).today
        words = Words(today)
        context = {
            "person": self.person,
            "name": words.name(self.person),
            "told": self.told,
            "form": form,
            "choices": choices,
            "lines": [(words.name(x.person), words.order(x)) for x in lines or ()],
            "found": consequences(lines, today) if lines else None,
            "seen": _mark(lines or []),
            "route": proposed("correction", today) if lines else [],
        }
        return render(self.request, "personnel/correcting/guide.html", context, status=status)


def _mark(lines: list[Line]) -> str:
    """By which it is known that what is sent is what was shown."""
    said = [replace(line, recorded=line.recorded.min) for line in lines]
    return sha256(repr(said).encode()).hexdigest()
