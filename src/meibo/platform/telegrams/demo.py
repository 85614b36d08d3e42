"""A few telegrams for the demo ward: an ordinary week. Made up; nothing starts because of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from meibo.platform.telegrams.actions import DROP, follow, receive

_ROOT = "http://xml.kishou.go.jp/jmaxml1/"
_WEEK = (
    (6, "震度速報", "訓練", (("350", "東京都２３区", "6-"),)),
    (4, "震度速報", "通常", (("360", "神奈川県東部", "3"),)),
    (1, "震度速報", "通常", (("350", "東京都２３区", "3"), ("341", "千葉県北西部", "3"))),
)


def show(_people: Mapping[str, str], *, now: datetime) -> None:
    """Receive them as if they had come in by the folder."""
    for days, title, status, areas in _WEEK:
        moment = now - timedelta(days=days)
        data = _telegram(title, status, areas, moment)
        receive(data, source=DROP, name=f"{moment:%Y%m%d}.xml", now=moment + timedelta(seconds=3))
    follow(now=now)


def _telegram(
    title: str, status: str, areas: tuple[tuple[str, str, str], ...], moment: datetime
) -> bytes:
    at = moment.replace(second=0, microsecond=0).isoformat()
    rows = "".join(
        f"<Area><Name>{name}</Name><Code>{code}</Code><MaxInt>{value}</MaxInt></Area>"
        for code, name, value in areas
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="{_ROOT}"><Control><Title>{title}</Title><DateTime>{at}</DateTime>
<Status>{status}</Status></Control><Head xmlns="{_ROOT}informationBasis1/"><Title>{title}</Title>
<ReportDateTime>{at}</ReportDateTime><EventID>{moment:%Y%m%d%H%M%S}</EventID>
<InfoType>発表</InfoType><Headline><Text>見本の電文です。</Text></Headline></Head>
<Body xmlns="{_ROOT}body/seismology1/"><Intensity><Observation><Pref>{rows}</Pref></Observation>
</Intensity></Body></Report>""".encode()
