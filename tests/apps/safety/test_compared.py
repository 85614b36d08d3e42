"""With what the board compares a check, and which places of the organisation it tells of."""

from django.test import Client

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.drawing import curve
from meibo.config.clock import now
from tests.apps.safety.test_board import begun, text
from tests.apps.safety.test_organising import approved, crisis

__all__ = ["crisis"]


def test_the_curve_is_compared_with_the_last_drill_and_says_which(crisis: Client) -> None:
    drill = begun(crisis, title="秋の訓練")
    false_alarm = begun(crisis, kind="disaster", title="誤報")
    Check.objects.filter(pk__in=(drill.pk, false_alarm.pk)).update(closed_at=now())
    check = begun(crisis, kind="disaster", title="地震")
    assert curve(check, now()).drill == drill
    page = text(crisis, f"/safety/checks/{check.pk}")
    assert f"破線：前の訓練「秋の訓練」（{drill.started_at.year}年" in page
    assert curve(drill, now()).drill is None
    assert "比べる線はありません" in text(crisis, f"/safety/checks/{drill.pk}")


def test_a_check_of_few_tells_only_of_the_places_where_they_stand(crisis: Client) -> None:
    plan = approved(crisis)
    whole = begun(crisis)
    assert "ほかに" not in text(crisis, f"/safety/checks/{whole.pk}")
    one = plan.assignments.order_by("pk")[0]
    whole.called.exclude(person=one.person).delete()
    page = text(crisis, f"/safety/checks/{whole.pk}").split('id="posted-title"')[1]
    assert page.count("?place=") == 1
    assert f"?place={one.place}" in page
    assert "うち聞いた1人" in page
    assert "聞いた人がいない場所が、ほかに" in page
    whole.called.update(person="nobody")
    assert "付いている人には、聞いていません" in text(crisis, f"/safety/checks/{whole.pk}")
