"""Who must have a second factor has one or gets no further; how it is set up, asked for, kept."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as now_in_force
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from meibo.ledger.masters import MissingKeyError
from meibo.platform.accounts import second_factor
from meibo.platform.audit.models import AuditRecord
from tests.platform.accounts.people import (
    NAME,
    SECRET,
    acts,
    code_of,
    factors_of,
    is_signed_in,
    opened,
    sign_in,
    with_app,
    with_recovery_codes,
)
from tests.platform.accounts.test_sessions import pass_minutes

pytestmark = pytest.mark.django_db

FIRST = "/account/factor/first/"
APP = "/account/factor/app/"
CODE = "/account/factor/code/"
DUTIES = frozenset({"hr", "crisis", "it", "audit"})


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    cache.clear()  # allauth remembers used codes and attempts there
    settings.MEIBO_SECOND_FACTOR = "all"
    settings.MEIBO_SECOND_FACTOR_DUTIES = DUTIES


def set_up_app(client: Client) -> str:
    """Through the pages, as one does with a telephone in the hand; returns the secret."""
    page = client.get(APP)
    assert page.status_code == 200
    secret: str = page.context["form"].secret
    assert client.post(APP, {"code": code_of(secret)}).status_code == 302
    return secret


def test_who_has_none_is_led_to_set_one_up_and_reaches_nothing_else(client: Client) -> None:
    opened()
    sign_in(client)
    for address in ("/", "/list", "/list.csv", "/account/sessions/", "/account/factor/"):
        assert client.get(address).headers["Location"] == FIRST, address
    assert "アプリを登録する" in client.get(FIRST).content.decode()


def test_help_the_set_up_pages_and_the_way_out_stay_open(client: Client) -> None:
    opened()
    sign_in(client)
    for address in (FIRST, APP, "/account/factor/passkeys/add/", "/account/logout/", "/help"):
        assert client.get(address).status_code == 200, address
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_a_part_of_a_page_leads_the_whole_page_there(client: Client) -> None:
    opened()
    sign_in(client)
    answer = client.get("/search?q=x", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, FIRST)


def test_an_app_is_set_up_right_after_signing_in_without_the_password_again(
    client: Client,
) -> None:
    account = opened()
    sign_in(client)
    set_up_app(client)
    assert factors_of(account) == ["recovery_codes", "totp"]
    assert client.get("/").status_code == 200
    entries = AuditRecord.objects.filter(act="factor")
    assert [entry.detail for entry in entries] == ['{"kind": "totp", "what": "added"}']


def test_a_wrong_code_sets_up_nothing(client: Client) -> None:
    account = opened()
    sign_in(client)
    secret = client.get(APP).context["form"].secret
    wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06d}"
    assert "コードが正しくありません" in client.post(APP, {"code": wrong}).content.decode()
    assert factors_of(account) == []


def test_the_next_sign_in_asks_for_the_code(client: Client) -> None:
    with_app(opened())
    assert sign_in(client).headers["Location"] == CODE
    assert not is_signed_in(client)
    assert client.post(CODE, {"code": code_of(SECRET)}).status_code == 302
    assert is_signed_in(client)
    assert client.get("/").status_code == 200


def test_a_code_serves_once(client: Client) -> None:
    with_app(opened())
    code = code_of(SECRET)
    sign_in(client)
    client.post(CODE, {"code": code})
    other = Client()
    sign_in(other)
    other.post(CODE, {"code": code})
    assert not is_signed_in(other)


def test_a_code_serves_once_whichever_process_takes_it(client: Client) -> None:
    with_app(opened())
    code = code_of(SECRET)
    sign_in(client)
    client.post(CODE, {"code": code})
    cache.clear()  # another process has seen nothing
    other = Client()
    sign_in(other)
    other.post(CODE, {"code": code})
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_changing_a_factor_asks_for_a_fresh_proof_also_where_the_house_asks_for_none(
    client: Client, settings: Settings
) -> None:
    settings.MEIBO_REAUTH_MINUTES = 0
    settings.MEIBO_IDLE_MINUTES = 0
    opened()
    sign_in(client)
    pass_minutes(client, 31)
    assert client.get(APP).headers["Location"].startswith("/account/reauthenticate/")


def test_a_recovery_code_stands_in_for_a_lost_telephone_once(client: Client) -> None:
    account = with_app(opened())
    code = with_recovery_codes(account)[0]
    sign_in(client)
    client.post(CODE, {"code": code})
    assert is_signed_in(client)
    other = Client()
    sign_in(other)
    other.post(CODE, {"code": code})
    assert not is_signed_in(other)


def test_recovery_codes_are_shown_once_and_then_only_counted(client: Client) -> None:
    opened()
    sign_in(client)
    set_up_app(client)
    first = client.get("/account/factor/recovery/").content.decode()
    second = client.get("/account/factor/recovery/").content.decode()
    assert first.count('class="secret"') == 10
    assert second.count('class="secret"') == 0
    assert "10個" in second


def test_the_duties_that_see_most_need_one_where_others_do_not(
    client: Client, settings: Settings
) -> None:
    settings.MEIBO_SECOND_FACTOR = "duties"
    needed = {
        duty: second_factor.is_needed(opened(f"t.{duty}", duties=[duty]))
        for duty in ("hr", "crisis", "it", "audit", "payroll")
    }
    assert needed == {"hr": True, "crisis": True, "it": True, "audit": True, "payroll": False}
    opened()
    sign_in(client)
    assert client.get("/").status_code == 200


def test_demo_accounts_are_exempt_and_the_sign_in_page_says_so(client: Client) -> None:
    opened("jinji", duties=["hr"], is_demo=True)
    assert "見本なので、二要素認証は求めません" in client.get("/account/login/").content.decode()
    sign_in(client, "jinji")
    assert client.get("/").status_code == 200


def test_the_last_factor_is_not_given_up_by_who_needs_one(client: Client) -> None:
    account = with_app(opened())
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})
    answer = client.post("/account/factor/app/remove/")
    assert "最後のひとつは" in answer.content.decode()
    assert factors_of(account) == ["totp"]


def test_who_needs_none_gives_it_up(client: Client, settings: Settings) -> None:
    settings.MEIBO_SECOND_FACTOR = "duties"
    account = with_app(opened())
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})
    client.post("/account/factor/app/remove/")
    assert factors_of(account) == []
    assert acts("factor") == ["factor"]


def test_new_recovery_codes_replace_the_old_ones(client: Client) -> None:
    account = with_app(opened())
    old = set(with_recovery_codes(account))
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})
    client.post("/account/factor/recovery/new/")
    row = Authenticator.objects.get(user_id=account.pk, type="recovery_codes")
    assert len(row.wrap().get_unused_codes()) == 10
    assert old.isdisjoint(row.wrap().get_unused_codes())


def test_the_picture_to_read_is_part_of_the_page_and_nothing_in_it_breaks_the_policy(
    client: Client,
) -> None:
    opened()
    sign_in(client)
    page = client.get(APP).content.decode()
    assert "<svg" in page
    assert "data:image" not in page
    assert " style=" not in page


def test_secrets_lie_sealed_in_the_database() -> None:
    account = with_app(opened())
    with_recovery_codes(account)
    for row in Authenticator.objects.filter(user_id=account.pk):
        sealed = row.data.get("secret") or row.data["seed"]
        assert sealed.startswith("s1:")
        assert SECRET not in str(row.data)


def test_a_new_master_key_takes_over_what_the_old_one_sealed(
    client: Client, settings: Settings
) -> None:
    account = with_app(opened())
    old, new = now_in_force.MEIBO_MASTER_KEY, b"n" * 32
    settings.MEIBO_MASTER_KEY_FILE = None
    settings.MEIBO_MASTER_KEY, settings.MEIBO_OLD_MASTER_KEYS = new, ()
    with pytest.raises(MissingKeyError):
        Authenticator.objects.get(user_id=account.pk).wrap().validate_code(code_of(SECRET))
    settings.MEIBO_OLD_MASTER_KEYS = (old,)
    assert second_factor.reseal() == 1
    assert second_factor.reseal() == 0
    settings.MEIBO_OLD_MASTER_KEYS = ()
    assert Authenticator.objects.get(user_id=account.pk).wrap().validate_code(code_of(SECRET))


def test_the_log_tells_by_which_means_somebody_came_in(client: Client) -> None:
    with_app(opened())
    sign_in(client)
    assert acts("sign_in") == []
    client.post(CODE, {"code": code_of(SECRET)})
    entry = AuditRecord.objects.get(act="sign_in")
    assert (entry.actor, entry.detail) == (NAME, '{"means": ["password", "totp"]}')


def test_a_passkey_that_is_none_lets_nobody_in_and_is_in_the_log(client: Client) -> None:
    opened()
    assert client.get("/account/passkey/", headers={"Accept": "application/json"}).json()
    for credential in ("{}", '{"id": "x", "response": {"userHandle": "eA"}}', "[]", "nonsense"):
        answer = client.post("/account/passkey/", {"credential": credential})
        assert answer.headers["Location"] == "/account/login/", credential
    assert not is_signed_in(client)
    details = {entry.detail for entry in AuditRecord.objects.filter(act="sign_in_failed")}
    assert details == {'{"how": "passkey", "known": false}'}


def test_an_answer_that_no_browser_sends_sets_up_no_passkey(client: Client) -> None:
    account = opened()
    sign_in(client)
    add = "/account/factor/passkeys/add/"
    client.get(add)
    for credential in ('{"id": 1}', '{"id": "x", "rawId": "x", "response": {}}', '["x"]', "7"):
        page = client.post(add, {"name": "x", "credential": credential})
        assert "パスキーで確認できませんでした" in page.content.decode(), credential
    assert factors_of(account) == []
