"""Scans of certificates that come with a filing: laid down sealed, and handed out as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from meibo.apps.personnel.actions.filings.licences import scan_of
from meibo.apps.personnel.models import OpenFiling
from meibo.ledger import documents
from meibo.platform.layout.handing import handed_out
from meibo.platform.watching import exported

#: A document is a file to keep, never a page that could do anything here.
_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"


def known(record: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """What the questions are made from: the record, and of the answers the licence and its scan."""
    held = documents.read(scan_of(values))
    name = {"licence_name": values.get("licence_name", "")}
    return {**record, **name, "scan_name": held.name if held else ""}


def kept(
    filing: OpenFiling, values: Mapping[str, str], answers: Mapping[str, Any]
) -> dict[str, str]:
    """The answers with a scan laid down, in the place of the one that came before it."""
    rest = {name: value for name, value in answers.items() if name != "scan"}
    if "scan" not in answers:
        return rest
    if answers["scan"] is None:
        return {**rest, "scan": values.get("scan", "")}
    name, content = answers["scan"]
    laid = documents.store(filing.person, name, content)
    if before := documents.read(values.get("scan", "")):
        documents.take_down(before)
    return {**rest, "scan": laid.filed(), "scan_of": values.get("licence_name", "")}


def handed(request: HttpRequest, person: str, filed: str) -> HttpResponse:
    """The file, and that it was taken is written down. 404 where there is none."""
    found = documents.read(filed)
    content = documents.content_of(person, found) if found else None
    if found is None or content is None:
        raise Http404
    exported(request, "document", [documents.LICENCE], 1)
    response = handed_out(content, found.kind, found.name)
    response.headers["Content-Security-Policy"] = _NOTHING
    return response
