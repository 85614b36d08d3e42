"""私の届出: what is on record of oneself, and filing a change, one question a screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.personnel.actions.filings import opening
from meibo.apps.personnel.actions.filings import own as actions
from meibo.apps.personnel.actions.filings.kinds import KINDS, day_of
from meibo.apps.personnel.actions.filings.licences import lacking, scan_of
from meibo.apps.personnel.actions.filings.making import END
from meibo.apps.personnel.actions.filings.own import FilingError
from meibo.apps.personnel.actions.filings.rules import STEPS, rules
from meibo.apps.personnel.models import OpenFiling
from meibo.apps.personnel.queries.filings import confirming, waiting
from meibo.apps.personnel.views.filings import scans
from meibo.apps.personnel.views.filings.answers import QuestionForm
from meibo.ledger import filed, joins
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.typed import whole

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, str, Rest], HttpResponse]


def of_staff(view: View[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """A view of one's own: handed the id of who is in service and signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        viewer = frame_for(request).viewer
        if viewer.person is None:
            raise PermissionDenied
        return view(request, viewer.person, *args, **kwargs)

    return guarded


@require_safe
@never_cache
@of_staff
def mine(request: HttpRequest, person: str) -> HttpResponse:
    """What is on record of oneself with its age, and one's filings."""
    viewer = frame_for(request).viewer
    context = {
        "held": waiting.held(viewer),
        "filings": waiting.mine(person, viewer.today),
        "asked": confirming.asked(viewer),
        "next": request.path,
    }
    return render(request, "personnel/filings/mine.html", context)


@require_POST
@never_cache
@of_staff
def begin(request: HttpRequest, person: str, kind: str) -> HttpResponse:
    """Begin, or go on with what was begun."""
    now, today = timezone.now(), frame_for(request).today
    if kind not in waiting.own_kinds(frame_for(request).viewer):
        raise Http404
    try:
        filing = actions.begin(person, kind, actor=actor_of(request), now=now, today=today)
    except FilingError as error:
        raise Http404 from error
    if filing.state != OpenFiling.DRAFT:
        messages.info(request, "この届は、もう送ってあります。直すときは「直す」を押してください。")
        return redirect("filings:filing", filing.pk)
    return redirect("filings:question", filing.pk, 1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_staff
def question(request: HttpRequest, person: str, number: int, step: int) -> HttpResponse:
    """One question of a filing. What is answered is kept at once."""
    filing, today = _filing(request, person, number), frame_for(request).today
    if filing.state != OpenFiling.DRAFT:
        return redirect("filings:filing", number)
    kind, values = KINDS[filing.kind], opening.values_of(filing)
    asked = kind.asked(values)
    if not 1 <= step <= len(asked):
        raise Http404
    names = asked[step - 1].names
    record = opening.record_of(person, kind, today)
    sent = request.POST if request.method == "POST" else None
    form = _form(request, names, today, record, values)
    if sent is not None and form.is_valid():
        try:
            answers = _with_chosen(scans.kept(filing, values, form.cleaned_data), record)
            filing = actions.write(number, answers, person=person, now=timezone.now())
        except FilingError as error:
            messages.error(request, str(error))
            return redirect("filings:mine")
        more = step < len(kind.asked(opening.values_of(filing)))
        return redirect(
            *(("filings:question", number, step + 1) if more else ("filings:look", number))
        )
    context = {
        "filing": filing,
        "label": rules()[filing.kind].label,
        "question": asked[step - 1],
        "form": form,
        "step": step,
        "steps": len(asked),
        "back": step - 1,
        "reason": opening.reason_of(filing),
    }
    status = 200 if sent is None else 422
    return render(request, "personnel/filings/question.html", context, status=status)


def _form(
    request: HttpRequest,
    names: tuple[str, ...],
    today: date,
    record: dict[str, str],
    values: dict[str, str],
) -> QuestionForm:
    posted = request.method == "POST"
    return QuestionForm(
        *(names, today, scans.known(record, values)),
        data=request.POST if posted else None,
        files=request.FILES if posted else None,
        initial={name: value for name, value in values.items() if name != "scan"},
    )


def _with_chosen(answers: dict[str, str], record: dict[str, str]) -> dict[str, str]:
    """With somebody of the family who was chosen, what is on record of them to begin with."""
    who = answers.get("who", "")
    return answers | (waiting.relative(record, who) if who and not who.startswith(END) else {})


@require_safe
@never_cache
@of_staff
def scan(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """The scan that one handed in oneself."""
    filing = _filing(request, person, number)
    return scans.handed(request, filing.person, scan_of(opening.values_of(filing)))


@require_safe
@never_cache
@of_staff
def look(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """The last look: before and after, who will see to it, what has to come with it."""
    filing, today = _filing(request, person, number), frame_for(request).today
    if filing.state != OpenFiling.DRAFT:
        return redirect("filings:filing", number)
    kind, values = KINDS[filing.kind], opening.values_of(filing)
    missing = next(
        (n for n, q in enumerate(kind.asked(values), 1) if not _answered(q.names, values)), 0
    )
    if missing:
        return redirect("filings:question", number, missing)
    rule = rules()[filing.kind]
    day = day_of(values, today)
    context = {
        "filing": filing,
        "rule": rule,
        "nothing": actions.NOTHING if opening.changes_nothing(person, kind, values, day) else "",
        "changes": waiting.changes(kind, opening.record_of(person, kind, today), values),
        "since": values.get("since", ""),
        "steps": [STEPS[step] for step in rule.steps],
        "last": len(kind.asked(values)),
        "seen": filed.mark(person, kind.fields),
        "scan": scan_of(values),
    }
    return render(request, "personnel/filings/look.html", context)


def _answered(names: tuple[str, ...], values: dict[str, str]) -> bool:
    """Whether a question was seen: an empty answer is one, too."""
    return all(name in values for name in names) and not lacking(names, values)


@require_safe
@never_cache
@of_staff
def filing(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """One filing: how far it has got, what it says, and what its person may do."""
    found, today = _filing(request, person, number), frame_for(request).today
    kind, values = KINDS[found.kind], opening.values_of(found)
    record = opening.record_of(person, kind, today)
    done = found.state in {OpenFiling.ACCEPTED, OpenFiling.UNDONE}
    context = {
        "filing": found,
        "rule": rules()[found.kind],
        "words": waiting.state_words(found, today),
        "reason": opening.reason_of(found),
        "lines": kind.told({**record, **kind.made(values, record)}),
        "scan": scan_of(values),
        "open": found.state in OpenFiling.OPEN and not done,
    }
    return render(request, "personnel/filings/filing.html", context)


@require_POST
@never_cache
@of_staff
def send(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """Send it."""
    now, today = timezone.now(), frame_for(request).today
    version, seen = _number(request, "version"), _number(request, "seen")
    try:
        actions.send(
            number, version, seen, person=person, actor=actor_of(request), now=now, today=today
        )
    except FilingError as error:
        messages.error(request, str(error))
        return redirect("filings:look", number)
    messages.success(request, "届を送りました。受け付けられると、名簿に入ります。")
    return redirect("filings:filing", number)


@require_POST
@never_cache
@of_staff
def withdraw(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """Take it back."""
    version, now = _number(request, "version"), timezone.now()
    return _done(
        request,
        lambda: actions.withdraw(number, version, person=person, actor=actor_of(request), now=now),
        "届を取り下げました。名簿は変わっていません。",
        redirect("filings:mine"),
    )


@require_POST
@never_cache
@of_staff
def again(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """Correct it and send it again."""
    version, now = _number(request, "version"), timezone.now()
    answer = redirect("filings:question", number, 1)
    deed = lambda: actions.again(  # noqa: E731  # said once, done below
        number, version, person=person, actor=actor_of(request), now=now
    )
    return _done(request, deed, "", answer)


@require_POST
@never_cache
@of_staff
def confirm(request: HttpRequest, person: str) -> HttpResponse:
    """Still right, in one tap: all that was shown."""
    shown = {
        name.removeprefix("mark-"): request.POST[name]
        for name in request.POST
        if name.startswith("mark-")
    }
    marks = {kind: whole(seen) for kind, seen in shown.items()}
    now = timezone.now()
    target = "filings:mine" if request.POST.get("next") == "mine" else "directory:home"
    return _done(
        request,
        lambda: actions.confirm(person, marks, actor=actor_of(request), now=now),
        "ありがとうございます。今も正しいと記録しました。",
        redirect(target),
    )


def _filing(request: HttpRequest, person: str, number: int) -> OpenFiling:
    rows = OpenFiling.objects.filter(pk=number, person__in=joins.members(person))
    found = rows.first()
    if found is None or found.kind not in waiting.own_kinds(frame_for(request).viewer):
        raise Http404
    return found


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.POST.get(name, ""))


def _done(
    request: HttpRequest, deed: Callable[[], object], said: str, answer: HttpResponse
) -> HttpResponse:
    try:
        deed()
    except FilingError as error:
        messages.error(request, str(error))
        return redirect("filings:mine")
    if said:
        messages.success(request, said)
    return answer
