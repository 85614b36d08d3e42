"""What is no telegram, or means harm, is refused with a reason and costs little."""

import tracemalloc

import pytest

from meibo.domain.telegram import UnreadableError, judge, read
from meibo.domain.telegram.tree import MOST_BYTES, MOST_DEPTH, MOST_ELEMENTS
from tests.domain.telegram.made import MINATO, QUICK, full, quick, shaken, telegram

GOOD = quick({"350": "5-"}).decode()


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    return str(caught.value)


def with_dtd(dtd: str, use: str = "") -> bytes:
    head, rest = GOOD.split("?>\n", 1)
    return (
        f"{head}?>\n<!DOCTYPE Report [{dtd}]>\n{rest.replace('見出し', use or '見出し')}".encode()
    )


def test_a_billion_laughs_is_refused_before_anybody_laughs() -> None:
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    tracemalloc.start()
    assert "DTD" in refused(with_dtd(laughs, "&i;"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    "dtd",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;',
        "<!ELEMENT Report ANY>",
        "",
    ],
)
def test_external_entities_and_any_dtd_are_refused(dtd: str) -> None:
    assert "DTD" in refused(with_dtd(dtd, "&x;" if "ENTITY x" in dtd else ""))


def test_an_external_dtd_is_refused_and_not_fetched() -> None:
    data = GOOD.replace("?>\n", '?>\n<!DOCTYPE Report SYSTEM "http://127.0.0.1:9/r.dtd">\n', 1)
    assert "DTD" in refused(data.encode())


def test_an_entity_that_is_not_declared_is_refused() -> None:
    assert "壊れて" in refused(GOOD.replace("見出し", "&who;").encode())


def test_what_is_too_large_too_deep_or_too_many_is_refused() -> None:
    padding = "<!--" + " " * MOST_BYTES + "-->"
    assert "大きすぎ" in refused(GOOD.replace("<Control>", padding + "<Control>").encode())
    deep = "<a>" * MOST_DEPTH + "</a>" * MOST_DEPTH
    assert "深すぎ" in refused(GOOD.replace("見出し", deep).encode())
    assert "多すぎ" in refused(GOOD.replace("見出し", "<a/>" * MOST_ELEMENTS).encode())


def test_every_truncation_is_refused_and_none_crashes() -> None:
    data = full({"350": "5-"}, {"1310300": "5-"})
    for end in range(0, len(data) - 1, 7):
        refused(data[:end])


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-16"])
def test_another_encoding_is_refused(encoding: str) -> None:
    assert "UTF-8" in refused(GOOD.replace("UTF-8", encoding).encode(encoding))


def test_a_lie_about_the_encoding_is_refused() -> None:
    assert "UTF-8" in refused(GOOD.encode("shift_jis"))
    assert "UTF-8" in refused(GOOD.replace("UTF-8", "Shift_JIS").encode())


def test_a_byte_order_mark_and_crlf_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert judge(read(data), MINATO).action == "alarm"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"hello",
        b"{}",
        b"PK\x03\x04rubbish",
        b"\x00" * 100,
        b"\xff\xfe\x00",
        b"<html><body>503</body></html>",
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>',
        b"<Report><Control><Title>x</Title></Control></Report>",
    ],
)
def test_what_is_no_telegram_is_refused(data: bytes) -> None:
    assert refused(data)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<Status>通常</Status>", "", "運用の種別"),
        ("<Status>通常</Status>", "<Status>本番</Status>", "運用の種別"),
        ("<InfoType>発表</InfoType>", "<InfoType>?</InfoType>", "情報の形態"),
        (f"<Title>{QUICK}</Title><DateTime>", "<Title/><DateTime>", "Title"),
        ("<MaxInt>5-</MaxInt>", "<MaxInt>8</MaxInt>", "震度"),
        ("2026-03-01T03:17:00+09:00</ReportDateTime>", "きのう</ReportDateTime>", "日時"),
        ("<Control>", "<Contrôle/><!--<Control>-->", "壊れて"),
    ],
)
def test_what_can_not_be_understood_where_it_matters_is_refused(
    old: str, new: str, why: str
) -> None:
    assert old in GOOD
    assert why in refused(GOOD.replace(old, new).encode())


def test_a_style_sheet_is_passed_over() -> None:
    sheet = '<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/x.xsl"?>\n'
    data = GOOD.replace("?>\n", f"?>\n{sheet}", 1).encode()
    assert judge(read(data), MINATO).action == "alarm"


def test_names_of_enormous_length_are_only_names() -> None:
    body = shaken({"350": "5-"}).replace("区域350", "区" * 100_000)
    assert judge(read(telegram(QUICK, body)), MINATO).action == "alarm"
