"""Who is counted on, who is asked again, and who is left in peace."""

from datetime import timedelta

from django.test import Client

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.escalating import escalate
from meibo.apps.safety.actions.mustering import arrive, staff
from meibo.apps.safety.actions.reaching import steps
from meibo.apps.safety.actions.reaching.outbox import taken
from meibo.apps.safety.models import Called, Message
from meibo.apps.safety.queries.board import totals
from meibo.apps.safety.queries.gaps import lived
from meibo.apps.safety.queries.staffing import crew
from meibo.config.clock import now
from meibo.domain.safety.gateways import Reaching
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.safety.test_board import ACTOR, begun, crisis, text

__all__ = ["crisis"]


def test_who_is_badly_hurt_or_waits_for_help_never_counts_as_coming(
    crisis: Client, ward: Ward
) -> None:
    check = begun(crisis, need="2", minutes="30", then=["*"], groups="heads")
    grave, rescue, fine = check.called.order_by("pk")[:3]
    answer(grave, Given(now(), "grave", "now", now() + timedelta(hours=1)))
    answer(rescue, Given(now(), "rescue", "later"))
    answer(fine, Given(now(), "hurt", "now"))
    path = f"/safety/checks/{check.pk}"
    people = text(crisis, f"{path}/people?sort=coming")
    assert ward.names[fine.person] in people
    assert ward.names[grave.person] not in people
    assert ward.names[rescue.person] not in people
    assert "ごろ着く" not in text(crisis, f"{path}/people?sort=grave")
    assert totals(check).coming == 1
    here = lived(check, TODAY).whole.here
    Called.objects.filter(pk=grave.pk).update(status="safe")
    assert lived(check, TODAY).whole.here[1] == here[1] + 1
    Called.objects.filter(pk=grave.pk).update(status="grave")
    assert escalate(now=now() + timedelta(minutes=31)) > 0  # one comes, two are needed


def test_who_is_badly_hurt_is_put_to_no_task_even_at_the_gate(crisis: Client) -> None:
    check = begun(crisis)
    hurt, fine = check.called.order_by("pk")[:2]
    answer(hurt, Given(now(), "rescue", "now"))
    for each in (hurt, fine):
        arrive(each, actor=ACTOR, now=now())
    assert [called.pk for called, put in crew(check, TODAY).free if put] == [fine.pk]
    assert staff(check, {hurt.pk: "職員の安否の確認"}, actor=ACTOR, now=now()) == 0
    check.called.filter(pk=hurt.pk).update(status="safe")
    assert staff(check, {hurt.pk: "職員の安否の確認"}, actor=ACTOR, now=now()) == 1


def test_who_was_seen_at_the_gate_is_chased_no_more_and_counts(crisis: Client, ward: Ward) -> None:
    check = begun(crisis, need="1", minutes="30", then=["*"], groups="heads")
    here, quiet = check.called.order_by("pk")[:2]
    Message.objects.filter(called=quiet).update(state="sent")
    arrive(here, actor=ACTOR, now=now())
    path = f"/safety/checks/{check.pk}"
    unanswered = text(crisis, f"{path}/people?sort=none")
    assert ward.names[quiet.person] in unanswered
    assert ward.names[here.person] not in unanswered
    assert ward.names[here.person] in text(crisis, f"{path}/people?sort=here")
    tally = totals(check)
    assert (tally.silent, tally.asked - tally.answered) == (tally.asked - 1, tally.asked)
    assert f"答えのない{tally.silent}人に、いま送り直す" in text(crisis, f"{path}/reaching")
    assert escalate(now=now() + timedelta(minutes=31)) == 0  # one was needed, and is here
    steps.resend(check, actor=ACTOR, now=now() + timedelta(minutes=5))
    assert Message.objects.filter(called=quiet, step=1).exists()
    assert not Message.objects.filter(called=here, step=1).exists()
    reaching = Reaching("https://meibo.example", "a@b.example")
    letters = taken("mail", 500, reaching, now() + timedelta(minutes=6))
    assert here.pk not in {letter.called for letter in letters}
    assert set(here.messages.values_list("state", flat=True)) == {"dropped"}
