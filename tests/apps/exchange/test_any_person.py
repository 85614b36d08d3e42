"""Whoever the person is: what goes out by a definition comes in by it as it was."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meibo.apps.exchange.queries.feeds import masters_only
from meibo.platform.feeds import CodeRow, load_definition
from meibo.platform.feeds.house import House, Standing, Units
from meibo.platform.feeds.outbound import build, layout_of, letters_of, reshaped, write
from meibo.platform.feeds.package import read_master
from meibo.platform.feeds.values.gaiji import Gaiji, host_character
from tests.platform.feeds.ward import DEFINITION

ON = date(2026, 11, 1)
GAIJI = {"F040": "邉\U000e0102", "F041": "邉\U000e0104", "F043": "𠮷", "F045": "神"}
HOSTS = {str(host_character(code)): text for code, text in GAIJI.items()}
UNITS = ("01000000", "01010000", "02020000")
POSTS = ("030", "050", "070")
A = masters_only(load_definition(DEFINITION))

#: Letters that a register has: JIS, the IBM extension, 外字, with and without a selector.
letters = st.sampled_from([*"山田渡辺髙橋﨑濵德斎藤々ヶ", *GAIJI.values()])
parts = st.lists(letters, min_size=1, max_size=4).map("".join)
names = st.tuples(parts, parts).map("\u3000".join)
syllables = st.lists(st.sampled_from([*"アイガパヴッャヨーン"]), min_size=1, max_size=5).map(
    "".join
)
readings = st.tuples(syllables, syllables).map("\u3000".join)
born = st.dates(date(1920, 1, 1), date(2010, 12, 31))
days = st.dates(date(1950, 1, 1), ON)
ends = st.none() | st.dates(ON, date(2090, 12, 31))
phones = st.none() | st.integers(0, 9999).map(lambda n: f"090-0000-{n:04d}")
texts = st.none() | st.sampled_from(
    ["東京都○○区一丁目", "a, b \"c\" 'd'", "１２－３", "渡邉\U000e0102様方"]
)


@st.composite
def people(draw: st.DrawFn) -> dict[str, object]:
    """Canonical values of one person, any of them empty that may be."""
    away = draw(st.booleans())
    sent = draw(st.booleans())
    seats = draw(st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(POSTS)), max_size=3))
    maiden = draw(st.none() | parts)
    return {
        "name": draw(names),
        "kana": draw(readings),
        "uses_maiden_name": bool(maiden and draw(st.booleans())),
        "maiden_name": maiden,
        "maiden_kana": draw(syllables) if maiden else None,
        "birth_date": draw(born),
        "sex": draw(st.sampled_from(["M", "F"])),
        "unit": draw(st.sampled_from(UNITS)),
        "post": draw(st.sampled_from(POSTS)),
        "job": draw(st.sampled_from(["01", "07"])),
        "grade": draw(st.none() | st.integers(1, 6)),
        "step": draw(st.integers(1, 125)).__format__("03d"),
        "employment": draw(st.sampled_from(["1", "5"])),
        "hired": draw(days),
        "unit_since": draw(days),
        "term_end": draw(ends),
        "concurrent": list(dict.fromkeys(seats)),
        "dispatch": "1" if sent else None,
        "dispatch_body": "他団体" if sent else None,
        "leave": "2" if away else None,
        "leave_from": draw(days) if away else None,
        "leave_to": draw(ends) if away else None,
        "extension": draw(st.none() | st.integers(1000, 9999).map(str)),
        "mail": draw(st.none() | st.just("a.b-c@city.example")),
        "postcode": draw(st.none() | st.just("000-1113")),
        "address": draw(texts),
        "mobile": draw(phones),
        "home_phone": None,
        "emergency_name": draw(st.none() | names),
        "emergency_relation": draw(st.none() | st.just("父")),
        "emergency_phone": draw(phones),
        "photo": None,
        "note": draw(texts),
    }


def number(serial: int) -> str:
    """A staff number with its check digit."""
    digits = f"{serial:06d}"
    rest = sum(w * int(d) for w, d in zip((7, 6, 5, 4, 3, 2), digits, strict=True)) % 11
    return f"{digits}{0 if rest in (0, 1) else 11 - rest}"


def house() -> House:
    tables = {
        "post": {code: CodeRow(code, code) for code in POSTS},
        "job": {code: CodeRow(code, code) for code in ("01", "07")},
        "employment": {code: CodeRow(code, code) for code in ("1", "5")},
        "leave": {code: CodeRow(code, code) for code in "0123"},
        "dispatch": {code: CodeRow(code, code) for code in "012"},
    }
    units = Units(Standing(code, code, None, date(1900, 1, 1), date.max) for code in UNITS)
    return House(A, Gaiji(HOSTS), tables, units)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(people(), min_size=1, max_size=6), st.sampled_from(["csv", "tsv", "xlsx", "json"]))
def test_what_goes_out_comes_in_as_it_was(found: list[dict[str, object]], form: str) -> None:
    definition = reshaped(A, form)
    staff = {f"p{n}": {"staff_no": number(101 + n), **values} for n, values in enumerate(found)}
    sheet = layout_of(definition, ON, ())
    write(sheet, staff.items(), house(), letters_of(definition, house(), {}), ON)
    assert not sheet.findings
    with tempfile.TemporaryDirectory() as folder:
        made = build(sheet.layout, [row.cells for row in sheet.rows])
        (Path(folder) / sheet.layout.name).write_bytes(made)
        package = read_master(definition, Path(folder), house())
    back = {r.values["staff_no"]: r.values for r in package.records["master"]}
    for values in staff.values():
        other = back[values["staff_no"]]
        assert {name: _plain(name, other[name]) for name in values} == {
            name: _plain(name, value) for name, value in values.items()
        }


def _plain(name: str, value: object) -> object:
    if name in ("leave", "dispatch") and value == "0":
        return None
    if name == "concurrent":
        pairs = value if isinstance(value, list) else []
        return [tuple(pair) for pair in pairs]
    return value
