"""The list of people behind the numbers: searched, narrowed to a unit, reached by every number."""

from django.test import Client

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.models import Check, Prospect
from meibo.apps.safety.queries.drawing import plan
from meibo.config.clock import now
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_board import begun, crisis, text

__all__ = ["crisis"]


def test_who_has_not_answered_is_found_by_name_and_narrowed_to_a_unit(
    crisis: Client, ward: Ward
) -> None:
    check = begun(crisis)
    one, other = ward.first("税務係", "060"), ward.first("総務係", "060")
    path = f"/safety/checks/{check.pk}/people"
    page = text(crisis, f"{path}?sort=none&q={ward.names[one]}")
    assert f"/people/{one}" in page
    assert f"/people/{other}" not in page
    assert "当てはまる人は、この中にいません" in text(
        crisis, f"{path}?sort=rescue&q={ward.names[one]}"
    )
    chosen = text(crisis, f"{path}?sort=none&unit={ward.codes['区民部']}")
    assert f'<option value="{ward.codes["区民部"]}" selected>' in chosen
    assert f'<option value="{ward.codes["税務課"]}">区民部 税務課</option>' in chosen
    assert f'value="{ward.codes["税務係"]}"' not in chosen  # of 係 there are too many
    own = text(crisis, f"{path}?sort=none&unit={ward.codes['税務係']}")
    assert f'<option value="{ward.codes["税務係"]}" selected>' in own
    assert f"/people/{other}" not in own


def test_every_number_of_a_unit_leads_to_its_people(crisis: Client, ward: Ward) -> None:
    check = begun(crisis)
    called = check.called.get(person=ward.first("税務係", "060"))
    answer(called, Given(now(), "hurt", "now", more={"home": "part"}))
    check.called.filter(pk=called.pk).update(arrived_at=now())
    page, unit = text(crisis, f"/safety/checks/{check.pk}"), ward.codes["区民部"]
    for sort in ("harm", "damage", "coming", "here"):
        link = f"/safety/checks/{check.pk}/people?sort={sort}&amp;unit={unit}"
        assert f'href="{link}"' in page, sort
        people = text(crisis, link.replace("&amp;", "&"))
        assert f"/people/{called.person}" in people
        assert "1人</h1>" in people


def test_the_map_marks_where_somebody_is_badly_hurt_and_no_scratch(crisis: Client) -> None:
    check = begun(crisis)
    scratched, grave = check.called.order_by("pk")[:2]
    for each, area in ((scratched, "楓台"), (grave, "けやき台")):
        Prospect.objects.update_or_create(called=each, defaults={"area": area})
    answer(scratched, Given(now(), "hurt"))
    page = text(crisis, f"/safety/checks/{check.pk}")
    assert "cell-bad" not in page
    assert cells(check)["楓台"] == 0
    answer(grave, Given(now(), "grave"))
    page = text(crisis, f"/safety/checks/{check.pk}")
    assert page.count("cell-bad") == 1
    assert "！1人" in page
    assert cells(check) == {**cells(check), "けやき台": 1, "楓台": 0}


def cells(check: Check) -> dict[str, int]:
    return {each.name: each.tally.grave for each in plan(check).cells}


def test_a_unit_that_there_is_not_is_not_answered_with_the_whole_house(
    crisis: Client, ward: Ward
) -> None:
    check = begun(crisis)
    for path in ("", "/people"):
        assert crisis.get(f"/safety/checks/{check.pk}{path}?unit=999").status_code == 404
