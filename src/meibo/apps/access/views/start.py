"""The way in by a sheet of paper: the code, a password, signed in. Open to everybody."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from meibo.apps.access.forms import CodeForm, PasswordForm
from meibo.platform import door
from meibo.platform.entry import actions
from meibo.platform.entry.actions import WRONG_CODE, EntryError
from meibo.platform.entry.models import Sheet
from meibo.platform.entry.presence import CLOSED, may_be_in

_WAIT = "続けて間違えたので、しばらく受け付けません。10分ほど待ってから、もう一度入れてください。"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Type the code of the sheet."""
    if request.method != "POST":
        return _ask(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    return _open(request, form.cleaned_data["code"])


@login_not_required
@require_safe
@never_cache
def start_code(request: HttpRequest, code: str) -> HttpResponse:
    """The same by the QR code of the sheet. To look uses nothing up."""
    return _open(request, code)


def _open(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the password, where the code opens something; else say the same for every reason."""
    sheet, refusal = _sheet(request, code)
    if sheet is None:
        form = CodeForm({"code": ""})
        form.errors.clear()
        form.add_error(None, refusal)
        return _ask(request, form, status=422 if request.method == "POST" else 200)
    if not may_be_in(sheet.account):
        return redirect(CLOSED)
    return _choose(request, PasswordForm(initial={"code": code}), sheet)


def _sheet(request: HttpRequest, code: str) -> tuple[Sheet | None, str]:
    """The sheet of a code, or what to say; every miss is counted by the address it came from."""
    address, now = str(get_adapter().get_client_ip(request))[:45], datetime.now(UTC)
    if actions.too_many(address, now=now):
        return None, _WAIT
    found = actions.sheet_of(code, door.today())
    if found is None:
        actions.missed(address, now=now)
    return found, WRONG_CODE


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start_password(request: HttpRequest) -> HttpResponse:
    """Set the password, use the sheet up, sign in. Who comes back to it begins anew."""
    if request.method != "POST":
        return redirect("account_start")
    form = PasswordForm(request.POST)
    sheet, _ = _sheet(request, request.POST.get("code", ""))
    if sheet is None or not may_be_in(sheet.account):
        return _open(request, request.POST.get("code", ""))
    if not form.is_valid():
        return _choose(request, form, sheet, status=422)
    values = form.cleaned_data
    address = str(get_adapter().get_client_ip(request))[:45]
    try:
        account = actions.redeem(
            values["code"],
            values["password"],
            address=address,
            on=door.today(),
            now=datetime.now(UTC),
        )
    except ValidationError as error:
        form.add_error("password", error)
        return _choose(request, form, sheet, status=422)
    except EntryError:
        return _open(request, values["code"])
    answer: HttpResponse = perform_login(request, account)
    return answer


def _ask(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "access/start.html", {"form": form}, status=status)


def _choose(
    request: HttpRequest, form: PasswordForm, sheet: Sheet, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "name": sheet.account.username}
    return render(request, "access/start_password.html", context, status=status)


@login_not_required
@require_safe
@never_cache
def closed(request: HttpRequest) -> HttpResponse:
    """Told to whom the house is not open today; the same words whatever the day."""
    return render(request, "access/closed.html")
