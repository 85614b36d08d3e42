"""Who sees no people is told no small count of them, and can't work one out."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, reader
from meibo.ledger.policy import Approval
from tests.apps.directory.conftest import SignIn, _built, signed_in, ward
from tests.apps.directory.ward import TODAY, Ward

__all__ = ["_built", "signed_in", "ward"]
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def counting(ward: Ward, settings: Settings) -> None:
    """The auditors see counts of units, and still no people. A 係 has five."""
    settings.MEIBO_SMALL_CELL = 6
    text = policy.town_version().text
    row = "unit.count,組織の人数,,v,v,v,v,v,v,v,v,,,"
    assert row in text
    changed = text.replace(row, "unit.count,組織の人数,,v,v,v,v,v,v,v,v,v,,")
    approval = Approval(changed, TODAY, "試し", "a", NOW, "b")
    policy.approve(approval, now=NOW, today=TODAY)


def counts(tie: str) -> dict[str, int | None]:
    units = reader.units(Viewer(frozenset({tie}), TODAY), on=TODAY)
    return {unit.code: unit.get("count") for unit in units}


def test_small_counts_are_held_back_and_large_ones_told() -> None:
    everything, told = counts("staff"), counts("audit")
    assert None not in everything.values()
    small = {code for code, count in everything.items() if count and count < 6}
    assert small
    assert all(told[code] is None for code in small)
    assert any(told.values())
    assert all(count in {None, everything[code]} for code, count in told.items())


def test_no_difference_of_a_unit_and_those_below_it_is_small() -> None:
    told = counts("audit")
    units = {u.code: u for u in reader.units(Viewer(frozenset({"staff"}), TODAY), on=TODAY)}
    for code, whole in told.items():
        below = [each for each, unit in units.items() if unit["parent"] == code]
        if whole is None or not below:
            continue
        left = whole - sum(told[each] or 0 for each in below)
        known = all(told[each] is not None for each in below)
        assert left == 0 or left >= 6 or (known and left == units[code]["here"] == 0), code


def test_the_pages_tell_no_small_count_either(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("", "", ("audit",))
    page = client.get("/chart").content.decode()
    assert "人数は非表示" in page
    code = ward.codes["防災訓練係"]
    assert "人数は非表示" in client.get(f"/units/{code}").content.decode()
