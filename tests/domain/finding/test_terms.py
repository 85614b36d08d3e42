"""The index may propose too many, never too few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.finding import Question, Tier, field_named, parse, terms_of
from meibo.domain.finding.asking import Stage
from meibo.domain.finding.query import Form, Query, Word
from tests.domain.finding.shelf import holds

FIELDS = ["name", "kana", "romaji", "unit", "extension", "mail", "former_name", "skill.own"]
texts = st.text(st.sampled_from("高橋花子タカハシーab1c2@.-"), min_size=1, max_size=9)


def one_word(field: str, text: str) -> Query:
    return Query((Word(text, (Form(text, frozenset({field_named(field).script})),)),))


@given(st.sampled_from(FIELDS), texts, st.data())
def test_whatever_stands_in_a_key_is_proposed(field: str, key: str, data: st.DataObject) -> None:
    known = field_named(field)
    start = data.draw(st.integers(0, len(key) - 1))
    end = data.draw(st.integers(start + 1, len(key)))
    terms = terms_of(field, key)
    word = one_word(field, key[start:end])
    if start == 0:
        prefix = Question(word, [known]).at(Stage(Tier.PREFIX, known.first))
        assert prefix is not None
        assert holds(prefix, terms)
    if start == 0 and end == len(key):
        exact = Question(word, [known]).at(Stage(Tier.EXACT, known.first))
        assert exact is not None
        assert holds(exact, terms)
    single = len(word.words[0].typed) == 1 and field in {"romaji", "extension", "mail"}
    beyond = field == "mail" and "@" in key[:end]
    if start == 0 or not (single or beyond):
        inside = Question(word, [known]).anywhere
        assert inside is not None
        assert holds(inside, terms)


@pytest.mark.parametrize("part", ["高橋", "花子", "高橋花子"])
def test_a_surname_a_given_name_and_both_are_exact(part: str) -> None:
    exact = Question(parse(part), [field_named("name")]).at(Stage(Tier.EXACT, first=True))
    assert exact is not None
    assert holds(exact, terms_of("name", "高橋 花子"))


def test_a_field_that_may_not_be_searched_is_not_even_asked_for() -> None:
    asked = repr(
        Question(parse("0901234"), [field_named("extension"), field_named("unit")]).anywhere
    )
    code = field_named("contacts").code
    assert f"'{code}." not in asked
    assert f"'{code}^" not in asked


def test_words_in_no_script_of_the_fields_ask_for_nothing() -> None:
    assert Question(parse("高橋"), [field_named("extension"), field_named("kana")]).anywhere is None


def test_terms_have_no_sign_that_a_database_would_take_for_its_own() -> None:
    for term in terms_of("unit", "a\"b'c\\d&e|f(g)h:i*j k\x00l"):
        assert not set(term[2:]) & set("\"'\\&|():* \x00")


def test_facts_are_not_found_by_words() -> None:
    assert terms_of("@sort", "タカハシ") == frozenset()
    assert (
        Question(parse("タカハシ"), [field_named("@sort"), field_named("@unit")]).anywhere is None
    )
