"""Whether a file that was made may still be fetched: a day is long enough to lose a duty, or to be
taken off a plan."""

from __future__ import annotations

from meibo.apps.papers.models import Kept
from meibo.apps.papers.queries.catalogue import FORMS
from meibo.domain.disclosure import Viewer
from meibo.platform.papers import beside


def may_have(kept: Kept, viewer: Viewer) -> bool:
    """Whether its owner may have it now. What says nothing of what it was made of, nobody may."""
    if kept.form:
        return kept.form in FORMS and FORMS[kept.form].open_to(viewer)
    if kept.source not in beside.GATES:
        return False
    return beside.gate(kept.source)(kept.subject, viewer=viewer, account=kept.owner)
