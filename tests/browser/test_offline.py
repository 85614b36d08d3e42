"""The roster that is taken along, in a browser whose network is off: a file of a stick."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from meibo.apps.safety.actions.offline import sealing
from tests.browser.conftest import Enter, House
from tests.browser.looking import barriers

pytestmark = pytest.mark.browser

PASSWORD = "yama-no-oto-wo-kiku"
MADE = datetime(2026, 11, 26, 2, tzinfo=UTC)
SALT = b"0123456789abcdef"
IDENT = "0123456789abcdef" * 2


def person(number: int, name: str, kana: str, **more: object) -> dict[str, object]:
    """Somebody in the file."""
    return {
        "i": f"p{number}",
        "n": name,
        "k": kana,
        "u": "区民部 税務課",
        "p": "主任",
        "x": "",
        "s": [],
        "c": [],
        "f": f"{name}\n{kana}",
        "o": number,
        "m": number,
        "w": "",
        "d": False,
        "a": False,
        "e": "",
        "t": "",
        **more,
    }


PEOPLE = [
    person(
        0,
        "髙橋 花子",
        "タカハシ ハナコ",
        x="2345",
        f="髙橋花子\n高橋花子\nタカハシハナコ\n2345",
        m=9,
    ),
    person(1, "佐藤 健太", "サトウ ケンタ", f="佐藤健太\nサトウケンタ", s=["手話"])
    | {"c": [{"k": "携帯", "v": "090-0000-7788"}]},
    person(2, "森 優", "モリ ユウ", f="森優\nモリユウ", u="福祉部 高齢福祉課", m=-30, d=True)
    | {"e": "松葉小学校避難所", "t": "災対組織：松葉小学校避難所（長）　集まる所：松葉小学校"},
]
CONTENT = {
    "people": PEOPLE,
    "v": ["佐𠈱", "高髙", "斎斉齋齊"],
    "units": ["区民部 税務課", "福祉部 高齢福祉課"],
    "places": ["松葉小学校避難所"],
    "check": "地震の安否確認",
}


def written(place: Path, *, made: datetime, days: int = 7, content: object = CONTENT) -> Path:
    """A file on a stick."""
    header = {
        "v": 1,
        "id": IDENT,
        "town": "けやき野区",
        "holder": "小野 誠",
        "made": int(made.timestamp() * 1000),
        "expires": int((made + timedelta(days=days)).timestamp() * 1000),
        "salt": SALT.hex(),
        "rounds": sealing.ROUNDS,
    }
    assert isinstance(content, dict)
    path = place / "roster.html"
    path.write_bytes(sealing.page(sealing.key_of(PASSWORD, SALT), header, content))
    return path


Open = Callable[..., Page]


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Open]:
    """A page of a file, with the network off and the clock where it is wanted."""
    contexts: list[BrowserContext] = []

    def come(path: Path, *, at: datetime | None = None, width: int = 1280) -> Page:
        context = browser.new_context(
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            viewport={"width": width, "height": 800},
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        if at is not None:
            page.clock.set_fixed_time(at)
        page.goto(path.as_uri())
        return page

    yield come
    for context in contexts:
        context.close()


def unlock(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("パスワード", exact=True).fill(password)
    page.get_by_role("button", name="開く").click()


def shown_names(page: Page) -> list[str]:
    found = page.locator(".who").evaluate_all("all => all.map(each => each.firstChild.data)")
    return [str(each) for each in found]


def test_it_opens_searches_and_ticks_off_without_a_network(tmp_path: Path, open_file: Open) -> None:
    asked: list[str] = []
    page = open_file(written(tmp_path, made=MADE), at=MADE + timedelta(hours=1), width=390)
    page.on("request", lambda request: asked.append(request.url))
    unlock(page)
    expect(page.get_by_text("全員 3人")).to_be_visible()
    assert shown_names(page) == ["髙橋 花子", "佐藤 健太", "森 優"]
    search = page.get_by_label("氏名・よみ・内線・所属で探す")
    for typed, found in (
        ("髙橋", "髙橋 花子"),
        ("高橋", "髙橋 花子"),
        ("さとう", "佐藤 健太"),
        ("サトウ　けんた", "佐藤 健太"),
        ("２３４５", "髙橋 花子"),
    ):
        search.fill(typed)
        assert shown_names(page) == [found], typed
    search.fill("")
    page.get_by_text("絞り込み・並び").click()
    page.get_by_label("並び").select_option("muster")
    assert shown_names(page) == ["森 優", "佐藤 健太", "髙橋 花子"]
    page.get_by_label("技能・資格").select_option("手話")
    assert shown_names(page) == ["佐藤 健太"]
    expect(page.get_by_text("いま絞り込んでいます")).to_be_visible()
    assert page.get_by_role("link", name="090-0000-7788").get_attribute("href") == "tel:09000007788"
    page.get_by_label("技能・資格").select_option("")
    expect(page.get_by_text("答えも印もない人 2人")).to_be_visible()
    page.get_by_label("答えも印もない人だけ").check()
    assert "森 優" not in shown_names(page)
    page.get_by_label("答えも印もない人だけ").uncheck()
    page.get_by_label("災対組織").select_option("松葉小学校避難所")
    assert shown_names(page) == ["森 優"]
    expect(page.get_by_text("集まる所：松葉小学校")).to_be_visible()
    page.get_by_label("災対組織").select_option("")
    page.get_by_label("組織", exact=True).select_option("福祉部 高齢福祉課")
    assert shown_names(page) == ["森 優"]
    page.get_by_role("button", name="森 優 到着").click()
    expect(page.get_by_text("到着の印 1人")).to_be_visible()
    expect(page.get_by_role("button", name="森 優 無事")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert asked == []


def test_on_a_telephone_the_first_person_is_in_sight_at_once(
    tmp_path: Path, open_file: Open
) -> None:
    file = written(tmp_path, made=MADE)
    page = open_file(file, at=MADE + timedelta(hours=1), width=390)
    unlock(page)
    expect(page.get_by_label("並び")).to_be_hidden()
    box = page.locator("ul.people > li").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800
    desk = open_file(file, at=MADE + timedelta(hours=1))
    unlock(desk)
    expect(desk.get_by_label("並び")).to_be_visible()


def test_ticks_stay_after_it_was_closed_and_come_out_under_the_same_password(
    tmp_path: Path, open_file: Open
) -> None:
    page = open_file(written(tmp_path, made=MADE), at=MADE + timedelta(hours=1))
    unlock(page)
    page.get_by_role("button", name="佐藤 健太 無事").click()
    expect(page.get_by_text("無事の印 1人")).to_be_visible()
    page.wait_for_function(f"localStorage.getItem('meibo-ticks-{IDENT}') !== null")
    assert "safe" not in str(page.evaluate(f"localStorage.getItem('meibo-ticks-{IDENT}')"))
    page.reload()
    unlock(page)
    expect(page.get_by_text("無事の印 1人")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="印を書き出す").click()
    text = Path(download.value.path()).read_text()
    assert text == page.get_by_label("書き出した文字").input_value()
    ticks = sealing.brought(text).opened(sealing.key_of(PASSWORD, SALT))
    assert ticks == {"p1": {"safe": int((MADE + timedelta(hours=1)).timestamp() * 1000)}}


def test_a_wrong_password_opens_nothing(tmp_path: Path, open_file: Open) -> None:
    page = open_file(written(tmp_path, made=MADE), at=MADE + timedelta(hours=1))
    unlock(page, PASSWORD + "!")
    expect(page.get_by_text("パスワードが違います")).to_be_visible()
    assert "佐藤" not in page.content()
    unlock(page)
    expect(page.get_by_text("全員 3人")).to_be_visible()


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (timedelta(days=7), "を過ぎたので、開きません"),
        (timedelta(days=400), "を過ぎたので、開きません"),
        (timedelta(days=-3), "より前です"),
    ],
)
def test_it_is_refused_after_its_expiry_and_by_a_clock_that_is_wrong(
    tmp_path: Path, open_file: Open, after: timedelta, said: str
) -> None:
    page = open_file(written(tmp_path, made=MADE), at=MADE + after)
    expect(page.get_by_text(said)).to_be_visible()
    assert page.locator("input").count() == 0


PARTS = (
    *("rules", "hash in the rules", "style", "public key", "signature", "header", "content"),
    *("last of the content", "script", "end of the script"),
)


def places(text: str) -> dict[str, int]:
    """One place in every part of the file whose byte is changed."""
    sealed = text.index('text/plain">') + len('text/plain">')
    ends = text.index("</script>", sealed)
    dots = [sealed + found.start() for found in re.finditer(r"\.", text[sealed:ends])]
    return {
        "rules": text.index("default-src") + 3,
        "hash in the rules": text.index("sha256-") + 12,
        "style": text.index("font-size"),
        "public key": sealed + 9,
        "signature": dots[0] + 9,
        "header": dots[1] + 9,
        "content": dots[2] + 99,
        "last of the content": ends - 1,
        "script": text.index("crypto.subtle.verify"),
        "end of the script": text.rindex("begin();"),
    }


@pytest.mark.parametrize("part", PARTS)
def test_one_changed_byte_anywhere_is_refused(tmp_path: Path, open_file: Open, part: str) -> None:
    path = written(tmp_path, made=MADE)
    data = bytearray(path.read_bytes())
    at = len(data.decode()[: places(data.decode())[part]].encode())
    data[at] ^= 1
    path.write_bytes(bytes(data))
    page = open_file(path, at=MADE + timedelta(hours=1))
    page.wait_for_timeout(400)
    assert page.locator("input").count() == 0
    expect(page.get_by_text("書き換えられています")).to_be_visible()


def test_who_moves_the_expiry_and_signs_anew_still_cannot_open_it(
    tmp_path: Path, open_file: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has no password has no key either, and the header is bound to what it closes."""
    path = written(tmp_path, made=MADE)
    text = path.read_text()
    sealed = text.split('text/plain">')[1].split("<")[0]
    _, _, head, body = sealed.split(".")
    rules = text.split('Policy" content="')[1].split('"')[0]
    moved = json.loads(sealing._bytes(head)) | {"expires": 2**52}
    monkeypatch.setattr(sealing.settings, "SECRET_KEY", "of somebody else")
    public = sealing._public().hex()
    bound = f"{rules}\n{sealing._letters(sealing._written(moved))}\n{public}"
    forged = f"{bound.split(chr(10))[1]}.{body}"
    signature = sealing._sign(f"{bound}\n{body}")
    path.write_text(text.replace(sealed, f"{public}.{signature}.{forged}"))
    page = open_file(path, at=MADE + timedelta(days=30))
    unlock(page)
    expect(page.get_by_text("パスワードが違います")).to_be_visible()


def test_a_name_is_found_by_any_variant_of_its_letters(tmp_path: Path, open_file: Open) -> None:
    more = [
        person(7, "齋藤 愛", "サイトウ アイ", f="斎藤愛\n齋藤愛\nサイトウアイ"),
        person(8, "佐々木 光", "ササキ ヒカル", f="佐佐木光\n佐々木光\nササキヒカル"),
    ]
    path = written(tmp_path, made=MADE, content=CONTENT | {"people": [*PEOPLE, *more]})
    page = open_file(path, at=MADE + timedelta(hours=1))
    unlock(page)
    search = page.get_by_label("氏名・よみ・内線・所属で探す")
    for typed, found in (
        *((each, "齋藤 愛") for each in ("斉藤", "斎藤", "齋藤", "齊藤", "齋\U000e0100藤")),
        *((each, "佐々木 光") for each in ("佐々木", "佐佐木", "𠈱々木")),
    ):
        search.fill(typed)
        assert shown_names(page) == [found], typed


def test_five_thousand_people_are_searched_at_once(tmp_path: Path, open_file: Open) -> None:
    many = [person(n, f"森 {n}", "モリ", f=f"森{n}\nモリ") for n in range(5000)]
    path = written(tmp_path, made=MADE, content=CONTENT | {"people": many})
    page = open_file(path, at=MADE + timedelta(hours=1))
    unlock(page)
    expect(page.get_by_text("全員 5000人")).to_be_visible()
    page.get_by_label("氏名・よみ・内線・所属で探す").fill("森4999")
    assert shown_names(page) == ["森 4999"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_file_has_no_barrier_at_a_desk_and_on_a_telephone(
    tmp_path: Path, open_file: Open, dark: bool
) -> None:
    page = open_file(written(tmp_path, made=MADE), at=MADE + timedelta(hours=1))
    page.emulate_media(color_scheme="dark" if dark else "light")
    assert barriers(page) == []
    unlock(page)
    expect(page.get_by_text("全員 3人")).to_be_visible()
    page.get_by_role("button", name="森 優 到着").click()
    page.get_by_role("button", name="印を書き出す").click()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


PAGES = ("/safety/offline", "/safety/offline/back", "/safety/drills")


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_around_it_have_no_barrier(enter: Enter, house: House, path: str) -> None:
    visitor = enter("crisis", width=1440)
    page = visitor.go(path)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visitor.complaints == []
    assert all(url.startswith(house.url) for url in visitor.asked)
