"""What a form sends back as a number may be anything; it is a number or none that there is."""

import pytest

from meibo.platform.typed import whole, wholes


def test_a_number_is_read() -> None:
    assert whole("17") == 17
    assert wholes(["3", "3", "5"]) == {3, 5}


@pytest.mark.parametrize("text", ["", "-4", "1e9", "²", "１２", " 7", "9" * 16, "9" * 5000])
def test_what_no_row_can_have_is_none(text: str) -> None:
    assert whole(text) == -1
    assert whole(text, 0) == 0
    assert wholes([text]) == frozenset()
