"""The way from a check to the telephones of those who are in it."""

from datetime import timedelta

from django.test import Client

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.views.events import PURPOSE
from meibo.config.clock import now
from meibo.platform.audit.models import AuditRecord
from meibo.platform.emergency.models import EmergencyEvent
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_board import begun, crisis, text

__all__ = ["crisis"]


def test_a_button_at_the_board_and_at_the_list_leads_to_the_form_with_its_words(
    crisis: Client, ward: Ward
) -> None:
    check = begun(crisis, title="参集の訓練")
    path, form = f"/safety/checks/{check.pk}", f"/safety/events?check={check.pk}"
    for place in (path, f"{path}/people?sort=none"):
        assert f'href="{form}"' in text(crisis, place), place
    page = text(crisis, form)
    assert 'value="参集の訓練"' in page
    assert f'value="{PURPOSE}"' in page
    assert '<option value="drill" selected>' in page
    said = {"kind": "drill", "title": "参集の訓練", "purpose": PURPOSE, "hours": "24"}
    answer = crisis.post("/safety/events/open", {**said, "check": str(check.pk)})
    assert answer["Location"] == path
    check.refresh_from_db()
    assert check.event == EmergencyEvent.objects.get()
    for place in (path, f"{path}/people?sort=none"):
        assert "連絡先を開く" not in text(crisis, place)


def test_where_the_injured_are_and_what_they_say_is_on_their_list_and_the_look_is_noted(
    crisis: Client, ward: Ward
) -> None:
    check = begun(crisis)
    hurt, mute, safe = check.called.order_by("pk")[:3]
    told = {"place": "けやき台の公園", "words": "足をはさまれた", "family": "hurt"}
    answer(hurt, Given(now() - timedelta(minutes=9), "safe", more={"place": "自宅"}))
    answer(hurt, Given(now(), "rescue", more=told))
    answer(mute, Given(now(), "rescue"))
    answer(safe, Given(now(), "safe", more={"words": "元気です"}))
    page = text(crisis, f"/safety/checks/{check.pk}/people?sort=rescue")
    assert "けやき台の公園" in page
    assert "足をはさまれた" in page
    assert "自宅" not in page.split('aria-label="救助が必要"')[1]
    assert "けが人がいる" not in page  # of the family nothing, for it helps nobody here
    record = AuditRecord.objects.filter(detail__contains='"answer-read"').get()
    assert set(record.subjects.values_list("person", flat=True)) == {hurt.person}
    assert "元気です" not in text(crisis, f"/safety/checks/{check.pk}/people?sort=safe")
    assert AuditRecord.objects.filter(detail__contains='"answer-read"').count() == 1
