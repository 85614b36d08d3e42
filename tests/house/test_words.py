"""docs/words.md tells the words as the code has them."""

import pytest

from tests.house.words import PAGE, WORDS, looked_up, render


def test_the_page_of_words_is_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == render(), "run `.venv/bin/python -m tests.house.words`"


def test_no_word_is_explained_twice() -> None:
    japanese = [word for word, *_ in WORDS]
    assert len(set(japanese)) == len(japanese)


def test_a_word_whose_place_has_gone_is_noticed() -> None:
    with pytest.raises(AttributeError):
        looked_up("domain.book.NoSuchThing")
