"""Every address of the house, in every way in which it can be asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, product
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from meibo.apps.directory.models import FoundSet
from meibo.apps.directory.queries.fields import FIELDS
from meibo.apps.exchange.models import Run
from meibo.apps.personnel.models import OpenFiling, RenewalItem, RenewalRound
from meibo.apps.personnel.queries import duedays
from meibo.domain.conditions import Compared, Group, written
from meibo.platform.grants.models import Grant
from tests.house.canary import papers
from tests.house.canary.people import CHANGES
from tests.house.canary.policy import FREE
from tests.house.canary.ward import Ward
from tests.house.canary.world import DAYS, FUTURE, NOW, PAST, TODAY, TURN

HTMX = {"HX-Request": "true"}
SET = "canary"
#: Every column that the list knows, whoever asks.
COLUMNS = [("col", key) for key in (*(known.key for known in FIELDS), *FREE)]


@dataclass(frozen=True)
class Visit:
    """One request. `days`: whose rosters it may show; `about`: the person whose history it may
    tell; `compares`: whether it tells what changed between its days; `framed`: whether the frame
    of all pages is around it, which shows one's own card of today; `reasons`: whether it is for
    personnel to read why somebody is protected; `dues`: whether it tells personnel on which days
    something ends; `findings`: whether it is for personnel to read what intakes found; `orders`:
    whether it tells the orders of many; `book`: and cancelled ones; `first`: whether it is the
    first page, which says to each on which days orders to them work."""

    address: str
    days: tuple[date, ...] = (TODAY,)
    about: str | None = None
    compares: bool = False
    framed: bool = True
    reasons: bool = False
    dues: bool = False
    findings: bool = False
    orders: bool = False
    book: bool = False
    first: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.address} {dict(self.headers) or ''}".strip()


Visits = Iterator[Visit]


def _on(path: str, day: date, *parameters: tuple[str, str]) -> str:
    shown = [*parameters, *([("on", day.isoformat())] if day != TODAY else [])]
    return f"{path}?{urlencode(shown)}" if shown else path


def _home(ward: Ward) -> Visits:
    for day in DAYS:
        yield Visit(_on("/", day), (day,), first=True)
        headers = {**HTMX, "HX-Target": "results"}
        yield Visit(_on("/", day), (day,), headers=headers, first=True)


def _search(ward: Ward) -> Visits:
    for query in ("", "課", "zq", "鵺", "ペギ", "pegi"):
        for target in ("", "quick", "results"):
            headers = {**HTMX, "HX-Target": target} if target else {}
            yield Visit(_on("/search", TODAY, ("q", query)), headers=headers, first=not query)
    yield Visit(_on("/search", FUTURE, ("q", "鵺"), ("page", "2")), (FUTURE,))
    yield Visit(_on("/search", PAST, ("q", "鵺")), (PAST,))


def _person(ward: Ward) -> Visits:
    for day, person in product(DAYS, (*ward.ids.values(), "nobody")):
        # Who is not there that day may be there today, and then the page says so.
        yield Visit(_on(f"/people/{person}", day), (day,), person)


def _of_person(path: str) -> Callable[[Ward], Visits]:
    def visits(ward: Ward) -> Visits:
        for day, person in product(DAYS, ward.ids.values()):
            yield Visit(_on(f"/people/{person}/{path}", day), (day,))

    return visits


def _unit(ward: Ward) -> Visits:
    for view, day, code in product(("list", "photos", "chart"), DAYS, ward.world.units.values()):
        yield Visit(_on(f"/units/{code}", day, ("view", view)), (day,))


def _edit(ward: Ward) -> Visits:
    for code in ward.world.units.values():
        yield Visit(f"/units/{code}/edit")


def _chart(ward: Ward) -> Visits:
    for day in DAYS:
        yield Visit(_on("/chart", day), (day,))
        yield Visit(_on("/chart", day, ("people", "1")), (day,))
        yield Visit(_on("/chart", day, ("q", "鵺")), (day,), headers={**HTMX, "HX-Target": "chart"})


def _faces(ward: Ward) -> Visits:
    for day, key in product(DAYS, ("A", "A1", "A2", "B")):
        yield Visit(_on("/chart/faces", day, ("unit", ward.world.units[key])), (day,))
    yield Visit("/chart/faces")


def _chart_people(ward: Ward) -> Visits:
    for day, code in product(DAYS, ward.world.units.values()):
        yield Visit(_on(f"/chart/units/{code}", day), (day,), headers=HTMX)


def _list(path: str) -> Callable[[Ward], Visits]:
    def visits(ward: Ward) -> Visits:
        for day in DAYS:
            yield Visit(_on(path, day), (day,))
            yield Visit(_on(path, day, *COLUMNS), (day,))
            yield Visit(_on(path, day, ("away", "1"), ("kind", "with"), *COLUMNS), (day,))
            yield Visit(_on(path, day, ("unit", ward.world.units["A1"]), *COLUMNS), (day,))

    return visits


def _compare(ward: Ward) -> Visits:
    yield Visit("/compare", (TODAY, TURN), compares=True)
    for start, end in ((PAST, TODAY), (TODAY, FUTURE), (FUTURE, PAST)):
        asked = [("from", start.isoformat()), ("to", end.isoformat())]
        yield Visit(f"/compare?{urlencode(asked)}", (start, end), compares=True)
        asked.append(("unit", ward.world.units["A1"]))
        yield Visit(f"/compare?{urlencode(asked)}", (start, end), compares=True)


def _grants(ward: Ward) -> Visits:
    for query in ("", "?all=1", "?duty=hr", f"?unit={ward.world.units['A2']}", "?on=2027-04-20"):
        yield Visit(f"/grants{query}")


def _grant(ward: Ward) -> Visits:
    for number in (*Grant.objects.values_list("pk", flat=True), 999999):
        yield Visit(f"/grants/{number}")


def _grant_new(ward: Ward) -> Visits:
    for query in ("", "?who=鵺", "?who=zq"):
        yield Visit(f"/grants/new{query}")
    for day, person in product((TODAY, FUTURE), ward.ids.values()):
        yield Visit(_on("/grants/new", day, ("person", person)), (day,))


def _desk(ward: Ward) -> Visits:
    yield Visit("/desk")
    for code in ward.world.units.values():
        yield Visit(f"/desk?unit={code}")


def _recover(ward: Ward) -> Visits:
    for person in (*ward.ids.values(), "nobody"):
        yield Visit(f"/desk/people/{person}/recover")


def _exchange(ward: Ward) -> Visits:
    """The reconciliation of the ward, whole and narrowed."""
    number = Run.objects.values_list("pk", flat=True).get()
    for query in ("", "?field=address", "?cause=typed&state=open", "?number=zq"):
        yield Visit(f"/exchange/reconciliations/{number}{query}")


def _of_run(path: str) -> Callable[[Ward], Visits]:
    """What a reconciliation leaves the house as, and what its form is sent to."""

    def visits(ward: Ward) -> Visits:
        number = Run.objects.values_list("pk", flat=True).get()
        yield Visit(f"/exchange/reconciliations/{number}/{path}", framed=False)

    return visits


def _plain(*addresses: str) -> Callable[[Ward], Visits]:
    return lambda ward: map(Visit, addresses)


def _protection(path: str) -> Callable[[Ward], Visits]:
    """The page on which personnel protects somebody, and what its forms are sent to."""

    def visits(ward: Ward) -> Visits:
        for person in ward.ids.values():
            yield Visit(f"/personnel/protections/{person}{path}", reasons=True)

    return visits


def _of_plan(*paths: str) -> Callable[[Ward], Visits]:
    """Pages of the plan on which nobody of the watchers is named."""
    return lambda ward: (Visit(f"/personnel/plans/{ward.plan}/{path}") for path in paths)


SIDES = ("people", "units", "chains", "chart", "compare")


def _corrections(path: str) -> Callable[[Ward], Visits]:
    """Where personnel mends somebody's orders, of whichever day; cancelled ones stand there too."""

    def visits(ward: Ward) -> Visits:
        for person in ward.ids.values():
            yield Visit(f"/personnel/corrections/{person}/{path}", DAYS, person, book=True)

    return visits


def _of_personnel(path: str, rest: str) -> Callable[[Ward], Visits]:
    """A page of personnel about each person."""

    def visits(ward: Ward) -> Visits:
        for person in ward.ids.values():
            yield Visit(f"/personnel/{path}/{person}{rest}")

    return visits


def _own_set(ward: Ward) -> FoundSet:
    """A set with everybody in it.
    Whoever walks is made its owner (`Scene.visit`)."""
    found = FoundSet.objects.filter(name=SET).first()
    return found or FoundSet.objects.create(
        owner="nobody",
        name=SET,
        body=written(Group("all", (Group("all", (Compared("away", "no"),)),))),
        on=TODAY,
        people=list(ward.ids.values()),
        changed=NOW,
        ends=TODAY,
    )


def _into_a_plan(ward: Ward) -> Visits:
    """Where a set is put into a plan."""
    yield Visit(f"/personnel/plans/from-set?set={_own_set(ward).pk}")


def _set(path: str, *queries: Sequence[tuple[str, str]]) -> Callable[[Ward], Visits]:
    """A page of a found set, each day."""

    def visits(ward: Ward) -> Visits:
        number = _own_set(ward).pk
        for day, query in product(DAYS, queries or ((),)):
            yield Visit(_on(f"/sets/{number}{path}", day, *query), (day,))

    return visits


def _filings(path: str) -> Callable[[Ward], Visits]:
    """A page of each filing that is on its way, and of one that is not there."""

    def visits(ward: Ward) -> Visits:
        for number in (*OpenFiling.objects.values_list("pk", flat=True), 999999):
            yield Visit(path.format(number))

    return visits


def _side_by_side(ward: Ward) -> Visits:
    people = list(ward.ids.values())
    for four in (people[n : n + 4] for n in range(0, len(people), 4)):
        yield from _set("/compare", [("id", person) for person in four])(ward)


def _walked(ward: Ward) -> Visits:
    """A card as it is met when a set is gone through."""
    number = str(_own_set(ward).pk)
    for day, person in product(DAYS, ward.ids.values()):
        yield Visit(_on(f"/people/{person}", day, ("set", number)), (day,), person)


def _fields(path: str) -> Callable[[Ward], Visits]:
    def visits(ward: Ward) -> Visits:
        for person in ward.ids.values():
            yield Visit(f"/people/{person}{path}")

    return visits


def _filing_list(ward: Ward) -> Visits:
    for query in ("", "?state=all", "?state=returned", "?kind=commuting&step=clerk"):
        yield Visit(f"/personnel/filings{query}")


def _service(ward: Ward, person: str) -> Iterator[date]:
    """The first and the last day of somebody's time here, and the days on which things changed."""
    for starts, ends in ward.world.service.get(person, ()):
        yield starts
        yield ends if ends == date.max else ends - timedelta(days=1)


def _pairs(ward: Ward) -> Visits:
    ids = list(ward.ids.values())
    for one, other in zip(ids, [*ids[1:], "nobody"], strict=True):
        days = {TODAY, *_service(ward, one), *_service(ward, other)}
        # When somebody was here is told of, the day of leaving among it.
        yield Visit(f"/personnel/doubles/{one}/{other}", tuple(sorted(days)), orders=True)


def _doubles(ward: Ward) -> Visits:
    yield Visit("/personnel/doubles")
    for number in list(ward.world.numbers.values())[:3]:
        yield Visit(f"/personnel/doubles?a={number}")


def _parted(ward: Ward) -> Visits:
    for person in ward.ids.values():
        # What was filed and ordered, and when, is the record itself, of any day.
        days = {TODAY, TURN, PAST, FUTURE, *CHANGES, *_service(ward, person)}
        address = f"/personnel/doubles/part/{person}"
        yield Visit(address, tuple(sorted(days)), person, reasons=True)


def _findings(*endings: str) -> Callable[[Ward], Visits]:
    """取込の指摘: personnel reads what the files said."""
    return lambda ward: (Visit(f"/personnel/findings{each}", findings=True) for each in endings)


def _paper(key: str) -> Callable[[Ward], Visits]:
    """A form: its page, and the form as a file of every kind that it has."""
    return lambda ward: (Visit(**asked) for asked in papers.visits(key, ward))


def _of_round(*paths: str) -> Callable[[Ward], Visits]:
    """Pages of the round of renewals."""
    return lambda ward: (
        Visit(f"/personnel/renewal/{RenewalRound.objects.get().pk}{path}") for path in paths
    )


def _renewal_items(ward: Ward) -> Visits:
    """Where to and as what somebody moves is chosen from every post that the ward has ever had."""
    for number in RenewalItem.objects.values_list("pk", flat=True):
        yield Visit(f"/personnel/renewal/items/{number}", orders=True, book=True)


def _due(path: str) -> Callable[[Ward], Visits]:
    """Lists of those with whom something falls due on a day, for the first days of each rule."""

    def visits(ward: Ward) -> Visits:
        for name in duedays.rules().rules:
            days = [due.day for due in duedays.all_due(TODAY) if due.rule == name]
            for day in list(dict.fromkeys(days))[:6]:
                yield Visit(f"/personnel/calendar/{name}/{day}{path}", framed="csv" not in path)

    return visits


EVERY = 6
#: One visit in so many is made on an ordinary day, each watcher beginning with another one; all of
#: them are made by `make soak`. A page of which not every kind is cheap has a higher number.
STRIDES: Mapping[str, int] = {
    "personnel:conduct_enter": 9,
    "directory:person": 3,
    "directory:person_vcard": 9,
    "directory:person_qr": 27,
    "directory:share": 27,
    "directory:unit": 14,
    "directory:chart_people": 10,
    "directory:list_csv": 2,
    "directory:compare": 3,
    "directory:fields": 3,
    "directory:hang": 9,
    "directory:document": 9,
    "directory:licence": 9,
    "personnel:correction_late": 9,
    "personnel:correct": 9,
    "papers:pdf": 7,
    "personnel:protection_grant": 9,
    "personnel:protection_extend": 9,
    "personnel:protection_end": 9,
}

#: Name of the address → its visits. An address that is missing here fails a test.
ROUTES: Mapping[str, Callable[[Ward], Visits]] = {
    "directory:home": _home,
    "directory:search": _search,
    "directory:person": lambda ward: chain(_person(ward), _walked(ward)),
    "directory:person_vcard": _of_person("card.vcf"),
    "directory:person_qr": _of_person("card.svg"),
    "directory:person_photo": _of_person("photo"),
    "directory:share": _of_person("sharing"),
    "directory:unit": _unit,
    "directory:edit_unit": _edit,
    "directory:chart": _chart,
    "directory:faces": _faces,
    "directory:chart_people": _chart_people,
    "directory:list": _list("/list"),
    "directory:list_csv": _list("/list.csv"),
    "directory:list_xlsx": _list("/list.xlsx"),
    "directory:compare": _compare,
    "directory:choosing": _plain("/choose/"),
    "directory:build": _plain("/choose/new", "/choose/new?on=2025-05-20", "/choose/new?saved=1"),
    "directory:condition": _plain("/choose/1"),
    "directory:definition": _plain("/choose/1.json"),
    "directory:combine": _plain("/sets/combine"),
    "directory:begin_set": _plain("/sets/new"),
    "directory:found": _set("", (), COLUMNS, [("q", "鵺")]),
    "directory:found_deed": _set("/deed"),
    "directory:found_compare": _side_by_side,
    "directory:found_fill": _set("/fill", (), [("field", "open")]),
    "directory:found_unfill": _set("/unfill"),
    "directory:found_mail": _set("/mail"),
    "directory:found_labels": _set("/labels"),
    "directory:found_csv": _set(".csv", (), COLUMNS),
    "directory:found_xlsx": _set(".xlsx", COLUMNS),
    "directory:fields": _fields("/fields"),
    "directory:hang": _fields("/fields/open"),
    "directory:document": _fields("/documents/open"),
    "directory:licence": _fields("/licences/0"),
    "directory:disclosure": _plain("/disclosure"),
    "directory:help": _plain("/help"),
    "oversight:log": _plain("/audit/", "/audit/?act=read&text=zq"),
    "oversight:log_csv": _plain("/audit/log.csv"),
    "oversight:unusual": _plain("/audit/unusual"),
    "oversight:anchors": _plain("/audit/anchors"),
    "oversight:mine": _plain("/audit/mine"),
    "access:grants": _grants,
    "access:grant": _grant,
    "access:grant_new": _grant_new,
    "access:grant_decide": _plain("/grants/1/approve", "/grants/1/revoke"),
    "access:desk": _desk,
    "access:open_all": _plain("/desk/open"),
    "access:sheets": _plain("/desk/sheets"),
    "access:recover": _recover,
    "access:recovery": _plain("/desk/recoveries/1/confirm", "/desk/recoveries/1/sheet"),
    "account_start": _plain("/start"),
    "account_start_code": _plain("/start/0000-0000-0000-0000"),
    "account_start_password": _plain("/start/password"),
    "account_closed": _plain("/start/closed"),
    "retention:overview": _plain("/retention/"),
    "retention:propose": _plain("/retention/propose"),
    "retention:step": _plain("/retention/1/approve"),
    "privacy:requests": _plain("/privacy/"),
    "privacy:register": _plain("/privacy/register"),
    "privacy:register_csv": _plain("/privacy/register.csv"),
    "privacy:step": _plain("/privacy/1/extend"),
    "policy:drafts": _plain("/disclosure/drafts"),
    "policy:begin": _plain("/disclosure/drafts/new"),
    "policy:draft": _plain("/disclosure/drafts/1"),
    "policy:edit": _plain("/disclosure/drafts/1/edit"),
    "policy:fields": _plain("/disclosure/drafts/1/fields"),
    "policy:decide": _plain("/disclosure/drafts/1/decide"),
    "policy:versions": _plain("/disclosure/versions", "/disclosure/versions?a=0&b=1"),
    "policy:withdraw": _plain("/disclosure/versions/1/withdraw"),
    "personnel:desk": _plain("/personnel/"),
    "personnel:calendar": lambda ward: iter(
        [Visit(f"/personnel/calendar{query}", dues=True) for query in ("", "?from=2027-04-01")]
    ),
    "personnel:conduct": _plain("/personnel/conduct"),
    "personnel:conduct_mine": _plain("/personnel/conduct/mine"),
    "personnel:conduct_of": _of_personnel("conduct/people", ""),
    "personnel:conduct_enter": _of_personnel("conduct/people", "/enter"),
    "personnel:conduct_step": _plain("/personnel/conduct/1/strike"),
    "personnel:renewals": _plain("/personnel/renewal"),
    "personnel:renewal": _of_round("", "?state=stops", "?state=undecided"),
    "personnel:renewal_section": _plain("/personnel/renewal/section"),
    "personnel:renewal_mine": _plain("/personnel/renewal/mine"),
    "personnel:renewal_answer": _plain("/personnel/renewal/mine/1"),
    "personnel:renewal_item": _renewal_items,
    "personnel:renewal_decide": _of_round("/decide"),
    "personnel:renewal_say": _of_round("/say"),
    "personnel:renewal_step": _of_round("/lay"),
    "personnel:due_list": _due("?state=all"),
    "personnel:due_mark": _plain("/personnel/calendar/retirement/2040-03-31/mark"),
    "personnel:due_csv": _due("/list.csv"),
    "papers:index": _plain("/papers/"),
    "papers:form": _paper("form"),
    "papers:pdf": _paper("pdf"),
    "papers:xlsx": _paper("xlsx"),
    "papers:ask": _paper("ask"),
    "papers:kept": _paper("kept"),
    "papers:own": _plain("/papers/own"),
    "papers:own_save": _paper("own_save"),
    "papers:own_edit": _plain("/papers/own/1"),
    "papers:own_delete": _plain("/papers/own/1/delete"),
    "papers:own_pdf": _paper("own_pdf"),
    "papers:own_xlsx": _paper("own_xlsx"),
    "papers:certificates": _plain("/papers/certificates"),
    "papers:certificate": _paper("certificate"),
    "papers:establishment": _plain("/papers/establishment", "/papers/establishment?on=2025-05-20"),
    "papers:establishment_unit": _paper("establishment_unit"),
    "jobs:job": _plain("/jobs/1"),
    "telegrams:received": _plain("/telegrams/", "/telegrams/?only=all"),
    "telegrams:hub": _plain("/telegrams/hub"),
    "telegrams:hub_topic": _plain("/telegrams/hub/guessed"),
    "exchange:ownership": _plain("/exchange/ownership"),
    "exchange:proposals": _plain("/exchange/proposals", "/exchange/proposals?state=all"),
    "exchange:proposal_decide": _plain("/exchange/proposals/1"),
    "exchange:own": _plain("/exchange/own"),
    "exchange:deliveries": _plain("/exchange/deliveries"),
    "exchange:answer": _plain("/exchange/deliveries/answer"),
    "exchange:delivery": _plain("/exchange/deliveries/1"),
    "exchange:delivery_file": lambda ward: iter(
        [Visit("/exchange/deliveries/1/file", framed=False)]
    ),
    "exchange:delivery_write": _plain("/exchange/deliveries/1/write"),
    "exchange:delivery_accept": _plain("/exchange/deliveries/1/accept"),
    "exchange:reconciliations": _plain("/exchange/reconciliations"),
    "exchange:reconciliation": _exchange,
    "exchange:reconciliation_csv": _of_run("list.csv"),
    "exchange:reconciliation_xlsx": _of_run("list.xlsx"),
    "exchange:explain": _of_run("explain"),
    "personnel:protections": lambda ward: iter([Visit("/personnel/protections", reasons=True)]),
    "personnel:protection": _protection(""),
    "personnel:protection_grant": _protection("/grant"),
    "personnel:protection_extend": _protection("/extend"),
    "personnel:protection_end": _protection("/end"),
    "filings:mine": _plain("/filings/"),
    "filings:confirm": _plain("/filings/confirm"),
    "filings:begin": _plain("/filings/begin/address"),
    "filings:filing": _filings("/filings/{}"),
    "filings:question": _filings("/filings/{}/questions/1"),
    "filings:look": _filings("/filings/{}/look"),
    "filings:send": _filings("/filings/{}/send"),
    "filings:withdraw": _filings("/filings/{}/withdraw"),
    "filings:again": _filings("/filings/{}/again"),
    "personnel:filings": _filing_list,
    "personnel:filing": _filings("/personnel/filings/{}"),
    "personnel:filings_decide": _plain("/personnel/filings/decide"),
    "personnel:filing_undo": _filings("/personnel/filings/{}/undo"),
    "personnel:filings_unconfirmed": _plain("/personnel/filings/unconfirmed"),
    "personnel:doubles": _doubles,
    "personnel:double": _pairs,
    "personnel:double_decide": _plain("/personnel/doubles/1/decide"),
    "personnel:part": _parted,
    "personnel:plans": _plain("/personnel/plans/"),
    "personnel:plan_begin": _plain("/personnel/plans/new"),
    "personnel:plan_rules": _plain("/personnel/plans/rules"),
    "personnel:plan_kin": _plain("/personnel/plans/kin"),
    "personnel:plan_from_set": _into_a_plan,
    "personnel:plan_claim": _of_plan("claim"),
    "personnel:plan": _of_plan("", "?page=1"),
    "personnel:plan_rows": _of_plan("rows"),
    "personnel:plan_step": _of_plan("step/undo"),
    "personnel:plan_suggest": _of_plan("suggest?cell=person&q=", "suggest?cell=unit&q=係"),
    "personnel:plan_paste": _of_plan("paste"),
    "personnel:plan_line_new": _of_plan("lines/new"),
    "personnel:plan_line": _of_plan("lines/1"),
    "personnel:plan_findings": _of_plan("findings", "findings?part=1"),
    "personnel:plan_outlook": _of_plan(*(f"outlook?side={side}" for side in SIDES)),
    "personnel:plan_units": _of_plan("units"),
    "personnel:plan_place": _of_plan("place"),
    "personnel:plan_reorganisation": _of_plan("reorganisation"),
    "personnel:plan_settings": _of_plan("settings"),
    "personnel:plan_names": _of_plan("names"),
    "personnel:plan_discard": _of_plan("discard"),
    "personnel:plan_deciding": _of_plan("deciding"),
    "personnel:plan_submit": _of_plan("submit"),
    "personnel:plan_withdraw": _of_plan("withdraw"),
    "personnel:plan_notice": _of_plan("notice"),
    "personnel:plan_notice_back": _of_plan("notice/back"),
    "personnel:plan_notice_sheets": _of_plan("notice/sheets"),
    "filings:scan": _plain("/filings/1/scan"),
    "personnel:filing_scan": _plain("/personnel/filings/1/scan"),
    "personnel:plan_sheet": _of_plan("sheets/informal", "sheets/jirei"),
    "personnel:plan_sheet_ask": _of_plan("sheets/informal/ask"),
    "personnel:plan_announce": _of_plan("announce"),
    "personnel:plan_announce_now": _of_plan("announce/now"),
    "personnel:correction_search": _plain("/personnel/corrections/"),
    "personnel:corrections": _corrections(""),
    "personnel:correction_late": _corrections("late"),
    "personnel:correct": _corrections("1"),
    "deciding:decisions": _plain("/decisions/"),
    "deciding:decision": _plain("/decisions/1"),
    "deciding:decide": _plain("/decisions/1/decide"),
    "deciding:deputies": _plain("/decisions/deputies"),
    "deciding:deputy_end": _plain("/decisions/deputies/1/end"),
    "deciding:notices": _plain("/notices/"),
    "deciding:notice_sheet": _plain("/notices/sheet"),
    "personnel:intake": _plain("/personnel/intake"),
    "personnel:intake_upload": _plain("/personnel/intake/upload"),
    "personnel:intake_sample": _plain("/personnel/intake/sample"),
    "personnel:intake_sweep": _plain("/personnel/intake/sweep"),
    "personnel:intake_one": _plain("/personnel/intake/1"),
    "personnel:intake_add": _plain("/personnel/intake/1/add"),
    "personnel:intake_remove": _plain("/personnel/intake/1/remove"),
    "personnel:intake_choose": _plain("/personnel/intake/1/choose"),
    "personnel:intake_discard": _plain("/personnel/intake/1/discard"),
    "personnel:intake_check": _plain("/personnel/intake/1/check"),
    "personnel:intake_load": _plain("/personnel/intake/1/load"),
    "personnel:intake_changes": _plain("/personnel/intake/1/changes"),
    "personnel:intake_change": _plain("/personnel/intake/1/changes/nobody"),
    "personnel:intake_findings": _plain("/personnel/intake/1/findings"),
    "personnel:intake_findings_csv": _plain("/personnel/intake/1/findings.csv"),
    "personnel:intake_report": _plain("/personnel/intake/1/report"),
    "personnel:intake_report_pdf": _plain("/personnel/intake/1/report.pdf"),
    "personnel:intake_report_csv": _plain("/personnel/intake/1/report.csv"),
    "personnel:findings": _findings("", "?state=all", "?text=zq"),
    "personnel:findings_csv": _findings(".csv"),
    "personnel:finding_settle": _plain("/personnel/findings/settle"),
    "personnel:finding_undo": _plain("/personnel/findings/undo"),
    "personnel:feeds": _plain("/personnel/feeds"),
    "personnel:feed_new": _plain("/personnel/feeds/new"),
    "personnel:feed_draft": _plain("/personnel/feeds/drafts/1"),
    "personnel:feed": _plain("/personnel/feeds/package-a"),
    "answer:page": _plain("/a/AAAA"),
    "safety:checks": _plain("/safety/checks"),
    "safety:questions": _plain("/safety/questions"),
    "safety:decide": _plain("/safety/questions/1"),
    "safety:figures": _plain("/safety/figures"),
    "safety:begin": _plain("/safety/checks/new/quake"),
    "safety:board": _plain("/safety/checks/1", "/safety/checks/1?unit=01"),
    "safety:board_people": _plain("/safety/checks/1/people", "/safety/checks/1/people?sort=none"),
    "safety:desk": _plain("/safety/checks/1/desk", "/safety/checks/1/desk?q=zq"),
    "safety:bulletins": _plain("/safety/checks/1/bulletins"),
    "safety:unread": _plain("/safety/checks/1/bulletins/1"),
    "safety:muster": _plain("/safety/checks/1/muster"),
    "safety:simulate": _plain("/safety/muster", "/safety/muster?weekday=6&hour=3"),
    "safety:staffing": _plain("/safety/checks/1/staffing"),
    "safety:plans": _plain("/safety/organisation"),
    "safety:plan": _plain("/safety/organisation/1", "/safety/organisation/1?place=D01"),
    "safety:levels": _plain("/safety/levels"),
    "safety:mine": _plain("/safety/mine"),
    "safety:own_people": _plain("/safety/mine/people"),
    "safety:read": _plain("/safety/bulletins/1/read"),
    "safety:check_close": _plain("/safety/checks/1/close"),
    "safety:check_reopen": _plain("/safety/checks/1/reopen"),
    "safety:reaching": _plain("/safety/checks/1/reaching"),
    "safety:resend": _plain("/safety/checks/1/resend"),
    "safety:unreached": _plain("/safety/unreached"),
    "safety:ways": _plain("/safety/ways"),
    "safety:try": _plain("/safety/ways/try"),
    "safety:arrived": _plain("/safety/ways/arrived/1"),
    "safety:told": _plain("/safety/reports/sms-a"),
    "safety:proxies": _plain("/safety/answers", "/safety/answers?q=zq"),
    "safety:answer_for": _plain("/safety/answers/1"),
    "safety:devices": _plain("/safety/devices"),
    "safety:device_remove": _plain("/safety/devices/1/remove"),
    "safety:push_shown": _plain("/safety/devices/shown"),
    "safety:push_worker": _plain("/safety/devices/worker.js"),
    "safety:said": _plain("/safety/answers/1/said"),
    "safety:answer_photo": _plain("/safety/answers/1/photos/1"),
    "safety:events": _plain("/safety/events"),
    "safety:offline": _plain("/safety/offline"),
    "safety:offline_password": _plain("/safety/offline/password"),
    "safety:offline_file": _plain("/safety/offline/file"),
    "safety:offline_paper": _plain("/safety/offline/paper"),
    "safety:offline_stop": _plain("/safety/offline/stop"),
    "safety:offline_back": _plain("/safety/offline/back"),
    "safety:drills": _plain("/safety/drills"),
    "safety:drill": _plain("/safety/drills/1"),
    "safety:drill_cancel": _plain("/safety/drills/1/cancel"),
    "safety:drill_release": _plain("/safety/drills/1/release"),
    "safety:drill_series": _plain("/safety/drills/series/1"),
    "safety:report": _plain("/safety/checks/1/report"),
    "safety:report_file": _plain("/safety/checks/1/report.csv"),
    "safety:log": _plain("/safety/checks/1/log"),
    "safety:log_file": _plain("/safety/checks/1/log.csv"),
    "safety:open": _plain("/safety/events/open"),
    "safety:prolong": _plain("/safety/events/prolong"),
    "safety:close": _plain("/safety/events/close"),
    "purpose:choose": _plain("/purpose/", "/purpose/?next=/list.csv&file=1"),
    "purpose:end": _plain("/purpose/end"),
    "account_login": _plain("/account/login/", "/account/login/?next=/list"),
    "account_logout": _plain("/account/logout/"),
    "account_change_password": _plain("/account/password/change/"),
    "account_set_password": _plain("/account/password/"),
    "account_reauthenticate": _plain("/account/reauthenticate/"),
    "account_inactive": _plain("/account/inactive/"),
    "account_signup": _plain("/account/signup/"),
    "account_sessions": _plain("/account/sessions/"),
    "mfa_index": _plain("/account/factor/"),
    "account_first_factor": _plain("/account/factor/first/"),
    "mfa_authenticate": _plain("/account/factor/code/"),
    "mfa_reauthenticate": _plain("/account/factor/again/"),
    "mfa_activate_totp": _plain("/account/factor/app/"),
    "mfa_deactivate_totp": _plain("/account/factor/app/remove/"),
    "mfa_view_recovery_codes": _plain("/account/factor/recovery/"),
    "mfa_generate_recovery_codes": _plain("/account/factor/recovery/new/"),
    "mfa_list_webauthn": _plain("/account/factor/passkeys/"),
    "mfa_add_webauthn": _plain("/account/factor/passkeys/add/"),
    "mfa_edit_webauthn": _plain("/account/factor/passkeys/1/"),
    "mfa_remove_webauthn": _plain("/account/factor/passkeys/1/remove/"),
    "mfa_login_webauthn": _plain("/account/passkey/"),
    "mfa_reauthenticate_webauthn": _plain("/account/passkey/again/"),
    "account_by_provider": _plain("/account/provider/again/?next=/list"),
    "openid_connect_login": _plain("/account/provider/town/"),
    "openid_connect_callback": _plain("/account/provider/town/back/"),
}


def planned(ward: Ward, number: int, *, all_of_them: bool = False) -> Visits:
    """The visits of the watcher with this number."""
    for name, visits in ROUTES.items():
        stride = 1 if all_of_them else STRIDES.get(name, EVERY)
        for place, visit in enumerate(visits(ward)):
            if (place - number) % stride == 0:
                yield visit


def named_routes() -> Iterator[str]:
    """The name of every address that the house answers; `?` and the pattern where it has none."""
    yield from _names(get_resolver(), "")


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield space + (entry.name or f"?{entry.pattern}")
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _names(entry, space + inner)
