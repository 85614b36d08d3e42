from django import forms
from django.apps import AppConfig

#: What is said where nothing was given: what to do, not that a field is required.
_NOTHING: dict[type[forms.Field], str] = {
    forms.Field: "書いてください。",
    forms.ChoiceField: "選んでください。",
    forms.BooleanField: "印を付けてください。",
    forms.FileField: "ファイルを選んでください。",
}


class LayoutConfig(AppConfig):
    name = "meibo.platform.layout"
    label = "layout"

    def ready(self) -> None:
        """Let every form say in plain words what is missing."""
        for kind, words in _NOTHING.items():
            kind.default_error_messages = {**kind.default_error_messages, "required": words}
