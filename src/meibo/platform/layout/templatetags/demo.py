"""The demo ward's sign-ins, offered on the sign-in page as long as such accounts exist."""

from dataclasses import dataclass

from django import template
from django.conf import settings

from meibo.platform.accounts.models import DUTIES, Account

register = template.Library()


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A sign-in that anybody may use. Its password is no secret: the house it opens is invented."""

    username: str
    password: str
    label: str


@register.simple_tag
def demo_accounts() -> list[DemoAccount]:
    """Demo accounts in the order they were opened; none in a real house."""
    password = str(getattr(settings, "MEIBO_DEMO_PASSWORD", ""))
    if not password:
        return []
    found = Account.objects.filter(is_demo=True, is_active=True).order_by("opened_at", "pk")
    return [DemoAccount(each.username, password, _label(each)) for each in found]


def _label(account: Account) -> str:
    duties = "・".join(DUTIES[duty] for duty in account.duties)
    return duties or account.username
