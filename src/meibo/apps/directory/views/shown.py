"""Forms that two people may have open at once. Each carries what it showed when it was opened;
saved is only what was typed over, and where the same field has been changed meanwhile the other's
value stays until one has seen it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

#: The one field that carries what was shown: a browser sends it back as it was.
SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent: the fields, and what they held when the page was opened."""

    typed: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=dict)

    def touched(self, name: str, now: str) -> bool:
        """Whether this field was typed over. One that was not sent was not; where nothing tells
        what was shown, it was what stands there now."""
        return name in self.typed and self.typed[name] != self.shown.get(name, now)

    def names(self, prefix: str) -> Iterator[str]:
        """The fields sent whose names begin so."""
        return (name for name in self.typed if name.startswith(prefix))


def sent(parameters: Mapping[str, str]) -> Sent:
    """Read a request's parameters. What cannot be read of what was shown counts as not said."""
    try:
        told = json.loads(parameters.get(SHOWN, ""))
    except ValueError:
        told = None
    shown = told if isinstance(told, dict) else {}
    texts = {name: value for name, value in shown.items() if isinstance(value, str)}
    return Sent({name: parameters[name] for name in parameters}, texts)


class KeptForm(forms.Form):
    """A form over values that others may change at the same time. `now`: how they stand.

    `overtaken`: field → what somebody else has made of it since the form was opened, where it was
    typed over here as well.
    """

    def __init__(self, told: Sent | None, now: Mapping[str, str], **kwargs: Any) -> None:
        self.now = {name: now.get(name, "") for name in self.base_fields}
        self.overtaken: dict[str, str] = {}
        super().__init__(None, initial=self.now, **kwargs)
        if told is not None:
            self.data = dict(self._met(told))
            self.is_bound = True

    def _met(self, told: Sent) -> Iterator[tuple[str, str]]:
        """Each field as it shall be, before it is checked."""
        for name, now in self.now.items():
            key = self.add_prefix(name)
            if not told.touched(key, now):
                yield key, now
                continue
            typed = told.typed[key]
            if told.shown.get(key, now) != now and typed != now:
                self.overtaken[name] = now
            yield key, typed

    def clean(self) -> dict[str, Any]:
        """Ask again where somebody else was quicker."""
        values = super().clean() or {}
        for name, now in self.overtaken.items():
            self.add_error(name, self.told_of(name, now))
        return values

    def told_of(self, name: str, now: str) -> str:
        """What is said of a field that was changed meanwhile."""
        became = f"「{self.word_for(name, now)}」に変わりました" if now else "空になりました"
        return (
            f"開いている間に、ほかの人の保存で{became}。"
            "もう一度保存すると、ここに入れたものに変わります。"
        )

    def word_for(self, name: str, value: str) -> str:
        """A value as people read it."""
        chooser = self.fields[name]
        if isinstance(chooser, forms.ChoiceField):
            return str(dict(chooser.choices).get(value, value))  # type: ignore[arg-type]  # flat pairs
        return value


def shown_by(each: Iterable[KeptForm]) -> str:
    """What the page that is sent now shows, for the browser to carry."""
    return json.dumps(
        {form.add_prefix(name): now for form in each for name, now in form.now.items()},
        ensure_ascii=False,
    )
