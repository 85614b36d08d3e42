"""Handing out a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def handed_out(content: bytes | str, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file of this content type under this name, to be taken along or, `inline`, looked at in the
    browser. A name may be Japanese (RFC 6266)."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name) or ""
    return response
