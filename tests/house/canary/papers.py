"""What is asked of the forms: every form, of each day, of a unit, of one person, of a period."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from meibo.apps.papers.models import Certificate, OwnForm
from meibo.apps.papers.queries.catalogue import FORMS
from tests.house.canary.ward import Ward
from tests.house.canary.world import DAYS, FUTURE, START, TODAY, TURN

Asked = dict[str, Any]
#: Less than a year ago: of more a page asks to do it beside.
LATELY = date(2025, 12, 1)


def visits(key: str, ward: Ward) -> Iterator[Asked]:
    """What is asked for under an address of the forms, as arguments of a visit."""
    if key in {"pdf", "xlsx"}:
        yield from _files(key, ward)
    elif key in {"form", "ask"}:
        rest = "" if key == "form" else "/ask"
        for form in FORMS:
            yield {"address": f"/papers/forms/{form}{rest}"}
        yield {"address": f"/papers/forms/jirei{rest}?bulk=1&from=2026-04-01"}
    elif key == "kept":
        yield {"address": "/papers/kept/1"}
    elif key == "own_save":
        yield {"address": "/papers/own/save?kind=with&col=name&col=hired&col=address"}
    elif key == "establishment_unit":
        for code in ward.world.units.values():
            yield {"address": f"/papers/establishment/{code}"}
    elif key == "certificate":
        for number in (*Certificate.objects.values_list("pk", flat=True), 999):
            yield {"address": f"/papers/certificates/{number}/pdf"}
    else:
        yield from _own(key.removeprefix("own_"))


def _files(ending: str, ward: Ward) -> Iterator[Asked]:
    for form in FORMS.values():
        if ending == "xlsx" and not form.lists:
            continue
        path = f"/papers/forms/{form.key}/{ending}"
        if form.period:
            yield from _of_period(path, form.people, ward)
            continue
        for day in DAYS:
            yield _on(path, day, form.key)
            yield _on(path, day, form.key, unit=ward.world.units["A1"])
        if form.people:
            for key, person in ward.ids.items():
                number = ward.world.numbers[key]
                yield _on(path, TODAY, form.key, people=number) | {"about": person}


def _of_period(path: str, people: bool, ward: Ward) -> Iterator[Asked]:
    """Orders are told with the cards of their eves and days, so those days are shown as well."""
    everybody = " ".join(ward.world.numbers[key] for key in ward.ids)
    for first, last, who in ((START, FUTURE, everybody), (TURN, FUTURE, ""), (LATELY, TODAY, "")):
        days = (*DAYS, START) if people else (first - timedelta(days=1), last)
        asking = {"from": first.isoformat(), "to": last.isoformat()}
        query = urlencode(asking | ({"people": who} if people else {}))
        asked: Asked = {"address": f"{path}?{query}", "days": days}
        told = {"orders": True, "book": "/orders/" in path}
        yield asked | (told if people else {"compares": True})


def _on(path: str, day: date, form: str, **more: str) -> Asked:
    query = urlencode({"on": day.isoformat(), **more})
    orders = form in {"workers", "record"}
    return {"address": f"{path}?{query}", "days": (day,), "orders": orders}


def _own(ending: str) -> Iterator[Asked]:
    """Forms that others made, shared with every duty there is."""
    for number in (*OwnForm.objects.values_list("pk", flat=True), 999):
        for day in DAYS:
            yield {"address": f"/papers/own/{number}/{ending}?on={day}", "days": (day,)}
