"""What stands around every page: the ward, the day shown, who is looking, where to go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from meibo.domain.calendar import fiscal_bounds, fiscal_year
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform import door
from meibo.platform.emergency.models import EmergencyEvent
from meibo.platform.emergency.queries import event_of
from meibo.platform.layout.navigation import MAIN_ENTRIES, NAVIGATION, Guest, Link
from meibo.platform.purpose.kept import Purpose, current

PRODUCT = "名簿"
VERSION = version("meibo")
#: Parameters that belong to one page's place in a list and not to the page.
_PASSING = frozenset({"on", "page"})


def town() -> str:
    """The municipality's name: as MEIBO_TOWN_NAME says, else as its own tables do."""
    return str(settings.MEIBO_TOWN_NAME or reader.town_name() or "")


def fiscal_year_start(day: date) -> date:
    """1 April on or before the day."""
    return fiscal_bounds(fiscal_year(day))[0]


@dataclass(frozen=True)
class Frame:
    """One request's frame. What costs a query is read when a template asks for it."""

    request: HttpRequest
    viewer: Viewer
    day: date

    product = PRODUCT
    version = VERSION

    @cached_property
    def town(self) -> str:
        return town()

    @property
    def today(self) -> date:
        return self.viewer.today

    @property
    def purpose(self) -> Purpose | None:
        """What records are opened for just now."""
        return current(self.request)

    @property
    def event(self) -> EmergencyEvent | None:
        """The disaster or drill in which the viewer sees more than otherwise."""
        return event_of(self.request)

    @property
    def asks_purpose(self) -> bool:
        """Whether a duty of the viewer waits until it is said what for."""
        return bool(self.viewer.waiting)

    @property
    def handles_record(self) -> bool:
        """Whether the viewer keeps the record, and has said what for."""
        return "hr" in self.viewer.ties

    @property
    def keeps_conduct(self) -> bool:
        """Whether the viewer keeps 処分・表彰・災害, and has said what for."""
        return "conduct" in self.viewer.ties

    @property
    def own_address(self) -> str:
        """This page as it is, to come back to; the first page where it was sent by a form."""
        return self.request.get_full_path() if self.request.method in {"GET", "HEAD"} else "/"

    @property
    def other_day(self) -> bool:
        """Another day than today is shown."""
        return self.day != self.viewer.today

    @property
    def unread_day(self) -> str:
        """What was asked for as a day and is none; then today is shown."""
        return door.unread_day(self.request)

    @property
    def tense(self) -> str:
        return "これから" if self.day > self.viewer.today else "過去"

    @cached_property
    def me(self) -> Mapping[str, Any] | None:
        """The viewer's own card of today; None for an account without a person in service."""
        if self.viewer.person is None:
            return None
        return reader.card(self.viewer, self.viewer.person, on=self.viewer.today)

    @cached_property
    def _links(self) -> tuple[Link, ...]:
        return NAVIGATION.links(Guest(self.viewer, self.me), self.request.path)

    @property
    def links(self) -> tuple[Link, ...]:
        return self._links[:MAIN_ENTRIES]

    @property
    def more_links(self) -> tuple[Link, ...]:
        return self._links[MAIN_ENTRIES:]

    @property
    def footer_links(self) -> tuple[Link, ...]:
        return NAVIGATION.footer_links(Guest(self.viewer, self.me), self.request.path)

    @property
    def shortcuts(self) -> tuple[Link, ...]:
        return NAVIGATION.shortcut_links(Guest(self.viewer, self.me))

    @property
    def search_address(self) -> str:
        return reverse(NAVIGATION.search) if NAVIGATION.search else ""

    @property
    def search_home(self) -> str:
        return reverse(NAVIGATION.home) if NAVIGATION.home else "/"

    @property
    def card_address(self) -> str:
        """Where one's own card is; empty for an account without a card."""
        if self.me is None or not NAVIGATION.card:
            return ""
        return reverse(NAVIGATION.card, args=(self.me["id"],))

    @property
    def query(self) -> str:
        return self.request.GET.get("q", "")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The page's own parameters, which the choice of another day keeps."""
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            if name not in _PASSING
            for value in values
        ]

    @property
    def today_address(self) -> str:
        """This page as of today."""
        kept = self.kept
        return self.request.path + (f"?{urlencode(kept)}" if kept else "")

    @property
    def near_days(self) -> list[tuple[str, date]]:
        """Days that people ask for: the turns of the fiscal years around today."""
        start = fiscal_year_start(self.today)
        return [
            ("今年度のはじめ", start),
            ("来年度のはじめ", start.replace(year=start.year + 1)),
            ("前年度のはじめ", start.replace(year=start.year - 1)),
        ]

    def dated(self, address: str, **parameters: str) -> str:
        """The address with the day shown carried along, unless that is today."""
        if self.other_day:
            parameters = {**parameters, "on": self.day.isoformat()}
        return f"{address}?{urlencode(parameters)}" if parameters else address


def frame_for(request: HttpRequest) -> Frame:
    """The frame of a signed-in request, made once."""
    frame: Frame | None = getattr(request, "meibo_frame", None)
    if frame is None:
        frame = Frame(request, door.viewer_for(request), door.day_for(request))
        request.meibo_frame = frame  # type: ignore[attr-defined]  # kept beside the request it frames
    return frame
