"""What people say when they mean somebody, in the words of a query."""

import pytest

from meibo.domain.finding import spoken


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("高橋さん", "高橋"),
        ("高橋様", "高橋"),
        ("高橋氏", "高橋"),
        ("高橋くん", "高橋"),
        ("はなちゃん", "はな"),
        ("高橋さん 税務", "高橋 税務"),
        ("高橋さん、税務のほうの", "高橋 税務"),
        ("税務の高橋", "税務 高橋"),
        ("税務課の高橋さん", "税務課 高橋"),
        ("税務のほうの高橋さん", "税務 高橋"),
        ("税務の方の高橋さん", "税務 高橋"),
        ("税務課の　高橋さん", "税務課 高橋"),
        ("税務課の窓口の人", "税務課 窓口"),
        ("内線2217", "2217"),
        ("内線 2217", "2217"),
        ("内線２２１７", "2217"),
        ("内線：2217", "2217"),
        ("2217番", "2217"),
        ("内線の2217番", "2217"),
        ("電話03-0000-2079", "03-0000-2079"),
        ("内線2217の高橋さん", "2217 高橋"),
    ],
)
def test_what_is_said_is_looked_for_without_what_is_only_polite(said: str, meant: str) -> None:
    assert spoken(said)[-1] == meant


@pytest.mark.parametrize(
    "said",
    ["高橋", "みのる", "きのした", "さん", "様", "内線", "電話 係長", "2217", "", "の"],
)
def test_where_there_is_nothing_of_the_kind_nothing_else_is_looked_for(said: str) -> None:
    assert spoken(said) == []


def test_a_name_with_the_particle_in_it_is_looked_for_whole_before_it_is_parted() -> None:
    assert spoken("木の下さん") == ["木の下", "木 下"]


@pytest.mark.parametrize("said", ["さんさん", "のののの", "様 様", "内線 内線 1", "番" * 300])
def test_odd_words_never_come_to_nothing(said: str) -> None:
    assert all(text.strip() and text != said for text in spoken(said))
