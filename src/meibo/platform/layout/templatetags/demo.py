"""The demo ward's sign-ins, offered on the sign-in page as long as such accounts exist."""

from django import template

from meibo.platform.accounts.models import Account
from meibo.platform.demo import SIGN_INS, SignIn

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[SignIn]:
    """Whom one can be in the demo ward; nobody in a real house. The password is no secret there:
    the house it opens is invented."""
    found = Account.objects.filter(is_demo=True, is_active=True)
    there = set(found.values_list("username", flat=True))
    return [sign_in for sign_in in SIGN_INS if sign_in.username in there]
