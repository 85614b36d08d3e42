"""サインイン中の端末: where one is signed in, and signing out from afar."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meibo.platform.accounts.devices import device
from meibo.platform.accounts.entrance import noting
from meibo.platform.accounts.models import Account
from meibo.platform.audit.acts import Act
from meibo.platform.typed import whole


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """The list; sent with the number of a session it ends that one, without one all others."""
    account = request.user
    if not isinstance(account, Account):
        return redirect("account_login")
    if request.method == "POST":
        return _end(request, account)
    found = UserSession.objects.purge_and_list(account)
    found.sort(key=lambda each: (not each.is_current(), -each.last_seen_at.timestamp()))
    rows = [(each, device(each.user_agent), each.is_current()) for each in found]
    context = {"rows": rows, "others": sum(1 for *_, current in rows if not current)}
    return render(request, "account/sessions.html", context)


def _end(request: HttpRequest, account: Account) -> HttpResponse:
    chosen = request.POST.get("session", "")
    rows = UserSession.objects.filter(user_id=account.pk)
    if chosen:
        rows = rows.filter(pk=whole(chosen))
    ended = [each for each in rows if not each.is_current()]
    if ended:
        noting.noted(request, Act.SESSION, what="ended", count=len(ended))
    for each in ended:
        each.end()
    messages.success(request, f"{len(ended)}台の端末をサインアウトしました。")
    return redirect("account_sessions")


@require_safe
@never_cache
def no_password(request: HttpRequest) -> HttpResponse:
    """Where allauth leads who would change a password and has none: accounts that come in by the
    municipality's own sign-in, or by a passkey alone."""
    messages.info(
        request,
        "このアカウントには、名簿のパスワードがありません。庁内の認証サービスかパスキーで"
        "サインインしてください。パスワードが必要なときは、庶務担当に紙を頼んでください。",
    )
    return redirect("account_sessions")
