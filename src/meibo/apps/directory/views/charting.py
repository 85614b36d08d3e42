"""Drawing the org chart. Strings are joined by hand: 5,000 people and 400 units through the
template engine take seven times as long."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from meibo.apps.directory.queries.chart import Chart, Node

Card = Mapping[str, Any]
#: Stands in an address for what comes later; a sign that quoting leaves alone.
_CODE = "~~"


class Pen:
    """Draws one chart. `dated` carries the day shown along in addresses."""

    def __init__(self, chart: Chart, dated: Callable[[str], str], *, lazy: bool) -> None:
        self.chart = chart
        self.lazy = lazy
        self._unit = escape(dated(reverse("directory:unit", args=[_CODE])))
        self._people = escape(dated(reverse("directory:chart_people", args=[_CODE])))
        self._person = escape(dated(reverse("directory:person", args=[_CODE])))

    def draw(self) -> SafeString:
        """The whole chart: a list of 部, each with its 課 folded."""
        parts = [self._root(node) for node in self.chart.roots]
        return mark_safe(f'<ul class="chart" data-tree>{"".join(parts)}</ul>')  # nosec B308  # escaped in parts

    def _root(self, node: Node) -> str:
        inside = self._people_of(node) + "".join(map(self._branch, node.below))
        found = " chart-found" if node.unit.code in self.chart.found else ""
        return (
            f'<li class="chart-root"><h2 class="chart-head{found}">{self._link(node)}'
            f"{self._count(node)}</h2>"
            f'<ul class="chart-list">{inside}</ul></li>'
        )

    def _branch(self, node: Node) -> str:
        code = node.unit.code
        opened = " open" if code in self.chart.opened or not self.lazy else ""
        found = ' class="chart-found"' if code in self.chart.found else ""
        asks = ""
        if self.lazy and code not in self.chart.people:
            asks = f' hx-get="{self._people.replace(_CODE, escape(code))}"'
            asks += ' hx-trigger="toggle once" hx-target="find .chart-people"'
        inside = "".join(map(self._branch, node.below))
        return (
            f"<li><details{opened}{asks}><summary{found}>{escape(node.unit['name'])}{self._count(node)}"
            f'</summary><div class="chart-in">{self._go(node)}'
            f'<ul class="chart-people">{self._people_of(node)}</ul>'
            f'<ul class="chart-list">{inside}</ul></div></details></li>'
        )

    def _go(self, node: Node) -> str:
        return f'<p class="chart-go">{self._link(node, "のページ")}</p>'

    def _link(self, node: Node, more: str = "") -> str:
        address = self._unit.replace(_CODE, escape(node.unit.code))
        return f'<a href="{address}">{escape(node.unit["name"])}{more}</a>'

    def _people_of(self, node: Node) -> str:
        people = self.chart.people.get(node.unit.code, ())
        met = " chart-found" if self.chart.within else ""
        return "".join(self.person(card, card.get("post"), met) for card in people)

    def person(self, card: Card, held: str | None, mark: str = "") -> str:
        """One line: the post held there, name, extension. `mark`: a further class."""
        address = self._person.replace(_CODE, escape(card["id"]))
        post = f'<span class="chart-post">{escape(held)}</span>' if held else ""
        line = card.get("extension")
        extension = f'<span class="chart-ext">{escape(line)}</span>' if line else ""
        name = escape(str(card.get("name", "")).replace("\u3000", " "))
        return (
            f'<li class="chart-person{mark}">{post}<a href="{address}">{name}</a>{extension}</li>'
        )

    def _count(self, node: Node) -> str:
        """How many people, and how many of them were found where only these are shown."""
        count, within = node.unit.get("count"), self.chart.within.get(node.unit.code)
        if node.unit.get("count_held_back"):
            return ' <span class="chart-count">人数は非表示</span>'
        if count is None:
            return ""
        said = f"{count:,}人のうち{within}人" if within else f"{count:,}人"
        return f' <span class="chart-count">{said}</span>'
