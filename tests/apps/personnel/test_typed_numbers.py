"""A staff number is the same one, typed in full width."""

import pytest

from meibo.apps.personnel.queries.deciding.route import account_named
from meibo.platform.accounts.models import Account
from meibo.platform.typed import code
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward


def wide(person: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) for each in f"{int(person[1:]):07}")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("corrections/", "staff_no"),
        ("protections", "staff_no"),
        ("conduct", "staff_no"),
        ("doubles", "a"),
    ],
)
def test_it_leads_to_the_person(ward: Ward, signed_in: SignIn, address: str, name: str) -> None:
    person = ward.first("戸籍係", "060")
    client = signed_in("人事係", "060", ("hr", "conduct"))
    answer = client.get(f"/personnel/{address}", {name: wide(person)})
    assert answer.status_code == 302
    assert person in answer["Location"]


def test_it_names_an_account(ward: Ward, signed_in: SignIn) -> None:
    person = ward.first("人事係", "060")
    signed_in("人事係", "060")
    assert account_named(wide(person)) == Account.objects.get(person=person)


def test_blanks_around_are_left_out() -> None:
    assert code("　００１２ ") == "0012"
