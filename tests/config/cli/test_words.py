"""The words of the command line: help in both languages, and what is said to a wrong call."""

import re

import pytest

from tests.house.canary.commands import meibo

COMMANDS = (
    *([], ["init"], ["demo"], ["serve"], ["verify"], ["redraw"]),
    *(["intake"], ["intake", "check"], ["intake", "load"]),
    *(["roster"], ["person"], ["search"], ["changes"]),
)
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]{2}")
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}", re.IGNORECASE)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_in_japanese_and_in_english(words: list[str]) -> None:
    said = meibo(*words, "--help")
    assert (said.code, said.err) == (0, "")
    told = said.out.split("\n\n", 1)[1]
    assert JAPANESE.search(told)
    assert ENGLISH.search(told.replace("show this help message and exit", ""))


def test_the_first_help_names_every_command() -> None:
    out = meibo("--help").out
    for name in {words[0] for words in COMMANDS if words}:
        assert re.search(rf"^ +{name} ", out, re.MULTILINE), name


@pytest.mark.parametrize(
    "words",
    [
        ["roster", "--on", "2027-02-30"],
        ["roster", "--on", "令和9年4月1日"],
        ["person", "0000001", "--on", "tomorrow"],
        ["search", "高橋", "--on", "2027/04/01"],
        ["changes", "--from", "2027-04", "--to", "2027-04-01"],
    ],
    ids=" ".join,
)
def test_a_day_that_is_none_is_refused_in_japanese(words: list[str]) -> None:
    said = meibo(*words)
    assert (said.code, said.out) == (2, "")
    assert "日付として読めません" in said.err
    assert "2027-04-01" in said.err


def test_a_moment_that_is_none_is_refused_in_japanese() -> None:
    said = meibo("roster", "--known", "yesterday")
    assert (said.code, said.out) == (2, "")
    assert "時点として読めません" in said.err


@pytest.mark.parametrize(
    "words",
    [
        *([], ["nothing"], ["intake"], ["intake", "check"], ["person"], ["search"]),
        *(["changes", "--from", "2027-04-01"], ["roster", "--format", "yaml"]),
        *(["verify", "--format", "csv"], ["search", "a", "--limit", "many"]),
    ],
    ids=lambda words: " ".join(words) or "nothing at all",
)
def test_a_call_that_is_not_understood_leaves_with_2_and_says_nothing_on_standard_output(
    words: list[str],
) -> None:
    said = meibo(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("usage: meibo")
