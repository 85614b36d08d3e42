"""What an answer says: every part of it as plain text, whatever it is made of."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from django.http import HttpResponseBase
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.house.canary import pdf

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
_MARKS = re.compile(r"</?mark>")
#: Made at random, by the framework.
_RANDOM = frozenset({"Set-Cookie"})


def _days(content: bytes) -> Iterator[str]:
    """The days in the cells of a workbook, which it keeps as numbers."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            yield from (str(cell)[:10] for cell in row if isinstance(cell, date))


def body(answer: HttpResponseBase) -> bytes:
    """The whole content, streamed or not."""
    if answer.streaming:
        return b"".join(answer)  # type: ignore[arg-type]  # never asynchronous here
    return bytes(answer.content)  # type: ignore[attr-defined]  # every other one has it


def text(answer: HttpResponseBase, content: bytes) -> str:
    """What a reader, a program or a curious eye could take out of it, headers and all."""
    kind = answer.headers.get("Content-Type", "")
    headers = "\n".join(
        f"{name}: {unquote(value)}" for name, value in answer.headers.items() if name not in _RANDOM
    )
    return f"{headers}\n\n{_decoded(kind, content)}"


def _decoded(kind: str, content: bytes) -> str:
    if "spreadsheet" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [book.read(name).decode("utf-8") for name in book.namelist()]
        return html.unescape("\n".join([*parts, *_days(content)]))
    if "pdf" in kind:
        return pdf.text(content)
    plain = content.decode("utf-8-sig")
    if "vcard" in kind:
        return plain.replace("\r\n ", "")
    if "html" in kind:
        plain = _MARKS.sub("", _CSRF.sub("", plain))
    if "%" in plain:
        plain = f"{plain}\n{unquote(plain)}"
    return html.unescape(plain)


def anybody(address: str) -> tuple[int, str]:
    """What somebody gets who has not signed in."""
    answer = Client().get(address)
    return answer.status_code, text(answer, body(answer))
