"""What payroll answers: what a file does not say must not be taken for an answer."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from meibo.apps.exchange.actions import answering
from meibo.apps.exchange.actions.answering import Answered, AnswerError, IncompleteAnswerError
from meibo.apps.exchange.models import Accepted, Delivery
from meibo.apps.exchange.queries.feeds import Feed
from meibo.platform.feeds.definition.outbound import Answer
from meibo.platform.feeds.outbound import read_answer
from tests.apps.directory.ward import Ward
from tests.apps.exchange.test_deliveries import CLERK, LATER, deliver


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
