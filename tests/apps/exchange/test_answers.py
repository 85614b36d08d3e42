"""What payroll answers: what a file does not say must not be taken for an answer."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from meibo.apps.exchange.actions import answering
from meibo.apps.exchange.actions.answering import Answered, AnswerError, IncompleteAnswerError
from meibo.apps.exchange.actions.delivering import DeliveryError
from meibo.apps.exchange.models import Accepted, Delivery
from meibo.apps.exchange.queries.feeds import Feed
from meibo.domain.book import Effect, Line
from meibo.ledger.writer import Batch, append
from meibo.platform.feeds.definition.outbound import Answer
from meibo.platform.feeds.outbound import read_answer
from meibo.platform.proposals.actions import New, put
from meibo.platform.proposals.models import Proposal
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.exchange.test_deliveries import CLERK, LATER, deliver, file


def lines(delivery: Delivery, *said: tuple[str, str]) -> bytes:
    """An acknowledgement: staff number and result, line by line."""
    rows = "".join(f"{delivery.number},{number},{result},\r\n" for number, result in said)
    return f"送出番号,職員番号,結果,理由\r\n{rows}".encode("cp932")


def answer(data: bytes, agreed: int | None = None) -> Answered:
    (done,) = answering.answer(data, actor=CLERK, now=LATER, agreed=agreed)
    return done


def numbers(delivery: Delivery) -> list[str]:
    return list(delivery.rows.values_list("staff_no", flat=True))


def test_a_file_that_names_some_rows_as_accepted_records_nothing_before_the_rest_is_agreed_to(
    ward: Ward, link: Feed
) -> None:
    delivery = deliver(link, full=True)
    every = numbers(delivery)
    cut = lines(delivery, *((number, "0") for number in every[:3]))
    with pytest.raises(IncompleteAnswerError, match=f"なかった行 {len(every) - 3}") as refused:
        answer(cut)
    assert refused.value.rest == len(every) - 3
    with pytest.raises(IncompleteAnswerError):
        answer(cut, agreed=1)  # another number than there is
    delivery.refresh_from_db()
    assert delivery.state == Delivery.MADE
    assert not Accepted.objects.exists()
    done = answer(cut, agreed=len(every) - 3)
    assert (done.taken, done.refused, done.rest) == (3, 0, len(every) - 3)
    assert Accepted.objects.count() == len(every)
    (told,) = done.delivery.remarks.filter(code="answer-rest")
    assert f"なかった行のうち {len(every) - 3} 行" in told.message


def test_a_file_of_refused_rows_alone_says_how_many_it_did_not_name(ward: Ward, link: Feed) -> None:
    delivery = deliver(link, full=True)
    every = numbers(delivery)
    done = answer(lines(delivery, (every[0], "9")))
    assert (done.taken, done.refused, done.rest) == (0, 1, len(every) - 1)
    assert f"なかった行 {len(every) - 1}。" in done.words
    assert Accepted.objects.count() == len(every) - 1


def test_a_file_that_names_every_row_or_the_whole_needs_no_second_word(
    ward: Ward, link: Feed
) -> None:
    delivery = deliver(link, full=True)
    done = answer(lines(delivery, *((number, "0") for number in numbers(delivery))))
    assert (done.rest, done.delivery.state) == (0, Delivery.ACCEPTED)
    assert not done.delivery.remarks.filter(code="answer-rest").exists()
    second = deliver(link, full=True)
    assert answer(lines(second, ("", "0"))).delivery.state == Delivery.ACCEPTED


LAYOUT = Answer("送出番号", "職員番号", "結果", frozenset("0"), count="件数", trailer="T")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("送出番号,職員番号,結果\r\n1,0000001,0\r\n", "終わりの行"),
        ("送出番号,職員番号,結果\r\n1,0000001,0\r\nT,12\r\n", "実際の件数（1）と違います"),
        ("送出番号,職員番号,結果\r\n1,00000\r\nT,1\r\n", "途中で切れて"),
        ("送出番号,職員番号,結果\r\n1,1,0\r\n1,1,9\r\nT,2\r\n", "受け取られなかったという行"),
    ],
)
def test_a_file_that_was_cut_off_or_contradicts_itself_is_refused(text: str, why: str) -> None:
    with pytest.raises(AnswerError, match=why):
        read_answer(text.encode("cp932"), LAYOUT)


def test_a_count_that_is_not_that_of_the_delivery_is_refused(
    ward: Ward, link: Feed, tmp_path: Path
) -> None:
    source = Path(settings.MEIBO_TOWN) / "feeds" / "payroll-link.toml"
    text = source.read_text(encoding="utf-8")
    town = tmp_path / "feeds"
    town.mkdir()
    counted = text.replace('reason = "理由"', 'reason = "理由"\ncount = "件数"')
    (town / source.name).write_text(counted, encoding="utf-8")
    delivery = deliver(link, full=True)
    with override_settings(MEIBO_TOWN=tmp_path):
        for count, right in ((delivery.rows.count() - 1, False), (delivery.rows.count(), True)):
            data = f"送出番号,職員番号,結果,件数\r\n{delivery.number},,0,{count}\r\n"
            if right:
                assert answer(data.encode("cp932")).delivery.state == Delivery.ACCEPTED
                continue
            with pytest.raises(AnswerError, match="送った行の数"):
                answer(data.encode("cp932"))


def sent(link: Feed) -> list[tuple[str, str]]:
    """Who is in the next difference, and as what."""
    return [(row.person, row.kind) for row in deliver(link, now=LATER).rows.all()]


def test_a_row_that_a_later_answer_refuses_goes_out_again(ward: Ward, link: Feed) -> None:
    delivery = deliver(link, full=True)
    answer(lines(delivery, ("", "0")))
    every = list(delivery.rows.values_list("staff_no", "person"))
    done = answer(lines(delivery, (every[0][0], "9")))
    assert (done.before, done.rest) == (LATER, 0)
    assert (done.delivery.state, "前の返事のまま" in done.words) == (Delivery.PARTLY, True)
    (told,) = done.delivery.remarks.filter(code="refused")
    assert "次の差分にまた入ります" in told.action
    assert sent(link) == [(every[0][1], "new")]


def test_a_refused_change_leaves_payroll_with_what_it_had_before(ward: Ward, link: Feed) -> None:
    answer(lines(deliver(link, full=True), ("", "0")))
    person = ward.first("税務係", "060")
    before = Accepted.objects.get(person=person).cells
    file(person, "address", "見本町九〇九番", TODAY)
    change = deliver(link, now=LATER)
    answer(lines(change, ("", "0")))
    answer(lines(change, (numbers(change)[0], "9")))
    kept = Accepted.objects.get(person=person)
    assert (kept.number, kept.cells) == (1, before)
    assert sent(link) == [(person, "changed")]


def test_what_a_later_delivery_brought_stays_when_an_earlier_one_is_refused_afterwards(
    ward: Ward, link: Feed
) -> None:
    first = deliver(link, full=True)
    answer(lines(first, ("", "0")))
    person = ward.first("税務係", "060")
    file(person, "address", "見本町九〇九番", TODAY)
    second = deliver(link, now=LATER)
    answer(lines(second, ("", "0")))
    done = answer(lines(first, (second.rows.get().staff_no, "9")))
    assert Accepted.objects.get(person=person).number == second.number
    (told,) = done.delivery.remarks.filter(code="refused")
    assert f"第{second.number}号の行が受け取られている" in told.action
    with pytest.raises(DeliveryError):
        deliver(link, now=LATER)


def test_what_was_proposed_to_payroll_is_open_again_where_it_refuses_the_row_later(
    ward: Ward, link: Feed
) -> None:
    answer(lines(deliver(link, full=True), ("", "0")))
    people = [ward.first("税務係", "060"), ward.first("収納係", "060")]
    for person in people:
        file(person, "address", "見本町九〇九番", TODAY)
    asked = [
        New(person, "address", "", "見本町九〇九番", "payroll", "roster", TODAY, link.name)
        for person in people
    ]
    put(asked, actor=CLERK, now=LATER)
    change = deliver(link, now=LATER)
    answer(lines(change, ("", "0")))
    states = dict(Proposal.objects.values_list("person", "state"))
    assert set(states.values()) == {Proposal.ACCEPTED}
    row = change.rows.get(person=people[0])
    answer(lines(change, (row.staff_no, "9")))
    states = dict(Proposal.objects.values_list("person", "state"))
    assert states == {people[0]: Proposal.OPEN, people[1]: Proposal.ACCEPTED}
    # What a later delivery has brought stays settled, whatever is said of an earlier one.
    answer(lines(deliver(link, now=LATER), ("", "0")))
    answer(lines(change, (row.staff_no, "9")))
    assert set(Proposal.objects.values_list("state", flat=True)) == {Proposal.ACCEPTED}


def test_who_was_told_gone_comes_back_where_payroll_refuses_that_afterwards(
    ward: Ward, link: Feed
) -> None:
    first = deliver(link, full=True)
    answer(lines(first, ("", "0")))
    person = ward.first("税務係", "060")
    batch = Batch()
    batch.add(Line(0, TODAY, LATER, Effect.LEAVE, person, "退職"))
    append(batch, actor="jinji", now=LATER)
    tomorrow = TODAY + timedelta(days=1)
    for full in (False, True):
        leaving = deliver(link, full=full, now=LATER, on=tomorrow)
        answer(lines(leaving, ("", "0")))
        assert not Accepted.objects.filter(person=person).exists()
        answer(lines(first, ("", "0")))  # an older one, answered again, brings nobody back
        assert not Accepted.objects.filter(person=person).exists()
        answer(lines(leaving, ("", "9")))
        assert Accepted.objects.get(person=person).number == first.number


def test_a_row_refused_before_is_not_taken_for_accepted_by_an_answer_silent_of_it(
    ward: Ward, link: Feed
) -> None:
    delivery = deliver(link, full=True)
    one, other, *_ = numbers(delivery)
    answer(lines(delivery, (one, "9")))
    done = answer(lines(delivery, (other, "9")))
    refused = done.delivery.rows.filter(accepted=False).values_list("staff_no", flat=True)
    assert set(refused) == {one, other}
    remarks = done.delivery.remarks.filter(code="refused").values_list("staff_no", flat=True)
    assert set(remarks) == {one, other}
