"""Who is found, in what order, and why."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meibo.domain.book import OPEN
from meibo.domain.finding import (
    Found,
    Grant,
    Hit,
    Key,
    Scope,
    Tier,
    everything,
    parse,
    person_keys,
    seek,
)
from tests.domain.finding.shelf import (
    ANYONE,
    STAFF,
    START,
    TODAY,
    MemoryShelf,
    person,
    staff_and,
    values,
)

HANAKO = person(
    "hanako",
    "髙橋　花子",
    "タカハシ　ハナコ",
    unit="福祉保健部、障害者福祉課、相談第二係",
    post="主査",
    extension="2345",
    mail="hanako-takahashi2@city.example.jp",
    allotment="手帳の交付",
    skill="手話通訳",
    staff_no="0045624",
    at="f1、f11、f112",
)
ONO = person(
    "ono",
    "大野　翔",
    "オオノ　ショウ",
    unit="税務部、納税課",
    post="課長",
    extension="5432",
    staff_no="0067890",
    at="z1、z11",
)
SHELF = MemoryShelf([*HANAKO, *ONO])


def find(text: str, scope: Scope = ANYONE, shelf: MemoryShelf = SHELF, **more: object) -> Found:
    return seek(shelf, scope, parse(text), **({"on": TODAY} | more))  # type: ignore[arg-type] -- as given


def who(found: Found) -> list[str]:
    return [hit.subject for hit in found.hits]


@pytest.mark.parametrize(
    "typed",
    [
        *("髙橋", "高橋", "高橋花子", "髙橋　花子", "高橋 花子", "花子", "花", "橋"),
        *("たかはし", "タカハシ", "ﾀｶﾊｼ ﾊﾅｺ", "たかはしはなこ", "かはし", "はな", "たかｈ"),
        *("takahashi", "Takahasi", "TAKAHASHI HANAKO", "hanako takahashi", "takahashihanako", "t"),
        *("takahashi h", "h takahashi", "たかはし h"),
        *("2345", "２３４５", "23", "45", "hanako-takahashi2@city.example.jp", "takahashi2"),
        *("障害者福祉", "障害者福祉課", "相談第2係", "主査", "手帳", "手話", "福"),
        *("福祉 高橋", "高橋 福祉", "福祉課 主査 はなこ", "福祉　takahashi 2345"),
    ],
)
def test_a_person_is_found_by_any_scrap(typed: str) -> None:
    assert who(find(typed)) == ["hanako"]


def test_a_letter_alone_is_an_initial() -> None:
    assert who(find("a")) == []
    assert who(find("s")) == ["ono"]


def test_ohishi_may_be_a_long_vowel() -> None:
    shelf = MemoryShelf(person("p", "大石　一", "オオイシ　ハジメ"))
    assert who(find("ohishi", shelf=shelf)) == ["p"]


@pytest.mark.parametrize("typed", ["ono", "ohno", "oono", "ōno", "Ohno Shou", "おおの", "onosho"])
def test_long_vowels_are_found_however_written(typed: str) -> None:
    assert who(find(typed)) == ["ono"]


@pytest.mark.parametrize(
    "typed",
    ["高橋 納税", "花橋", "山田", "example", "city.example.jp", "3452", "はしたか", "福祉 課長"],
)
def test_who_does_not_match_every_word_is_not_found(typed: str) -> None:
    assert find(typed) == Found()


def test_a_hit_says_why_for_every_word() -> None:
    [hit] = find("福祉 たかはし").hits
    assert [(w.word, w.label, w.shown) for w in hit.why] == [
        ("福祉", "所属", "福祉保健部"),
        ("たかはし", "読み", "タカハシ　ハナコ"),
    ]


def test_what_may_be_searched_but_not_seen_is_not_shown() -> None:
    scope = Scope(open=frozenset({"name", "extension"}), seen=frozenset({"name"}))
    [hit] = find("2345", scope).hits
    assert [(w.field, w.shown) for w in hit.why] == [("extension", None)]


def test_nobody_is_found_by_a_field_that_may_not_be_searched() -> None:
    assert who(find("0045624")) == []
    assert who(find("0045624", staff_and("staff_no"))) == ["hanako"]


class TestOrder:
    shelf = MemoryShelf(
        [
            *person("inner", "小林　花子", "コバヤシ　ハナコ", at="a"),
            *person("exact", "林　太郎", "ハヤシ　タロウ", at="a"),
            *person("given", "青山　林", "アオヤマ　リン", at="a"),
            *person("prefix", "林田　一", "ハヤシダ　ハジメ", at="a"),
            *person("unit", "阿部　努", "アベ　ツトム", unit="農林課", at="a"),
            *person("unit_prefix", "相田　努", "アイダ　ツトム", unit="林務課", at="a"),
            *person("unit_exact", "和田　努", "ワダ　ツトム", unit="林", at="a"),
            *person("home", "若林　努", "ワカバヤシ　ツトム", at="home"),
            *person("home_exact", "林　渉", "ハヤシ　ワタル", at="home"),
        ]
    )

    def test_exact_before_prefix_before_inside_and_names_before_the_rest(self) -> None:
        assert who(find("林", shelf=self.shelf)) == [
            *("given", "exact", "home_exact", "unit_exact"),  # by reading: あ, はやし た, はやし わ
            *("prefix", "unit_prefix"),
            *("inner", "home", "unit"),
        ]

    def test_ones_own_section_comes_first_among_equals(self) -> None:
        scope = Scope(STAFF, STAFF, home=frozenset({"home"}))
        found = find("林", scope, self.shelf)
        assert who(found) == [
            *("home_exact", "given", "exact", "unit_exact"),
            *("prefix", "unit_prefix"),
            *("home", "inner", "unit"),
        ]
        assert [hit.subject for hit in found.hits if hit.home] == ["home_exact", "home"]

    def test_the_best_word_decides(self) -> None:
        found = find("林 努", shelf=self.shelf)
        assert who(found) == ["unit_exact", "unit_prefix", "unit", "home"]
        assert {hit.tier for hit in found.hits} == {Tier.EXACT}  # the given name


def test_where_every_word_is_exact_that_comes_first() -> None:
    shelf = MemoryShelf(
        [
            *person("inside", "藤田　一希", "フジタ　イツキ"),
            *person("exact", "藤田　希", "フジタ　ノゾミ"),
        ]
    )
    assert who(find("藤田　希", shelf=shelf)) == ["exact", "inside"]


def test_pages_follow_one_another_without_gap_or_repeat() -> None:
    shelf = MemoryShelf(crowd(230))
    everyone = who(find("高", shelf=shelf, limit=1000))
    assert len(everyone) == len(set(everyone)) == 230
    pages = [who(find("高", shelf=shelf, limit=20, offset=start)) for start in range(0, 240, 20)]
    assert [subject for page in pages for subject in page] == everyone


def test_hits_are_counted_up_to_a_limit_and_no_further() -> None:
    shelf = MemoryShelf(crowd(230))
    found = find("高", shelf=shelf, counted=100)
    assert (found.total, found.capped) == (100, True)
    assert shelf.seen < 160  # every fourth is not in service
    found = find("高", shelf=MemoryShelf(crowd(100)), counted=100)
    assert (found.total, found.capped) == (100, False)


def test_a_page_knows_whether_there_is_a_next_one() -> None:
    shelf = MemoryShelf(crowd(120))
    for offset, total in ((0, 60), (40, 80), (80, 120), (100, 120)):
        assert find("高", shelf=shelf, offset=offset).total == total


def test_a_frequent_word_is_not_read_to_its_end() -> None:
    shelf = MemoryShelf(crowd(2000))
    find("高橋", shelf=shelf, counted=20)
    assert shelf.seen < 200


def crowd(count: int) -> list[Key]:
    """People of a few names, every third of whom is not in service today."""
    names = [("高橋", "タカハシ"), ("高田", "タカダ"), ("日高", "ヒダカ")]
    keys = []
    for i in range(count):
        (surname, kana), given = names[i % 3], chr(ord("ア") + i % 60)
        keys += person(f"p{i:04}", f"{surname}　{given}", f"{kana}　{given}")
        gone = person(f"g{i:04}", f"{surname}　{given}", f"{kana}　{given}", ends=TODAY)
        keys += gone if i % 3 == 0 else []
    return keys


class TestDays:
    """Words changed name on 1 April 2027."""

    APRIL = date(2027, 4, 1)
    shelf = MemoryShelf(
        person_keys(
            "p",
            [
                (START, APRIL, values("今枝　明美", "イマエダ　アケミ", unit="政策課")),
                (APRIL, OPEN, values("渡辺　明美", "ワタナベ　アケミ", unit="企画課")),
            ],
        )
    )

    @pytest.mark.parametrize(
        ("typed", "before", "after"),
        [
            ("今枝", "name", "former_name"),
            ("imaeda", "romaji", "former_name"),
            ("渡邉", None, "name"),
            ("政策課", "unit", None),
            ("企画課", None, "unit"),
            ("明美 企画", None, "name"),
        ],
    )
    def test_keys_hold_on_their_days_alone(
        self, typed: str, before: str | None, after: str | None
    ) -> None:
        for day, field in ((date(2027, 3, 31), before), (self.APRIL, after)):
            found = find(typed, shelf=self.shelf, on=day)
            assert [hit.why[0].field for hit in found.hits] == ([field] if field else [])

    def test_nobody_is_found_before_they_came(self) -> None:
        assert find("今枝", shelf=self.shelf, on=date(2020, 3, 31)) == Found()


class TestGrants:
    """A head may search staff numbers, of their own people alone."""

    number = frozenset({"staff_no"})
    head = Scope(STAFF, STAFF, (Grant(number, number, units=frozenset({"f1"})),))
    self_ = Scope(STAFF, STAFF, (Grant(number, number, subjects=frozenset({"ono"})),))

    @pytest.mark.parametrize("typed", ["0045624", "0045", "高橋 0045624"])
    def test_a_head_finds_their_people_by_staff_number(self, typed: str) -> None:
        [hit] = find(typed, self.head).hits
        assert hit.subject == "hanako"
        assert ("staff_no", "0045624") in [(w.field, w.shown) for w in hit.why]

    def test_a_head_does_not_find_others_by_it(self) -> None:
        assert find("0067890", self.head) == Found()

    def test_ones_own_number_finds_oneself(self) -> None:
        assert who(find("0067890", self.self_)) == ["ono"]
        assert find("0045624", self.self_) == Found()

    def test_a_grant_ends_with_the_day_it_holds(self) -> None:
        moved = [
            (START, TODAY, values("原田　努", "ハラダ　ツトム", staff_no="0011111", at="f1")),
            (TODAY, OPEN, values("原田　努", "ハラダ　ツトム", staff_no="0011111", at="z1")),
        ]
        shelf = MemoryShelf(person_keys("moved", moved))
        assert find("0011111", self.head, shelf) == Found()
        assert who(find("0011111", self.head, shelf, on=date(2026, 11, 22))) == ["moved"]

    def test_a_grant_does_not_change_the_order_of_others(self) -> None:
        numbers = ["4500001", "0045000", "1234567"]
        keys = [
            key
            for i, number in enumerate(numbers)
            for key in person(
                f"p{i}", "森　一", f"モリ　{chr(ord('ア') + i)}", staff_no=number, at="f1"
            )
        ]
        shelf = MemoryShelf([*keys, *person("x", "森　二", "モリ　ン", extension="4500")])
        assert who(find("45", self.head, shelf)) == ["p0", "x", "p1", "p2"]


class TestPermits:
    """A person's own protection narrows what others may find them by."""

    def test_who_is_left_out_is_not_found(self) -> None:
        scope = Scope(STAFF, STAFF, permits=lambda ids: {i: STAFF for i in ids if i != "ono"})
        assert find("大野", scope) == Found()
        assert who(find("高橋", scope)) == ["hanako"]

    def test_fields_are_narrowed_for_one_person(self) -> None:
        scope = Scope(STAFF, STAFF, permits=lambda ids: dict.fromkeys(ids, frozenset({"unit"})))
        assert find("高橋", scope) == Found()
        assert who(find("福祉", scope)) == ["hanako"]

    def test_they_never_widen_anything(self) -> None:
        scope = Scope(frozenset({"unit"}), STAFF, permits=lambda ids: dict.fromkeys(ids, STAFF))
        assert find("高橋", scope) == Found()


def test_hidden_people_leave_no_trace_in_the_count() -> None:
    keys = crowd(60)
    hidden = frozenset(f"p{i:04}" for i in range(0, 60, 2))
    scope = Scope(STAFF, STAFF, permits=lambda ids: {i: STAFF for i in ids if i not in hidden})
    without = MemoryShelf(key for key in keys if key.subject not in hidden)
    assert find("高", scope, MemoryShelf(keys)) == find("高", shelf=without)


# -- against a search that looks at everybody --------------------------------------------------

surnames = [("高橋", "タカハシ"), ("高", "タカ"), ("橋本", "ハシモト"), ("大高", "オオタカ")]
given_names = [("花", "ハナ"), ("高子", "タカコ"), ("一", "ハジメ")]
units = ["高齢福祉課", "橋りょう課", "花とみどり課"]
words = ["高", "高橋", "橋", "花", "たか", "はし", "taka", "ha", "h", "23", "2", "高齢", "課"]


@st.composite
def people(draw: st.DrawFn) -> list[Key]:
    keys: list[Key] = []
    for i in range(draw(st.integers(0, 12))):
        (name, kana), (given, given_kana) = (
            draw(st.sampled_from(surnames)),
            draw(st.sampled_from(given_names)),
        )
        ends = draw(st.sampled_from([OPEN, TODAY]))
        keys += person(
            f"p{i}",
            f"{name}　{given}",
            f"{kana}　{given_kana}",
            ends=ends,
            unit=draw(st.sampled_from(units)),
            extension=draw(st.sampled_from(["2345", "1234", "9923"])),
            staff_no=draw(st.sampled_from(["0002345", "2300000"])),
            at=draw(st.sampled_from(["a", "b"])),
        )
    return keys


@settings(max_examples=150, deadline=None)
@given(
    people(),
    st.lists(st.sampled_from(words), min_size=1, max_size=3),
    st.sampled_from([frozenset[str](), frozenset({"a"})]),
    st.sampled_from([(), (Grant(frozenset({"staff_no"}), units=frozenset({"b"})),)]),
    st.integers(0, 5),
    st.sampled_from([1, 4, 100]),
)
def test_stages_find_what_looking_at_everybody_finds(
    keys: list[Key],
    typed: list[str],
    home: frozenset[str],
    grants: tuple[Grant, ...],
    offset: int,
    counted: int,
) -> None:
    """With so few people the search looks at all of them; made to go in stages, it must agree."""
    scope = Scope(STAFF, STAFF, grants, home)
    shelf = MemoryShelf(keys)
    plainly = find(" ".join(typed), scope, shelf, limit=3, offset=offset, counted=counted)
    assert in_stages(scope, shelf, " ".join(typed), offset, counted) == plainly


def in_stages(scope: Scope, shelf: MemoryShelf, typed: str, offset: int, counted: int) -> Found:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("meibo.domain.finding.seeking._FEW", 0)
        patch.setattr("meibo.domain.finding.seeking._LEAST", 1)
        patch.setattr("meibo.domain.finding.seeking._BATCH", 2)
        return find(typed, scope, shelf, limit=3, offset=offset, counted=counted)


def test_a_hit_is_a_value() -> None:
    [hit] = find("高橋").hits
    assert hit == Hit("hanako", Tier.EXACT, home=False, why=hit.why)
    assert everything(STAFF) == ANYONE
