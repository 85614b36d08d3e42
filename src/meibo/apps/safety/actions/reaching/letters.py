"""What is carried, what it says, and what its carrier answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.links import token_of
from meibo.domain.safety.gateways import Reaching
from meibo.platform.emergency.models import Kind

SHORT = 70
"""Letters of one SMS; what is longer is cut, but never the link."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whose message it is. `key`: the same whenever it is sent again, and nobody but us can make
    one up; `tries`, this one included; `lost`: how often no answer came, `most`: how often that may
    be (2: the second time is the one duplicate)."""

    number: int
    key: str
    person: str
    address: str
    tries: int
    lost: int
    most: int = 2


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way. `text` for a page of paper, `short` for an SMS."""

    envelope: Envelope
    title: str
    text: str
    short: str
    link: str

    @property
    def key(self) -> str:
        return self.envelope.key

    @property
    def address(self) -> str:
        return self.envelope.address


class Verdict(Enum):
    """What a carrier says. LATER: this message not now; DOWN: nothing goes through it now, and this
    message did not; LOST: the same, but this message may have gone out; WAIT: the person is being
    written to by another route in this moment."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    DOWN = "down"
    LOST = "lost"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Said:
    """A carrier's answer to one letter, and by what name it will report of it."""

    verdict: Verdict
    trouble: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a check says to everybody, worked out once."""

    title: str
    message: str
    mark: str
    until: datetime
    public_url: str

    @classmethod
    def of(cls, check: Check, reaching: Reaching) -> Words:
        """A training says so first, whatever was typed."""
        mark = "【訓練】" if check.kind == Kind.DRILL else ""
        return cls(check.title, check.message, mark, check.until, reaching.public_url)

    def letter(self, envelope: Envelope, called: int) -> Letter:
        """The letter to one who is called."""
        link = f"{self.public_url}/a/{token_of(called, self.until)}"
        title = f"{self.mark}【安否確認】{self.title}"
        text = f"{self.mark}{self.message}\n\n答えるページ（サインインは要りません）\n{link}\n"
        head = f"{self.mark}{self.title}"
        room = max(SHORT - len(link) - 1, len(self.mark) + 8)
        return Letter(envelope, title, text, f"{head[:room]}\n{link}", link)
