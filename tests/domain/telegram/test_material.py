"""Every telegram of the material, judged for one ward: 350, 1310300, 312. The table beside this
file was read out of the telegrams by hand (which of them name these codes, and with what)."""

import csv
import re
from pathlib import Path

import pytest

from meibo.domain.telegram import Intensity, Place, judge, read
from tests.domain.telegram.made import MINATO

TABLE = Path(__file__).with_name("material.csv")
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))

#: The same telegrams seen from places that they do hit: area, city, tsunami area.
ELSEWHERE = [
    ("official/32-35_01_01_100806_VXSE51.xml", ("442", "", ""), "alarm", "6弱"),
    ("official/32-35_01_03_240613_VXSE53.xml", ("442", "2221000", ""), "ignore", None),
    ("official/32-35_06_03_240613_VXSE53.xml", ("213", "0321500", ""), "alarm", "6強"),
    ("official/32-35_06_03_240613_VXSE53.xml", ("213", "0338100", ""), "alarm", "5弱"),
    ("official/32-35_06_03_240613_VXSE53.xml", ("", "0636500", ""), "alarm", "5弱"),
    ("official/32-35_06_03_240613_VXSE53.xml", ("", "0546300", ""), "alarm", "5弱"),
    ("official/32-35_07_06_240613_VXSE53.xml", ("", "2222200", ""), "alarm", "6弱"),
    ("official/32-35_07_06_240613_VXSE53.xml", ("", "2221000", ""), "alarm", "5弱"),
    ("official/32-35_07_06_240613_VXSE53.xml", ("", "2221400", ""), "alarm", "5弱"),
    ("official/32-39_11_01_120615_VXSE51.xml", ("220", "0421300", "220"), "alarm", "6強"),
    ("official/32-39_11_02_250206_VTSE41.xml", ("", "", "210"), "alarm", None),
    ("official/32-39_11_02_250206_VTSE41.xml", ("", "", "300"), "alarm", None),
    ("official/32-39_11_02_250206_VTSE41.xml", ("", "", "311"), "inform", None),
    ("official/32-39_11_03_250206_VTSE51.xml", ("", "", "220"), "alarm", None),
    ("official/32-39_12_02_250206_VTSE41.xml", ("", "", "300"), "ignore", None),
    ("official/32-39_11_13_250206_VTSE41.xml", ("", "", "210"), "inform", None),
    ("official/38-39_02_01_250206_VTSE41.xml", ("", "", "771"), "inform", None),
    ("official/37_01_01_240613_VXSE43.xml", ("622", "", ""), "inform", "5弱"),
    ("official/78_01_01_240613_VXSE62.xml", ("220", "", ""), "inform", "4"),
    ("received/20220918154907_08013775_VTSE41.xml", ("", "", "802"), "inform", None),
    ("received/20231009064018_06274659_VTSE41.xml", ("", "", "320"), "inform", None),
    ("weather/15_12_01_161130_VPWW54.xml", ("", "3220200", ""), "alarm", None),
    ("weather/15_12_01_161130_VPWW54.xml", ("", "3220700", ""), "alarm", None),
    ("weather/15_12_01_161130_VPWW54.xml", ("", "3220100", ""), "inform", None),
    ("weather/15_12_01_161130_VPWW54.xml", ("", "3252700", ""), "ignore", None),
    ("weather/15_15_01_220314_VPWW54.xml", ("", "3640300", ""), "inform", None),
    ("weather/15_15_01_220314_VPWW54.xml", ("", "3620700", ""), "ignore", None),
    ("weather/15_16_01_241031_VPWW56.xml", ("", "0121400", ""), "inform", None),
    ("weather/15_16_04_250630_VPWW58.xml", ("", "0151100", ""), "inform", None),
    ("weather/15_17_01_250630_VPWW55.xml", ("", "3252800", ""), "inform", None),
    ("weather/17_02_01_190529_VXWW50.xml", ("", "0133100", ""), "inform", None),
    ("weather/17_02_01_190529_VXWW50.xml", ("", "0134600", ""), "ignore", None),
]


def test_the_table_names_every_telegram_of_the_material(shared: Path) -> None:
    found = {str(p.relative_to(shared / "jma")) for p in (shared / "jma").glob("*/*.xml")}
    assert {row["file"] for row in ROWS} == found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["file"]))
def test_each_telegram_is_judged_right(row: dict[str, str], shared: Path) -> None:
    telegram = read((shared / "jma" / row["file"]).read_bytes())
    judgement = judge(telegram, MINATO)
    intensity = "" if judgement.intensity is None else judgement.intensity.word
    assert (telegram.kind.code, str(telegram.status)) == (row["kind"], row["status"])
    assert (str(judgement.action), intensity) == (row["action"], row["intensity"])
    assert " ".join(judgement.areas) == row["areas"]
    assert row["why"] in judgement.reason


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["file"]))
def test_the_kind_in_the_file_name_is_the_one_inside(row: dict[str, str]) -> None:
    assert row["kind"] in row["file"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["file"]))
def test_nothing_is_said_of_us_where_our_codes_do_not_stand(
    row: dict[str, str], shared: Path
) -> None:
    text = (shared / "jma" / row["file"]).read_text("utf-8")
    body = text[text.index("<Body") :]
    named = re.search(r"<Code>(350|312|13103\d\d)</Code>", body)
    whole_country = row["kind"].startswith("VYSE")
    silent = row["action"] in {"ignore", "cancel"}
    assert silent or named or whole_country


def test_intensities_are_those_of_the_index(shared: Path) -> None:
    with (shared / "jma" / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        index = list(csv.DictReader(file))
    folders = {"jma_official_samples": "official", "real_received": "received"}
    seen = 0
    for row in index:
        folder, name = row["file"].split("/")
        telegram = read((shared / "jma" / folders.get(folder, folder) / name).read_bytes())
        assert (telegram.title, str(telegram.status)) == (row["title"], row["status"])
        assert (str(telegram.info), telegram.event) == (row["infotype"], row["eventid"])
        assert telegram.reported.isoformat() == row["report_dt"]
        areas = {a.code: a for a in telegram.shaken}
        tokyo = areas.get("350")
        assert (_word(tokyo.intensity) if tokyo else "") == row["area350_maxint"]
        cities = {c.code: c for c in tokyo.cities} if tokyo else {}
        minato = cities.get("1310300")
        assert (_word(minato.intensity) if minato else "") == row["minato_maxint"]
        assert len(cities) == int(row["n_tokyo23_cities"])
        seen += 1
    assert seen == len(ROWS)


def _word(intensity: Intensity | None) -> str:
    return "" if intensity is None else intensity.word


@pytest.mark.parametrize(("file", "codes", "action", "intensity"), ELSEWHERE)
def test_the_same_telegrams_seen_from_places_that_they_hit(
    file: str, codes: tuple[str, str, str], action: str, intensity: str | None, shared: Path
) -> None:
    place = Place(*(frozenset({code} if code else ()) for code in codes))
    judgement = judge(read((shared / "jma" / file).read_bytes()), place)
    assert judgement.action == action, judgement.reason
    if intensity is not None:
        assert _word(judgement.intensity) == intensity
