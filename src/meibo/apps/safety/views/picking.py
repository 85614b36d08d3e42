"""Picking whom to ask: the same fields wherever somebody is to be asked."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest

from meibo.apps.safety.queries.groups import groups
from meibo.apps.safety.queries.homes import areas
from meibo.apps.safety.queries.targets import Target
from meibo.domain.safety.forecast import listed
from meibo.ledger import house, reader
from meibo.platform.layout.frame import Frame

_ASIDE = frozenset({"csrfmiddlewaretoken", "sure", "once", "back"})
Choices = Iterable[tuple[str, str]]


def many(label: str, note: str = "") -> forms.MultipleChoiceField:
    """Boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, help_text=note, required=False, widget=forms.CheckboxSelectMultiple
    )


def given(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed and picked, for a last look that sends it on."""
    return [
        (name, value)
        for name in request.POST
        if name not in _ASIDE
        for value in request.POST.getlist(name)
    ]


class TargetForm(forms.Form):
    """Whom, by what the roster knows of them. What is left empty narrows nothing."""

    units = many("部")
    groups = many("参集区分", "どれかに当てはまる職員に送ります。")
    posts = many("職")
    skills = forms.CharField(
        label="技能・職種",
        max_length=100,
        required=False,
        help_text="言葉で書いてください。いくつかあれば「、」で区切ります。例：手話、保健師",
    )
    areas = many("住んでいる所")
    sent = forms.BooleanField(
        label="派遣・在籍出向で、ほかの団体で働いている職員だけに送る", required=False
    )
    leave = forms.BooleanField(label="休職・休業中の職員にも送る", required=False)

    def choose(self, frame: Frame) -> None:
        """Offer what this house has on the day."""
        self.frame = frame
        organisation, codes = house.organisation(frame.today), house.codes()
        self.offer("units", [(c, organisation.path(c)[-1]) for c in organisation.children(None)])
        self.offer("groups", [(key, group.label) for key, group in groups().items()])
        # A post that nobody seen holds would tell of people whom the viewer does not see.
        held = {card.get("post_code") for card in reader.cards(frame.viewer, on=frame.today)}
        posts = codes.table("post").items()
        self.offer("posts", [(code, each.name) for code, each in posts if code in held])
        self.offer("areas", [(each.name, each.name) for each in areas().all()])

    def offer(self, name: str, choices: Choices) -> None:
        """What can be chosen in a field."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a field of choices

    def target(self, people: tuple[str, ...] = ()) -> Target:
        """As it was picked; `people`: those of a found set."""
        values = self.cleaned_data
        chosen = {n: tuple(values[n]) for n in ("units", "groups", "posts", "areas")}
        return Target(
            **chosen,
            skills=listed(values["skills"]),
            people=people,
            travel=values.get("travel", ()),
            sent=values["sent"],
            leave=values["leave"],
        )
