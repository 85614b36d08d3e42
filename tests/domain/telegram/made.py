"""Small telegrams made up for tests, in the form of 気象庁防災情報XML."""

from meibo.domain.telegram import Judgement, Place, judge, read

ROOT = "http://xml.kishou.go.jp/jmaxml1/"
MINATO = Place(frozenset({"350"}), frozenset({"1310300"}), frozenset({"312"}))
QUICK, FULL, SOURCE = "震度速報", "震源・震度に関する情報", "震源に関する情報"
LONG, EARLY = "長周期地震動に関する観測情報", "緊急地震速報（警報）"
WAVE, WAVES = "津波警報・注意報・予報a", "津波情報a"
RAIN, ALL_RAIN = "気象警報・注意報（Ｒ０６）（大雨）", "気象特別警報・警報・注意報"
_CITIES = "気象警報・注意報（市町村等）"


_DEFAULTS = {
    "status": "通常",
    "info": "発表",
    "event": "20260301031500",
    "at": "03:17",
    "seconds": "00",
    "serial": "1",
    "headline": "",
    "space": "seismology1",
}


def telegram(title: str, body: str = "", **about: str) -> bytes:
    """The bytes of a telegram; `at` is a time of 1 March 2026, or a whole date and time."""
    say = {"head_title": title, **_DEFAULTS, **about}
    at = say["at"] if "T" in say["at"] else f"2026-03-01T{say['at']}"
    moment = f"{at}:{say['seconds']}+09:00"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="{ROOT}" xmlns:jmx="{ROOT}">
<Control><Title>{title}</Title><DateTime>{moment}</DateTime><Status>{say["status"]}</Status>
<EditorialOffice>気象庁本庁</EditorialOffice><PublishingOffice>気象庁</PublishingOffice></Control>
<Head xmlns="{ROOT}informationBasis1/"><Title>{say["head_title"]}</Title>
<ReportDateTime>{moment}</ReportDateTime><TargetDateTime>{moment}</TargetDateTime>
<EventID>{say["event"]}</EventID><InfoType>{say["info"]}</InfoType><Serial>{say["serial"]}</Serial>
<InfoKind>{title}</InfoKind><InfoKindVersion>1.0_1</InfoKindVersion>
<Headline><Text>見出し</Text>{say["headline"]}</Headline></Head>
<Body xmlns="{ROOT}body/{say["space"]}/" xmlns:jmx_eb="{ROOT}elementBasis1/">{body}</Body>
</Report>""".encode()


def shaken(areas: dict[str, str], cities: dict[str, str] | None = None, code: str = "350") -> str:
    """A table of observed intensities; `cities` (code → intensity, or the tags themselves) stand in
    the area `code`."""
    inner = "".join(
        f"<City><Name>市{c}</Name><Code>{c}</Code>"
        f"{v if v.startswith('<') else f'<MaxInt>{v}</MaxInt>'}</City>"
        for c, v in (cities or {}).items()
    )
    rows = "".join(
        f"<Area><Name>区域{a}</Name><Code>{a}</Code><MaxInt>{v}</MaxInt>"
        f"{inner if a == code else ''}</Area>"
        for a, v in areas.items()
    )
    return (
        "<Intensity><Observation><MaxInt>7</MaxInt><Pref><Name>県</Name><Code>13</Code>"
        f"<MaxInt>7</MaxInt>{rows}</Pref></Observation></Intensity>"
    )


def expected(areas: dict[str, str]) -> str:
    """What 緊急地震速報 expects."""
    rows = "".join(
        f"<Area><Name>区域{a}</Name><Code>{a}</Code><ForecastInt><From>4</From><To>{v}</To>"
        "</ForecastInt></Area>"
        for a, v in areas.items()
    )
    return f"<Intensity><Forecast><Pref><Name>県</Name>{rows}</Pref></Forecast></Intensity>"


def waves(areas: dict[str, tuple[str, str]]) -> str:
    """Tsunami areas with the code of the grade in force and of the one before."""
    rows = "".join(
        f"<Item><Area><Name>予報区{a}</Name><Code>{a}</Code></Area><Category><Kind><Name/>"
        f"<Code>{now}</Code></Kind><LastKind><Name/><Code>{before}</Code></LastKind></Category>"
        "</Item>"
        for a, (now, before) in areas.items()
    )
    return f"<Tsunami><Forecast>{rows}</Forecast></Tsunami>"


def warned(cities: dict[str, list[tuple[str, str, str]]], table: str = _CITIES) -> str:
    """Areas with (name, code, status) of each warning."""
    rows = "".join(
        "<Item>"
        + "".join(
            f"<Kind><Name>{n}</Name><Code>{k}</Code><Status>{s}</Status></Kind>"
            for n, k, s in kinds
        )
        + f"<Area><Name>市{c}</Name><Code>{c}</Code></Area></Item>"
        for c, kinds in cities.items()
    )
    return f'<Warning type="{table}">{rows}</Warning>'


def quick(areas: dict[str, str], **about: str) -> bytes:
    """震度速報."""
    return telegram(QUICK, shaken(areas), **about)


def full(areas: dict[str, str], cities: dict[str, str], **about: str) -> bytes:
    """震源・震度に関する情報."""
    return telegram(FULL, shaken(areas, cities), **about)


def wave(areas: dict[str, tuple[str, str]], **about: str) -> bytes:
    """津波警報・注意報・予報."""
    return telegram(WAVE, waves(areas), **about)


def rain(cities: dict[str, list[tuple[str, str, str]]], title: str = RAIN, **about: str) -> bytes:
    """Warnings of the weather offices."""
    return telegram(title, warned(cities), **{"space": "meteorology1", "event": "", **about})


def judged(data: bytes, place: Place = MINATO) -> Judgement:
    return judge(read(data), place)


def said(data: bytes, place: Place = MINATO) -> str:
    return str(judged(data, place).action)
