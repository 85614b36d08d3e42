"""Opening and closing accounts, and granting duties.

`actor` is the sign-in name of who does it, or the name of the command that does. A caller's mistake
(name taken, unknown duty, weak password) is a ValidationError with a Japanese message.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from meibo.domain.book import SeatKind
from meibo.ledger import roll
from meibo.platform.accounts.models import Account, check_duties
from meibo.platform.grants.actions import Wish, bestow

_TOKYO = ZoneInfo("Asia/Tokyo")


@transaction.atomic
def open_account(
    username: str,
    password: str | None,
    person: str | None = None,
    duties: Iterable[str] = (),
    *,
    actor: str,
    now: datetime,
    is_demo: bool = False,
) -> Account:
    """A new account; without a password nobody can sign in to it until one is set.

    Duties of somebody in the book hang on the post held today, and end with it; an account without
    a person has them itself.
    """
    wanted = list(duties)
    account = Account(
        username=Account.normalize_username(username),
        person=person or None,
        duties=[] if person else wanted,
        is_demo=is_demo,
        opened_at=now,
        opened_by=actor,
    )
    if password is not None:
        validate_password(password, account)
    account.set_password(password)
    account.full_clean()
    account.save(force_insert=True)
    if person:
        _bestow(person, wanted, actor, now)
    return account


def _bestow(person: str, duties: list[str], actor: str, now: datetime) -> None:
    check_duties(duties)
    if not duties:
        return
    today = now.astimezone(_TOKYO).date()
    seats = roll.seats_between([person], today, today)
    if not seats:
        raise ValidationError("職に就いていない職員には、職務を付与できません。")
    seat = next((s for s in seats if s.kind == SeatKind.MAIN.value), seats[0])
    for duty in duties:
        wish = Wish(person, duty, seat.unit, today, "アカウントの開設とともに")
        bestow(wish, actor=actor, now=now)


@transaction.atomic
def set_password(account: Account, password: str, *, actor: str, now: datetime) -> None:
    """Replace the password; sessions opened with the old one end by themselves."""
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])


@transaction.atomic
def clear_password(account: Account, *, actor: str, now: datetime) -> None:
    """No password opens it until a new one is set; open sessions end by themselves."""
    account.set_unusable_password()
    account.save(update_fields=["password"])


@transaction.atomic
def grant_duties(account: Account, duties: Iterable[str], *, actor: str, now: datetime) -> None:
    """The duties of an account without a person are from now on exactly these."""
    account.duties = list(duties)
    account.full_clean()
    account.save(update_fields=["duties"])


@transaction.atomic
def close_account(account: Account, *, actor: str, now: datetime) -> None:
    """Nobody signs in to it any more, and who is signed in is not from the next request on."""
    account.is_active = False
    account.closed_at = now
    account.closed_by = actor
    account.save(update_fields=["is_active", "closed_at", "closed_by"])
