"""What the answer face is told of this house."""

from __future__ import annotations

from django.conf import settings

from meibo.apps.safety.face.box import private_of
from meibo.apps.safety.face.card import Card
from meibo.apps.safety.queries import links
from meibo.ledger import masters


def card() -> Card:
    """As of now. A new master key makes a new one; what was sealed by the old one still opens as
    long as the old master key is at hand."""
    secret = masters.secret()
    public = private_of(secret).public_key().public_bytes_raw()
    return Card(
        links.key(),
        masters.id_of(secret),
        public,
        settings.MEIBO_ASK_FAMILY,
        settings.MEIBO_SAFETY_PHONE,
    )
