"""What one telegram means, rule by rule, on telegrams made up for it."""

import pytest

from meibo.domain.telegram import Intensity, Place, read
from tests.domain.telegram.made import (
    ALL_RAIN,
    EARLY,
    FULL,
    LONG,
    MINATO,
    QUICK,
    SOURCE,
    WAVES,
    expected,
    full,
    judged,
    quick,
    rain,
    said,
    shaken,
    telegram,
    warned,
    wave,
    waves,
)

HERE, NEXT, OTHER = "1310300", "1310400", "2210100"
SPECIAL = ("大雨特別警報", "33", "発表")


@pytest.mark.parametrize(
    ("written", "action"),
    [
        ("7", "alarm"),
        ("6+", "alarm"),
        ("6-", "alarm"),
        ("5+", "alarm"),
        ("5-", "alarm"),
        ("５弱", "alarm"),
        (" 5- ", "alarm"),
        ("震度５弱以上未入電", "alarm"),
        ("4", "inform"),
        ("4 ", "inform"),
        ("1", "inform"),
    ],
)
def test_an_alarm_begins_at_five_lower(written: str, action: str) -> None:
    assert said(quick({"350": written})) == action
    assert said(full({"350": written}, {HERE: written})) == action


def test_an_intensity_elsewhere_is_nothing_to_us() -> None:
    assert said(quick({"442": "7", "360": "6+"})) == "ignore"
    assert said(full({"442": "7"}, {"2210100": "7"}, event="1")) == "ignore"


def test_the_city_counts_where_it_is_known_and_not_its_area() -> None:
    judgement = judged(full({"350": "5+"}, {HERE: "4", NEXT: "5+"}))
    assert (judgement.action, judgement.intensity) == ("inform", Intensity.FOUR)
    assert judgement.areas == ("350", HERE)


def test_a_city_that_is_not_named_among_others_of_its_area_raises_no_alarm() -> None:
    judgement = judged(full({"350": "5-"}, {NEXT: "5-"}))
    assert judgement.action == "inform"
    assert "市区町村" in judgement.reason


def test_the_area_counts_where_the_telegram_knows_no_city_of_it() -> None:
    elsewhere = shaken({"350": "5-", "442": "5-"}, {OTHER: "5-"}, code="442")
    assert said(telegram(FULL, elsewhere)) == "alarm"
    assert said(telegram(LONG, shaken({"350": "5-"}))) == "alarm"


def test_a_silent_station_counts_as_five_lower_in_its_city() -> None:
    silent = "<MaxInt>3</MaxInt><Condition>震度５弱以上未入電</Condition>"
    judgement = judged(full({"350": "3"}, {HERE: silent}))
    assert (judgement.action, judgement.intensity) == ("alarm", Intensity.FIVE_LOWER)
    assert "未入電" in judgement.reason
    only = "<IntensityStation><Code>1310330</Code><Int>震度５弱以上未入電</Int></IntensityStation>"
    assert said(full({"350": "3"}, {HERE: only})) == "alarm"
    strong = "<MaxInt>6-</MaxInt><Condition>震度５弱以上未入電</Condition>"
    assert judged(full({"350": "3"}, {HERE: strong})).intensity is Intensity.SIX_LOWER


@pytest.mark.parametrize("status", ["訓練", "試験"])
def test_drills_and_tests_never_alarm(status: str) -> None:
    for data in (
        quick({"350": "7"}, status=status),
        full({"350": "7"}, {HERE: "7"}, status=status, info="訂正"),
        wave({"312": ("53", "00")}, status=status),
        rain({HERE: [SPECIAL]}, status=status),
        quick({"350": "7"}, status=status, info="取消"),
    ):
        judgement = judged(data)
        assert judgement.action == "ignore"
        assert status in judgement.reason


def test_a_cancelled_telegram_never_alarms_even_when_it_still_lists_places() -> None:
    for title in (QUICK, FULL, EARLY, WAVES):
        assert said(telegram(title, "<Text>取り消します。</Text>", info="取消")) == "cancel"
    assert said(quick({"350": "7"}, info="取消")) == "cancel"
    assert said(wave({"312": ("53", "00")}, info="取消")) == "cancel"
    assert said(rain({HERE: [SPECIAL]}, info="取消")) == "cancel"


def test_corrected_and_delayed_telegrams_are_judged_by_what_they_say() -> None:
    assert said(full({"350": "5-"}, {HERE: "5-"}, info="訂正")) == "alarm"
    assert said(full({"350": "3"}, {HERE: "3"}, info="訂正")) == "inform"
    late = judged(quick({"350": "5-"}, info="遅延"))
    assert late.action == "alarm"
    assert "遅れて" in late.reason


@pytest.mark.parametrize(
    ("codes", "action"),
    [
        (("53", "00"), "alarm"),
        (("52", "53"), "alarm"),
        (("51", "00"), "alarm"),
        (("51", "52"), "alarm"),
        (("62", "00"), "inform"),
        (("62", "51"), "inform"),
        (("71", "00"), "inform"),
        (("72", "62"), "inform"),
        (("50", "51"), "inform"),
        (("60", "62"), "inform"),
        (("00", "62"), "inform"),
        (("00", "00"), "ignore"),
    ],
)
def test_grades_of_tsunami(codes: tuple[str, str], action: str) -> None:
    assert said(wave({"312": codes})) == action
    assert said(telegram(WAVES, waves({"312": codes}))) == action


def test_an_area_of_intensities_is_no_tsunami_area() -> None:
    """350 is 東京都２３区 in one table and 富山県 in the other."""
    assert said(wave({"350": ("53", "00")})) == "ignore"
    assert said(quick({"312": "7"})) == "ignore"


def test_the_end_of_a_tsunami_warning_is_told_as_such() -> None:
    assert "解除" in judged(wave({"312": ("72", "51")})).reason
    assert "津波予報" in judged(wave({"312": ("71", "71")})).reason


def test_a_grade_whose_code_is_not_known_is_read_by_name() -> None:
    body = waves({"312": ("99", "00")}).replace("<Name/><Code>99", "<Name>津波警報</Name><Code>99")
    assert said(telegram("津波警報・注意報・予報a", body)) == "alarm"


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (("大雨特別警報", "33", "発表"), "alarm"),
        (("レベル５大雨特別警報", "33", "継続"), "alarm"),
        (("レベル５土砂災害特別警報", "39", "発表"), "alarm"),
        (("", "35", "発表"), "alarm"),
        (("レベル４大雨危険警報", "43", "発表"), "inform"),
        (("大雨警報", "03", "特別警報から警報"), "inform"),
        (("大雨特別警報", "33", "解除"), "inform"),
        (("大雨警報", "03", "発表"), "inform"),
        (("雷注意報", "14", "発表"), "inform"),
        (("解除", "00", ""), "inform"),
        (("", "", "発表警報・注意報はなし"), "ignore"),
    ],
)
def test_grades_of_weather_warnings(kind: tuple[str, str, str], action: str) -> None:
    assert said(rain({HERE: [kind]})) == action
    assert said(rain({HERE: [kind]}, ALL_RAIN)) == action
    assert said(rain({NEXT: [kind]})) == "ignore"


def test_a_special_warning_among_others_is_an_alarm() -> None:
    many = [("雷注意報", "14", "継続"), SPECIAL, ("洪水警報", "04", "発表")]
    judgement = judged(rain({NEXT: many, HERE: many}))
    assert judgement.action == "alarm"
    assert "大雨特別警報" in judgement.reason
    assert "雷" not in judgement.reason


def test_a_part_of_the_city_is_the_city() -> None:
    assert said(rain({"1310301": [SPECIAL]})) == "alarm"
    assert (
        said(
            rain({"1310300": [SPECIAL]}),
        )
        == "alarm"
    )
    five = Place(cities=frozenset({"13103"}))
    assert said(rain({"1310302": [SPECIAL]}), five) == "alarm"


def test_a_special_warning_of_which_the_cities_are_not_known_is_told() -> None:
    table = "気象特別警報報知（府県予報区等）"
    body = warned({"130000": [SPECIAL]}, table)
    judgement = judged(telegram("気象特別警報報知", body, space="meteorology1"))
    assert judgement.action == "inform"
    assert "市区町村" in judgement.reason
    other = warned({"140000": [SPECIAL]}, table)
    assert said(telegram("気象特別警報報知", other, space="meteorology1")) == "ignore"


def test_cities_of_the_head_part_count_where_the_body_has_none() -> None:
    head = (
        '<Information type="気象警報・注意報（市町村等）"><Item><Kind><Name>大雨特別警報</Name>'
        "<Code>33</Code></Kind><Areas><Area><Name>港区</Name><Code>1310300</Code></Area></Areas>"
        "</Item></Information>"
    )
    assert said(telegram(ALL_RAIN, headline=head, space="meteorology1")) == "alarm"
    quake = (
        '<Information type="震度速報"><Item><Kind><Name>震度５弱</Name></Kind>'
        '<Areas codeType="地震情報／細分区域"><Area><Name>区部</Name><Code>350</Code></Area>'
        "</Areas></Item></Information>"
    )
    assert said(telegram(QUICK, headline=quake)) == "alarm"


def test_a_landslide_alert_and_a_flood_forecast_are_told() -> None:
    """警戒 of a 土砂災害警戒情報 has the code 3, as 大雨警報 has in another table."""
    slide = warned({HERE: [("警戒", "3", "発表")]}, "土砂災害警戒情報")
    assert said(telegram("土砂災害警戒情報", slide, space="meteorology1")) == "inform"
    no = warned({HERE: [("なし", "0", "なし")]}, "土砂災害警戒情報")
    assert said(telegram("土砂災害警戒情報", no, space="meteorology1")) == "ignore"


@pytest.mark.parametrize(
    ("kind", "action"), [("氾濫発生情報", "inform"), ("レベル５氾濫特別警報", "alarm")]
)
def test_a_city_in_the_assumed_flood_area_is_under_what_is_said_of_the_river(
    kind: str, action: str
) -> None:
    river = warned({"830304004900": [(kind, "51", "発表")]}, "指定河川洪水予報")
    flooded = (
        '<Warning type="浸水想定地区"><Item><Kind><Name>浸水想定地区</Name></Kind><Areas><Area>'
        "<Name>一丁目</Name><Code>1</Code><City>港区</City><CityCode>13103</CityCode></Area></Areas>"
        "</Item></Warning>"
    )
    assert said(telegram("指定河川洪水予報", river + flooded, space="meteorology1")) == action
    assert said(telegram("指定河川洪水予報", river, space="meteorology1")) == "ignore"


def test_an_eruption_warning_for_homes_stands_as_a_special_warning() -> None:
    body = warned({HERE: [("噴火警報：避難等", "41", "")]}, "噴火警報・予報（対象市町村等）")
    body = body.replace("Warning", "VolcanoInfo")
    title, space = "噴火警報・予報", "volcanology1"
    homes = telegram(title, body, space=space, head_title="火山名　島　噴火警報（居住地域）")
    crater = telegram(title, body, space=space, head_title="火山名　島　噴火警報（火口周辺）")
    assert (said(homes), said(crater)) == ("alarm", "inform")


def test_an_expected_intensity_is_told_and_raises_no_alarm() -> None:
    judgement = judged(telegram(EARLY, expected({"350": "6-"})))
    assert (judgement.action, judgement.intensity) == ("inform", Intensity.SIX_LOWER)
    assert said(telegram(EARLY, expected({"442": "7"}))) == "ignore"
    assert said(telegram("緊急地震速報配信テスト", expected({"350": "7"}))) == "ignore"


def test_what_is_said_to_the_whole_country_is_told() -> None:
    assert said(telegram("南海トラフ地震臨時情報", "<Text>調査</Text>")) == "inform"


def test_a_telegram_without_intensities_or_of_no_known_kind_is_nothing_to_us() -> None:
    assert said(telegram(SOURCE, "<Earthquake/>")) == "ignore"
    assert said(telegram("地上実況図", "<Text>天気図</Text>", space="meteorology1")) == "ignore"
    assert read(telegram("新しい電文")).kind.code == "新しい電文"


def test_only_the_namespace_makes_an_element_what_it_is() -> None:
    """Any prefix will do, and a look-alike of another namespace is nothing."""
    own = quick({"350": "6-"}).decode()
    prefixed = own.replace("<Report xmlns=", "<r:Report xmlns:r=").replace(
        "</Report>", "</r:Report>"
    )
    control = prefixed.index("<Control>"), prefixed.index("<Head ")
    inner = prefixed[slice(*control)].replace("</", "</r:").replace("<", "<r:")
    inner = inner.replace("<r:/r:", "</r:")
    whole = prefixed[: control[0]] + inner + prefixed[control[1] :]
    assert said(whole.encode()) == "alarm"
    strange = own.replace("<MaxInt>6-</MaxInt>", '<x:MaxInt xmlns:x="urn:x">6-</x:MaxInt>')
    assert said(strange.encode()) == "inform"


def test_a_place_may_have_several_codes() -> None:
    two = Place(frozenset({"350", "351"}), frozenset({HERE, NEXT}), frozenset({"312", "320"}))
    assert said(quick({"351": "5-"}), two) == "alarm"
    assert judged(full({"350": "5-"}, {HERE: "3", NEXT: "5-"}), two).action == "alarm"
    assert judged(wave({"312": ("62", "00"), "320": ("51", "00")}), two).areas == ("312", "320")


def test_without_a_city_the_area_counts_even_where_cities_are_known() -> None:
    assert said(full({"350": "5-"}, {NEXT: "5-"}), Place(areas=frozenset({"350"}))) == "alarm"
    assert said(quick({"350": "5-"}), Place(cities=MINATO.cities)) == "ignore"
