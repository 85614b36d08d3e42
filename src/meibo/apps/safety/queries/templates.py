"""What is asked, ready to be sent."""

from dataclasses import dataclass

from meibo.platform.emergency.models import Kind


@dataclass(frozen=True, slots=True)
class Template:
    """A message that was written in quiet times."""

    key: str
    kind: Kind
    title: str
    message: str


TEMPLATES = (
    Template(
        "quake",
        Kind.DISASTER,
        "地震の安否確認",
        "大きな地震がありました。まず身の安全を守ってください。落ち着いたら、下のリンクから安否を知らせてください。",
    ),
    Template(
        "flood",
        Kind.DISASTER,
        "大雨・台風の安否確認",
        "大雨のおそれがあります。無理に外へ出ないでください。下のリンクから安否と、来られるかどうかを知らせてください。",
    ),
    Template(
        "drill",
        Kind.DRILL,
        "安否確認の訓練",
        "これは訓練です。下のリンクから答えてください。",
    ),
)
