"""The one door: who is looking, and at which day.

A page asks here for its viewer and its 基準日 and reads through `ledger.reader` with them.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from meibo.domain.disclosure import Viewer
from meibo.ledger import ties
from meibo.platform.accounts.models import Account
from meibo.platform.grants import queries as grants

TOKYO = ZoneInfo("Asia/Tokyo")


def moment() -> datetime:
    """This moment, for what is written down on the way in."""
    return timezone.now()


def today() -> date:
    """The day in Tokyo, where every ward is."""
    return timezone.now().astimezone(TOKYO).date()


def viewer_for(request: HttpRequest) -> Viewer:
    """The viewer of a request: ties by tenures and duties of today; without sign-in, 住民."""
    kept = getattr(request, "meibo_viewer", None)
    if isinstance(kept, Viewer):
        return kept
    account = request.user
    if isinstance(account, Account) and account.is_active:
        viewer = ties.viewer_of(account.person, duties_of(account), today())
    else:
        viewer = Viewer(frozenset({"public"}), today())
    request.meibo_viewer = viewer  # type: ignore[attr-defined]  # one viewer a request
    return viewer


def duties_of(account: Account) -> frozenset[str]:
    """The duties in force today: a person's grants, or what an account without a person has."""
    if account.person:
        return grants.duties_of(account.person, today())
    return frozenset(account.duties)


def day_for(request: HttpRequest) -> date:
    """基準日: `?on=YYYY-MM-DD`, today where it is missing or not a date."""
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()
