"""The page itself: one file, no other request, plain words with their reading above them.

Written as text and not as a template, for the answer face has no Django. Everything that comes from
outside goes through `escape`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from meibo.apps.safety.face.form import SHEET
from meibo.apps.safety.face.store import Asked
from meibo.domain.safety.words import COMES, FAMILY, HOME, HOURS, PHOTOS, PLACE, STATUS, WAYS, WORDS

TOKYO = ZoneInfo("Asia/Tokyo")
_STATIC = Path(__file__).resolve().parents[1] / "static" / "safety"
_STYLE = (_STATIC / "answer.css").read_text(encoding="utf-8")
_SCRIPT = (_STATIC / "answer.js").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


STYLE_HASH, SCRIPT_HASH = _hash(_STYLE), _hash(_SCRIPT)
POLICY = (
    f"default-src 'none'; style-src {STYLE_HASH}; script-src {SCRIPT_HASH}; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a browser may do with this page: its own style and script, word for word, and send it."""

SHEET_FIELD = f'<input type="hidden" name="{SHEET[0]}" value="{SHEET[1]}">'
FULL = "full"
_FULL = f'<input type="hidden" name="{FULL}" value="1">'
"""With this an answer says that no picture can be added to it any more."""
#: Readings of the words that somebody who learns Japanese may not know. Longest first.
_READINGS = (
    ("安否", "あんぴ"),
    ("無事", "ぶじ"),
    ("軽傷", "けいしょう"),
    ("重傷", "じゅうしょう"),
    ("救助", "きゅうじょ"),
    ("必要", "ひつよう"),
    ("職場", "しょくば"),
    ("家族", "かぞく"),
    ("全員", "ぜんいん"),
    ("自転車", "じてんしゃ"),
    ("電車", "でんしゃ"),
    ("訓練", "くんれん"),
)
_EASY = {"軽傷": "（かるい けが）", "重傷": "（ひどい けが）"}


@lru_cache(maxsize=256)  # a few dozen words of ours
def ruby(text: str) -> str:
    """Words of ours with their readings; never for what comes from outside."""
    for word, reading in _READINGS:
        text = text.replace(word, f"<ruby>{word}<rt>{reading}</rt></ruby>")
    return text


def ask(
    asked: Asked,
    *,
    family: bool,
    wrong: str = "",
    values: Mapping[str, str] | None = None,
    before: str = "",
    below: str = "",
) -> str:
    """The question, with what was answered last. `before`, `below`: HTML above what is asked, in
    place of the newest instruction, and below the form."""
    values = values or {}
    parts = [
        ruby('<p class="drill">これは訓練です</p>') if asked.kind == "drill" else "",
        f"<h1>{escape(asked.title)}</h1>",
        _ENDED if asked.ended else (before or _news(asked)) + _message(asked),
        f'<p class="state alarm" role="alert">{escape(wrong)}</p>' if wrong else "",
        _before(asked),
        '<p class="state" id="state" role="status" hidden></p><form action="?" method="post">',
        SHEET_FIELD,
        _picks("あなたは、どうですか（かならず えらぶ）", "status", STATUS, values, needed=True),
        _picks("職場に来られますか", "comes", COMES, values),
        _select("いつごろ着きますか", "hours", _HOURS, values),
        _more(values, family=family),
        _FULL if asked.photos >= PHOTOS else "",
        '<button type="submit">送る</button>',
        "" if below else "<p><small>写真は、送ったあとの画面で付けられます。</small></p>",
        f"</form>{below}",
    ]
    return page(asked.title, "".join(parts), script=True)


def _more(values: Mapping[str, str], *, family: bool) -> str:
    """What can be said besides. Folded, so that who is safe says so without a long way down; a
    browser that folds nothing shows it all."""
    names = ("way", "family", "home", "place", "words")
    told = f"{'家族・' if family else ''}住まい・今いる所・伝えたいこと"
    parts = [
        "<details open>" if any(values.get(name) for name in names) else "<details>",
        f"<summary>もっと伝える<small>{told}</small></summary>",
        _select("何で来ますか", "way", WAYS, values),
        _select("家族は、どうですか", "family", FAMILY, values) if family else "",
        _select("住まいは、どうですか", "home", HOME, values),
        _text("今いる所", "place", PLACE, values),
        _words("伝えたいこと", "words", WORDS, values),
        "</details>",
    ]
    return "".join(parts)


def gone() -> str:
    """The link is not ours, or its time is over."""
    return page(
        "このリンクは使えません",
        "<h1>このリンクは使えません</h1><p>期限が過ぎたか、途中で切れています。メッセージのリンクを"
        f"もう一度押すか、{ruby('職場')}に電話してください。</p>",
    )


def failed() -> str:
    """It could not be kept."""
    return page(
        "送れませんでした",
        "<h1>送れませんでした</h1><p>受け取れていません。少し待って、もう一度送ってください。"
        f"急ぐときは、{ruby('職場')}に電話してください。</p>",
    )


_HOURS = {"": "わからない", **{key: f"{hours}時間以内" for key, hours in HOURS.items()}}


_ENDED = (
    '<p class="state">この安否確認は終わりました。前に届いた連絡（集まることなど）は、'
    "いまのものではありません。これからのことは、職場の指示のとおりにしてください。</p>"
    "<p>伝えることがあれば、いまも答えられます。</p>"
)


def _news(asked: Asked) -> str:
    """The newest instruction, for who has not answered yet: what was asked first may be stale."""
    if not asked.news or asked.news_at is None:
        return ""
    return (
        f'<section class="told"><h2>いまの指示</h2><div class="state"><p>{lines(asked.news)}</p>'
        f"<p><small>{when(asked.news_at)}の指示。前の指示は、答えたあとに出ます。</small></p>"
        "</div></section>"
    )


def _message(asked: Asked) -> str:
    """What was asked, without the lines that the newest instruction says above; where it knows
    nothing of that one, it says which of both holds."""
    above = (asked.news or "").splitlines()
    said = asked.message.splitlines()
    kept = [line for line in said if line not in above]
    if above and kept == said:
        note = "上の指示と違うところは、上の指示のとおりにしてください。"
        return f"<p><small>{note}</small><br>{lines(asked.message)}</p>"
    return f"<p>{lines(chr(10).join(kept))}</p>"


def _before(asked: Asked) -> str:
    if not asked.status or asked.answered_at is None:
        return ""
    first = ""
    if asked.first_at and asked.first_at != asked.answered_at:
        first = f"（最初の答え：{when(asked.first_at)}）"
    return (
        f'<p class="state">前の答え：「{ruby(STATUS[asked.status])}」　{when(asked.answered_at)}'
        f"{first}<br>変わったときは、もう一度答えてください。</p>"
    )


def _picks(
    name: str,
    field: str,
    words: Mapping[str, str],
    values: Mapping[str, str],
    *,
    needed: bool = False,
) -> str:
    rows = "".join(
        f'<label class="pick"><input type="radio" name="{field}" value="{value}"'
        f"{' required' if needed else ''}{' checked' if values.get(field) == value else ''}>"
        f"<span>{ruby(label)}{_EASY.get(label, '')}</span></label>"
        for value, label in words.items()
    )
    return f"<fieldset><legend>{ruby(name)}</legend>{rows}</fieldset>"


def _select(name: str, field: str, words: Mapping[str, str], values: Mapping[str, str]) -> str:
    rows = "".join(
        f'<option value="{value}"{" selected" if values.get(field) == value else ""}>'
        f"{label}</option>"
        for value, label in words.items()
    )
    return (
        f'<label class="line"><span class="name">{ruby(name)}</span>'
        f'<select name="{field}">{rows}</select></label>'
    )


def _text(name: str, field: str, most: int, values: Mapping[str, str]) -> str:
    return (
        f'<label class="line"><span class="name">{name}</span><input type="text" name="{field}"'
        f' maxlength="{most}" value="{escape(values.get(field, ""))}" autocomplete="off"></label>'
    )


def _words(name: str, field: str, most: int, values: Mapping[str, str]) -> str:
    return (
        f'<label class="line"><span class="name">{name}</span><textarea name="{field}" rows="2"'
        f' maxlength="{most}">{escape(values.get(field, ""))}</textarea></label>'
    )


def lines(text: str) -> str:
    """What somebody wrote, line by line."""
    return "<br>".join(escape(line) for line in text.splitlines())


def when(moment: datetime) -> str:
    """A moment in few letters."""
    local = moment.astimezone(TOKYO)
    return f"{local.month}月{local.day}日 {local.hour}:{local.minute:02}"


def page(title: str, body: str, *, script: bool = False) -> str:
    """The whole page."""
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main>{body}</main>"
        f"{f'<script>{_SCRIPT}</script>' if script else ''}</body></html>"
    )
