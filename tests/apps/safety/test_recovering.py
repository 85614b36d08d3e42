"""What the next sender makes of what a killed one left: once more where it is in doubt, and to
nobody twice."""

from pathlib import Path

import pytest
from pytest_django import Settings

from meibo.apps.safety.actions.reaching.journal import Journal
from meibo.apps.safety.actions.reaching.keys import key_of
from meibo.apps.safety.actions.reaching.recovering import recover
from meibo.apps.safety.models import Called, Check, Message, Trial
from meibo.config.clock import now
from tests.apps.safety.receivers import Gateway, Postbox, gateway_server, good, mail_server
from tests.apps.safety.test_sending import check, mail, send, sms

__all__ = ["check"]


@pytest.fixture(autouse=True)
def _own_outbox(settings: Settings, tmp_path: Path) -> None:
    settings.MEIBO_DATA = tmp_path


@pytest.fixture
def both(check: Check) -> tuple[Message, Message]:
    """Of somebody who has a mail and a telephone: one message by each."""
    called = Called.objects.filter(messages__route="sms")[0]
    return called.messages.get(route="mail"), called.messages.get(route="sms")


def killed(folder: Path, *messages: Message | Trial, doubts: int = 1) -> None:
    """Leave behind what a sender does that is killed with these out of hand."""
    route = messages[0].route
    for each in messages:
        type(each).objects.filter(pk=each.pk).update(state="sending")
    journal = Journal(folder, route)
    keys = [key_of(type(each), each.pk) for each in messages]
    journal.lay(keys)
    for key in keys * doubts:
        journal.begin(key)
    journal.close()
    again = Journal(folder, route)
    recover(route, again, now())
    again.close()


def test_what_was_out_of_hand_goes_out_once_more(
    both: tuple[Message, Message], settings: Settings, tmp_path: Path
) -> None:
    message, _ = both
    killed(tmp_path / "outbox", message)
    message.refresh_from_db()
    assert (message.state, message.lost, message.called.repeated) == ("queued", 1, True)
    box = Postbox()
    with mail_server(box) as url:
        send(settings, mail(url))
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(box.letters) == Message.objects.filter(route="mail").count()


def test_what_was_out_of_hand_twice_is_told_and_not_sent_again(
    both: tuple[Message, Message], settings: Settings, tmp_path: Path
) -> None:
    message, _ = both
    killed(tmp_path / "outbox", message)
    killed(tmp_path / "outbox", message)
    message.refresh_from_db()
    assert message.state == "failed"
    assert "送り直しませんでした" in message.trouble


def test_who_got_one_twice_gets_no_other_one_twice(
    both: tuple[Message, Message], settings: Settings, tmp_path: Path
) -> None:
    by_mail, by_sms = both
    killed(tmp_path / "outbox", by_mail)
    killed(tmp_path / "outbox", by_sms)
    by_sms.refresh_from_db()
    assert by_sms.state == "failed"
    stalls = Gateway(lambda asked: (*good(asked)[:2], 2.0))
    Message.objects.filter(pk=by_sms.pk).update(state="queued", due_at=now())
    with gateway_server(stalls) as slow, gateway_server(Gateway(good)) as quick:
        send(settings, sms(slow, timeout=0.4), sms(quick, "sms-b"))
    by_sms.refresh_from_db()
    assert by_sms.state == "failed"  # the second gateway did not get it


def test_who_may_have_got_one_twice_from_a_gateway_gets_none_twice_from_a_kill(
    both: tuple[Message, Message], tmp_path: Path
) -> None:
    by_mail, by_sms = both
    Message.objects.filter(pk=by_sms.pk).update(lost=1, state="sent")
    killed(tmp_path / "outbox", by_mail)
    by_mail.refresh_from_db()
    assert by_mail.state == "failed"


def test_two_messages_of_one_person_out_of_hand_at_once_are_one_doubt(
    both: tuple[Message, Message], tmp_path: Path
) -> None:
    by_mail, _ = both
    other = Message.objects.get(pk=by_mail.pk)
    other.pk = None
    other.save()
    killed(tmp_path / "outbox", by_mail, other)
    states = Message.objects.filter(pk__in=[by_mail.pk, other.pk]).values_list("state", flat=True)
    assert sorted(states) == ["failed", "queued"]


def test_what_was_only_taken_is_no_doubt(both: tuple[Message, Message], tmp_path: Path) -> None:
    message, _ = both
    killed(tmp_path / "outbox", message, doubts=0)
    message.refresh_from_db()
    assert (message.state, message.lost, message.called.repeated) == ("queued", 0, False)


def test_what_a_first_gateway_lost_and_a_second_had_in_hand_is_out_of_hand_twice(
    both: tuple[Message, Message], tmp_path: Path
) -> None:
    _, message = both
    killed(tmp_path / "outbox", message, doubts=2)
    message.refresh_from_db()
    assert message.state == "failed"


def test_a_kill_between_the_record_and_the_journal_changes_nothing(
    both: tuple[Message, Message], tmp_path: Path
) -> None:
    message, _ = both
    killed(tmp_path / "outbox", message)
    journal = Journal(tmp_path / "outbox", "mail")
    journal.lay([key_of(Message, message.pk)])
    journal.begin(key_of(Message, message.pk))
    assert [(note.doubts, note.done) for note in journal.notes()] == [(1, False)]
    recover("mail", journal, now())  # the database knew: it waits again
    journal.close()
    message.refresh_from_db()
    assert (message.state, message.lost) == ("queued", 1)


def test_a_trial_out_of_hand_goes_out_once_more_and_not_a_third_time(
    check: Check, tmp_path: Path
) -> None:
    trial = Trial.objects.create(
        person=check.called.all()[0].person, route="sms", address="x", due_at=now()
    )
    killed(tmp_path / "outbox", trial)
    trial.refresh_from_db()
    assert (trial.state, trial.lost) == ("queued", 1)
    killed(tmp_path / "outbox", trial)
    trial.refresh_from_db()
    assert trial.state == "failed"
