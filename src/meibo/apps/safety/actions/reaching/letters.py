"""What is carried, what it says, and what its carrier answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol
from zoneinfo import ZoneInfo

from django.urls import reverse

from meibo.apps.safety.models import Bulletin, Check, Question
from meibo.apps.safety.queries.links import token_of
from meibo.apps.safety.queries.questions import TOLD
from meibo.domain.safety.gateways import Reaching
from meibo.domain.telegram.codec import level_from_json
from meibo.platform.emergency.models import Kind

TOKYO = ZoneInfo("Asia/Tokyo")
SHORT = 70
"""Letters of one SMS; what is longer is cut, but never the link."""
_TRIAL = (
    "これは、あなたがご自分に送った試しの連絡です。届いていれば、この経路で安否確認が届きます。"
)


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


class Content(Protocol):
    """What letters say that differ only in who is called."""

    title: str

    def link(self, called: int) -> str:
        """Where this one answers."""

    def text(self, link: str) -> str:
        """For a page of paper."""

    def short(self, link: str) -> str:
        """For an SMS."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way. What it says is written when it is asked for: by then its carrier may
    be waiting for an answer, and has the time."""

    envelope: Envelope
    content: Content
    called: int = 0

    @property
    def key(self) -> str:
        return self.envelope.key

    @property
    def address(self) -> str:
        return self.envelope.address

    @property
    def title(self) -> str:
        return self.content.title

    @property
    def link(self) -> str:
        return self.content.link(self.called)

    @property
    def text(self) -> str:
        return self.content.text(self.link)

    @property
    def short(self) -> str:
        return self.content.short(self.link)


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


class Words:
    """What a check says to everybody, or an instruction of it, worked out once for all."""

    def __init__(self, check: Check, reaching: Reaching, bulletin: Bulletin | None = None) -> None:
        # A training says so first, whatever was typed.
        mark = "【訓練】" if check.kind == Kind.DRILL else ""
        self.title = f"{mark}【安否確認】{check.title}"
        self._until = check.until
        self._base = f"{reaching.public_url}/a/"
        self._text = f"{mark}{check.message}\n\n答えるページ（サインインは要りません）\n"
        self._head, self._least = f"{mark}{check.title}", len(mark) + 8
        if bulletin is not None:
            self.title = f"{mark}【指示】{check.title}"
            self._text = (
                f"{mark}{bulletin.text}\n\n安否を答えるページ（読んだことも、ここで伝えられます）\n"
            )
            self._head = f"{mark}【指示】{' '.join(bulletin.text.split())}"

    def link(self, called: int) -> str:
        """The page on which one who is called answers."""
        return self._base + token_of(called, self._until)

    def text(self, link: str) -> str:
        """All of it."""
        return f"{self._text}{link}\n"

    def short(self, link: str) -> str:
        """What is longer is cut, but never the link."""
        return f"{self._head[: max(SHORT - len(link) - 1, self._least)]}\n{link}"


class TrialWords:
    """What somebody sends to themselves."""

    title = "【試し】安否確認の連絡"

    def __init__(self, reaching: Reaching) -> None:
        self._link = f"{reaching.public_url}/safety/ways"

    def link(self, called: int) -> str:  # the same for everybody
        """The page on which they say that it arrived."""
        return self._link

    def text(self, link: str) -> str:
        """For a page of paper."""
        return f"{_TRIAL}\n\n{link}\n"

    def short(self, link: str) -> str:
        """For an SMS."""
        return f"【試し】安否確認の連絡です。\n{link}"


class NoticeWords:
    """What those on duty are told of a question: what happened and what is asked. It names nobody,
    and the page behind it asks who is there."""

    def __init__(self, question: Question, ended: bool, reaching: Reaching) -> None:
        what = level_from_json(question.level).words
        self._link = f"{reaching.public_url}{reverse('safety:questions')}#question-{question.pk}"
        if ended:
            self.title = f"【電文からの問い・済】{what}"
            self._head = f"【済】{what}：{TOLD[question.answer]}"
            self._text = f"{what}の電文からの問いは終わりました。{TOLD[question.answer]}。"
            self._page = "記録のページ"
            return
        self.title = f"【電文からの問い】{what}：安否確認を始めますか"
        self._head = f"【問い】{what}：安否確認を始めるか決めてください"
        self._text = f"{question.reason}\n安否確認を始めるか、始めないかを決めてください。"
        self._text += "だれかが決めるまで、始まりません。"
        if question.until is not None:
            at = f"{question.until.astimezone(TOKYO):%H:%M:%S}"
            self._head = f"【問い】{what}：{at}に安否確認が始まります。止めますか"
            self._text = f"{question.reason}\n{at}に、安否確認がひとりでに始まります。"
            self._text += "止めるか、待たずに始めるかを選べます。"
        self._page = "決めるページ"

    def link(self, called: int) -> str:  # the same for everybody
        """The page on which it is answered."""
        return self._link

    def text(self, link: str) -> str:
        """For a page of paper."""
        return f"{self._text}\n\n{self._page}（サインインが要ります）\n{link}\n"

    def short(self, link: str) -> str:
        """For an SMS; what is longer is cut, but never the link."""
        return f"{self._head[: max(SHORT - len(link) - 1, 24)]}\n{link}"
