"""What comes after an answer: instructions, a picture, the code for the gate."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

import segno

from meibo.apps.safety.face import page as drawn
from meibo.apps.safety.face.form import Given
from meibo.apps.safety.face.page import SHEET_FIELD, lines, page, ruby, when
from meibo.apps.safety.face.store import Asked, Told
from meibo.apps.safety.face.upload import ENOUGH
from meibo.domain.safety.words import COMES, PHOTO_BYTES, PHOTOS, STATUS, UNABLE

_SHOWN = 3  # instructions; so that the page stays small however many there are
_MEGABYTES = PHOTO_BYTES // 1024 // 1024
CODE_LINK = '<p><a href="?code">着いたときに受付で見せる二次元コード</a></p>'
_BACK = '<p><a href="?">安否の答えにもどる</a></p>'
_NO_MORE = f"<p><small>写真は、{PHOTOS}枚とも届いています。</small></p>"
PHOTO_FORM = (
    '<p class="state" id="photo-state" role="status" hidden></p>'
    '<form action="?photo" method="post" enctype="multipart/form-data">'
    f"{SHEET_FIELD}"
    '<label class="line"><span class="name">写真（送らなくてもかまいません）</span>'
    '<input type="file" name="photo" accept="image/jpeg,image/png" required'
    ' aria-describedby="photo-note"></label>'
    f'<p id="photo-note"><small>けがや住まいの様子など。JPEG か PNG、1枚{_MEGABYTES}MBまで、'
    f"{PHOTOS}枚まで。電波の弱い所では、あとにしてください。答えは、もう届いています。"
    "撮った場所や機種の記録は、消して保存します。</small></p>"
    '<button type="submit" class="small">写真を送る</button></form>'
)


def told_part(told: Sequence[Told]) -> str:
    """Instructions: the newest, which holds; then those that were not read, the newest of each."""
    if not told:
        return ""
    newest = max(each.number for each in told)
    ordered = sorted(told, key=lambda each: (each.number != newest, each.read, -each.number))
    rows = "".join(_instruction(each) for each in ordered[:_SHOWN])
    left = len(ordered) - _SHOWN
    more = f"<p>ほかに{left}件あります。「読みました」を押すと、出ます。</p>" if left > 0 else ""
    return f'<section class="told"><h2>指示</h2>{rows}{more}</section>'


def _instruction(each: Told) -> str:
    done = (
        "<p><small>読みました</small></p>"
        if each.read
        else f'<form action="?read" method="post">{SHEET_FIELD}'
        f'<input type="hidden" name="bulletin" value="{each.number}">'
        '<button type="submit" class="small">読みました</button></form>'
    )
    return (
        f'<div class="state"><p>{lines(each.text)}</p>'
        f"<p><small>{when(each.at)}の指示</small></p>{done}</div>"
    )


def ask(asked: Asked, told: Sequence[Told], **more: Any) -> str:
    """The question; to who has answered it, what comes after as well."""
    if not asked.status:
        return drawn.ask(asked, **more)
    below = _photo_part(asked.photos) + CODE_LINK
    return drawn.ask(asked, before=told_part(told), below=below, **more)


def _photo_part(photos: int) -> str:
    return PHOTO_FORM if photos < PHOTOS else _NO_MORE


def thanks(given: Given, told: Sequence[Told] = (), *, phone: str = "", full: bool = False) -> str:
    """It is on the disk. `phone`: whom the town lets people ring; `full`: no picture can be added
    any more."""
    advice = _advice(phone) if given.status in UNABLE else ""
    shown = PHOTO_FORM if not full else _NO_MORE
    return _thanks(given.status, given.comes, when(given.at), told_part(told), advice, shown)


def _advice(phone: str) -> str:
    """This page sends nobody. In a drill as well, for somebody may be hurt in earnest."""
    digits = "".join(each for each in phone if each.isdigit() or each == "+")
    ring = (
        f'<a href="tel:{digits}">{escape(phone)}</a>（役所）にも電話してください。'
        if digits
        else "職場にも電話してください。"
    )
    return (
        '<div class="state alarm"><p>この答えだけでは、救急車は来ません。'
        "ほんとうに助けが要るときは、"
        f'<a href="tel:119">119 に電話</a>してください。</p><p>{ring}</p></div>'
    )


@lru_cache(maxsize=256)  # in a spike thousands are thanked for the same within a minute
def _thanks(status: str, comes: str, moment: str, told: str, advice: str, shown: str) -> str:
    said = [
        "<h1>受け取りました</h1>",
        f'<p class="state">「{ruby(STATUS[status])}」　{moment}</p>',
        advice,
        f"<p>{ruby('職場に')}：{COMES[comes]}</p>" if comes else "",
        told,
        "<p>ありがとうございます。この画面は、閉じてかまいません。</p>",
        "<p>変わったときは、同じリンクから、もう一度答えてください。いちばん新しい答えを使います。</p>",
        *(shown, CODE_LINK),
    ]
    return page("受け取りました", "".join(said), script=True)


SENT = "sent"
"""The page that is shown when a picture was taken: looked at again, it sends nothing again."""


def photo_kept(told: Sequence[Told], photos: int) -> str:
    """The picture is on the disk, too."""
    said = (
        f"<h1>写真を受け取りました</h1><p>{photos}枚届いています。画面は、閉じてかまいません。</p>"
    )
    below = told_part(told) + _photo_part(photos) + CODE_LINK
    return page("写真を受け取りました", f"{said}{below}{_BACK}", script=True)


def photo_wrong(text: str) -> str:
    """The picture was not taken; the answer has nothing to do with it."""
    form = _NO_MORE if text == ENOUGH else PHOTO_FORM
    said = (
        '<h1>写真は送れませんでした</h1><p class="state alarm" role="alert">'
        f"{escape(text)}</p><p>答えには、かかわりありません。</p>"
    )
    return page("写真は送れませんでした", said + form + CODE_LINK, script=True)


def noted(told: Sequence[Told]) -> str:
    """That something was read has been noted."""
    said = "<h1>読んだことを伝えました</h1>" + told_part(told) + CODE_LINK
    return page("読んだことを伝えました", said + _BACK)


def code(asked: Asked, path: str) -> str:
    """What the desk at the gate reads: the way to one's own page, and nothing else."""
    if asked.arrived_at is not None:
        said = f'<p class="state">{when(asked.arrived_at)}に、到着を受け付けました。</p>'
    else:
        said = f"<p>着いたら、受付でこの画面を見せてください。</p>{_drawn(path)}"
    body = f"<h1>到着の受付</h1>{said}{_BACK}"
    return page("到着の受付", body)


def _drawn(path: str) -> str:
    out = io.BytesIO()
    made = segno.make(path, error="m")
    made.save(out, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True, svgclass="qr")
    return out.getvalue().decode()
