"""From answers to the fields of the book and back to words, kind by kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from meibo.apps.personnel.actions.filings import licences
from meibo.domain.names import GAP
from meibo.platform.layout.wording import short_date, spaced

Values = Mapping[str, str]
#: Field of the book → its value; None takes it away.
Fields = dict[str, str | None]
END = "end:"
NEW = "new"


def rows_of(text: str | None) -> list[dict[str, str]]:
    """The parts of a value that is a list of them."""
    loaded: Any = json.loads(text) if text else []
    return [{str(k): str(v) for k, v in row.items()} for row in loaded]


def _written(rows: list[dict[str, str]]) -> str | None:
    return json.dumps(rows, ensure_ascii=False) if rows else None


def _said(**parts: str) -> dict[str, str]:
    """The parts that say something, in this order."""
    return {name: value for name, value in parts.items() if value}


# -- address and name ---------------------------------------------------------


def address_made(values: Values, record: Values) -> Fields:
    return {"postcode": values["postcode"], "address": values["address"]}


def address_told(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [("郵便番号", fields.get("postcode") or ""), ("住所", fields.get("address") or "")]


def _family_part(name: str) -> str:
    return name.split(GAP, maxsplit=1)[0]


def name_made(values: Values, record: Values) -> Fields:
    """A name on record, and whether the family name until now is kept at work (旧姓使用)."""
    made: Fields = {
        "name": GAP.join(filter(None, (values["family"], values["given"]))),
        "kana": GAP.join(filter(None, (values["family_kana"], values["given_kana"]))),
    }
    if values.get("keeps_maiden") == "yes":
        made["maiden_name"] = record.get("maiden_name") or _family_part(record.get("name", ""))
        made["maiden_kana"] = record.get("maiden_kana") or _family_part(record.get("kana", ""))
        made["uses_maiden_name"] = "1"
    elif record.get("uses_maiden_name") == "1":
        made["uses_maiden_name"] = "0"
    return made


def name_begun(record: Values) -> dict[str, str]:
    name, kana = record.get("name", "").split(GAP), record.get("kana", "").split(GAP)
    begun = {"given": name[1] if len(name) > 1 else "", "given_kana": "".join(kana[1:2])}
    return begun | {"keeps_maiden": "yes" if record.get("uses_maiden_name") == "1" else ""}


def name_told(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    uses = fields.get("uses_maiden_name") == "1"
    kept = f"「{fields.get('maiden_name')}」を職場で使う" if uses else "使わない"
    return [
        ("戸籍の氏名", spaced(fields.get("name"))),
        ("読み", spaced(fields.get("kana"))),
        ("旧姓使用", kept),
    ]


# -- contacts, commuting ------------------------------------------------------

_CONTACTS = (("mobile", "携帯"), ("home_phone", "自宅"), ("own_mail", "メール"))


def contacts_made(values: Values, record: Values) -> Fields:
    rows = [{"kind": word, "value": values[name]} for name, word in _CONTACTS if values.get(name)]
    return {"contacts": _written(rows)}


def contacts_begun(record: Values) -> dict[str, str]:
    held = {row.get("kind"): row.get("value", "") for row in rows_of(record.get("contacts"))}
    return {name: held.get(word, "") for name, word in _CONTACTS}


def contacts_told(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(r.get("kind", ""), r.get("value", "")) for r in rows_of(fields.get("contacts"))]


def commuting_made(values: Values, record: Values) -> Fields:
    row = _said(
        means=values.get("means", ""),
        route=values.get("route", ""),
        distance=f"{values['distance']}km" if values.get("distance") else "",
        cost=f"月{int(values['cost']):,}円" if values.get("cost") else "",
    )
    return {"commuting": _written([row])}


def commuting_begun(record: Values) -> dict[str, str]:
    row = next(iter(rows_of(record.get("commuting"))), {})
    cost = "".join(filter(str.isdigit, row.get("cost", "")))
    begun = {"means": row.get("means", ""), "route": row.get("route", "")}
    return begun | {"distance": row.get("distance", "").removesuffix("km"), "cost": cost}


def commuting_told(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    labels = {"means": "手段", "route": "経路", "distance": "距離", "cost": "費用"}
    rows = rows_of(fields.get("commuting"))
    return [(label, row[key]) for row in rows for key, label in labels.items() if row.get(key)]


# -- family, emergency, licences: lists of people and papers ------------------


def person_key(row: Mapping[str, str]) -> str:
    """By what somebody of the family is told from the others."""
    return f"{row.get('name', '')}/{row.get('born', '')}"


def goes_on(values: Values) -> bool:
    return not values.get("who", "").startswith(END)


def family_made(values: Values, record: Values) -> Fields:
    who = values.get("who", NEW)
    chosen = who.removeprefix(END)
    rest = [row for row in rows_of(record.get("family")) if person_key(row) != chosen]
    if not goes_on(values):
        return {"family": _written(rest)}
    row = _said(
        name=values["relative"],
        relation=values["relation"],
        born=values["born"],
        together={"1": "同居", "0": "別居"}.get(values.get("together", ""), ""),
        since=values.get("since", ""),
    )
    return {"family": _written([*rest, row])}


def family_told(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    def words(row: Mapping[str, str]) -> str:
        born = f"{short_date(row['born'])}生まれ" if row.get("born") else ""
        since = f"{short_date(row['since'])}から" if row.get("since") else ""
        return "　".join(filter(None, (spaced(row.get("name")), born, row.get("together"), since)))

    return [(row.get("relation", ""), words(row)) for row in rows_of(fields.get("family"))]


def emergency_made(values: Values, record: Values) -> Fields:
    row = {"name": values["relative"], "relation": values["relation"], "phone": values["phone"]}
    return {"emergency": _written([row, *rows_of(record.get("emergency"))[1:]])}


def emergency_begun(record: Values) -> dict[str, str]:
    row = next(iter(rows_of(record.get("emergency"))), {})
    names = {"relative": "name", "relation": "relation", "phone": "phone"}
    return {name: row.get(part, "") for name, part in names.items()}


def emergency_told(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [
        (row.get("relation", ""), f"{spaced(row.get('name'))}　{row.get('phone', '')}")
        for row in rows_of(fields.get("emergency"))
    ]


def licence_made(values: Values, record: Values) -> Fields:
    named = values["licence_name"]
    rest = [row for row in rows_of(record.get("licence")) if row.get("name") != named]
    row = _said(
        name=named,
        level=licences.level_of(values),
        number=values.get("licence_number", ""),
        got=values.get("got", ""),
        expires=values.get("expires", ""),
        scan=licences.scan_of(values),
    )
    return {"licence": _written([*rest, row])}


def licence_told(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    def words(row: Mapping[str, str]) -> str:
        number = f"第{row['number']}号" if row.get("number") else ""
        got = f"{short_date(row['got'])}取得" if row.get("got") else ""
        until = f"{short_date(row['expires'])}まで" if row.get("expires") else ""
        scan = "写しあり" if row.get("scan") else ""
        return "　".join(filter(None, (row.get("level"), number, got, until, scan)))

    return [(row.get("name", ""), words(row)) for row in rows_of(fields.get("licence"))]
