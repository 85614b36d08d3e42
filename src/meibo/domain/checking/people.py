"""Checks of one person's working life as it would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from meibo.domain.book import OPEN, Effect, SeatKind
from meibo.domain.book.fold import moment
from meibo.domain.checking.findings import PlanFinding
from meibo.domain.checking.lines import found
from meibo.domain.checking.rules import Rule
from meibo.domain.checking.scene import Order, Scene

_DAY = timedelta(days=1)
_YEAR = 365.25


def _troubles(
    code: str, message: str, *ways: str
) -> Callable[[Scene, Rule], Iterator[PlanFinding]]:
    """What the fold could not follow, of one kind."""

    def check(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
        for person, career in scene.careers.items():
            for trouble in career.troubles:
                order = scene.by_number.get(trouble.line) or _before_book(scene, person)
                if trouble.code != code or order is None or "person" in order.unread:
                    continue  # of nobody in particular: that they can't be read is said already
                if order.line.person == person:
                    yield found(order, message.format(scene.name(person)), *ways, cell="wording")

    return check


def _before_book(scene: Scene, person: str) -> Order | None:
    """The line by which somebody would enter whom the book has enter later on: that it is the
    book's which can't be followed then is owed to the plan's."""
    own = (o for o in scene.by_person.get(person, ()) if o.line.effect is Effect.ENTER)
    return next((o for o in own if person not in scene.before(o.line.effective)), None)


not_in_service = _troubles(
    "not_in_service",
    "{}は、発令日に在職していません。",
    "職員番号を確かめてください。",
    "退職の後の任用なら、用語を採用・再任用にします。",
)
already_in_service = _troubles(
    "already_in_service",
    "{}は、すでに在職しています。採用の発令はできません。",
    "用語を配置換などに直してください。",
    "退職してからの再任用なら、退職の行も加えてください。",
    "同時に持つ二つ目の任用なら、行の番号から開く頁で、任用の番号を書いてください。",
)
_not_held = _troubles(
    "nothing_to_relieve",
    "{}に、その所属の兼務はありません。",
    "解く兼務の所属と職を確かめてください。",
)


def nothing_to_relieve(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A line that relieves somebody of what they do not hold; or of one of several posts, without
    saying of which."""
    yield from _not_held(scene, rule)
    for order in scene.orders:
        line, eve = order.line, moment(order.line) - _DAY
        if line.effect is not Effect.RELIEVE or line.unit or "unit" in order.unread:
            continue
        state = scene.before(eve).get(line.person) or {}
        held = [s for s in state.get("further", ()) if s["kind"] != SeatKind.MAIN.value]
        if len(held) > 1:
            named = "・".join(f"{scene.unit(s['unit'], eve)} {scene.post(s['post'])}" for s in held)
            text = f"{scene.name(line.person)}の兼務は{len(held)}つあります（{named}）。"
            way = "解く兼務の所属を、新所属に書いてください。"
            yield found(order, text, way, cell="unit")


already_held = _troubles(
    "already_held", "{}は、その職をすでに兼ねています。", "要らなければ行を消してください。"
)
nothing_to_resume = _troubles(
    "nothing_to_resume",
    "{}に、休職・派遣の記録がありません。",
    "用語を確かめてください。記録の漏れなら、先に休職・派遣を発令します。",
)


def leaver(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """An appointment of somebody who leaves soon after."""
    near = timedelta(days=rule.number("days", 180))
    for person, own in scene.by_person.items():
        career = scene.careers.get(person)
        for order in own:
            day = order.line.effective
            if career is None or order.line.effect not in {Effect.MOVE, Effect.ADD}:
                continue
            ends = [s.ends for s in career.services if s.starts <= day < s.ends]
            if ends and max(ends) <= day + near and not _continues(scene, person, max(ends)):
                last = max(ends) - _DAY
                yield found(
                    order,
                    f"{scene.name(person)}は、{last:%Y-%m-%d}に退職（任期満了）します。",
                    "後任を別に考えるなら、この行を消してください。",
                    "任期を延ばすなら、任期更新の行を加えてください。",
                    cell="person",
                )


def _continues(scene: Scene, person: str, day: date) -> bool:
    return any(s.starts == day for s in scene.careers[person].services)


def concurrent_ends(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A post held besides that ends without an order that says so."""
    for person, own in scene.by_person.items():
        career = scene.careers.get(person)
        if career is None:
            continue
        days = {moment(order.line): order for order in own}
        relieved = {moment(o.line) for o in own if o.line.effect is Effect.RELIEVE}
        for seat in career.seats:
            order = days.get(seat.ends)
            if seat.kind is SeatKind.MAIN or order is None or seat.ends in relieved:
                continue
            place = scene.unit(seat.unit, seat.ends - _DAY)
            yield found(
                order,
                f"{scene.name(person)}の{place}の{scene.post(seat.post)}（兼務）が、おのずと終わります。",
                "続けるなら、兼務の行を加えてください。",
                "書面に残すなら、兼務解除の行を加えてください。",
                cell="unit",
                unit=seat.unit or "",
            )


def short_tenure(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Somebody moves to another unit who came to theirs only lately."""
    years = rule.number("years", 1)
    for order in scene.orders:
        line = order.line
        if line.effect is not Effect.MOVE or line.unit is None:
            continue
        state = scene.before(line.effective - _DAY).get(line.person)
        since = date.fromisoformat(state["since"]) if state and state.get("since") else None
        if state is None or since is None or state.get("unit") == line.unit:
            continue
        held = (line.effective - since).days / _YEAR
        if held < years - 0.01:
            yield found(
                order,
                f"{scene.name(line.person)}の今の所属は{since:%Y-%m-%d}からで、{years}年に足りません。",
                "事情があればそのままで構いません。なければ異動の相手を替えてください。",
                cell="unit",
                unit=line.unit,
            )


def term_limit(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A fixed term that ends later than its limit allows."""
    limits = rule.numbers("limits")
    for order, employment, began, last in _terms(scene):
        years = limits.get(employment)
        if years is None or last == OPEN:
            continue
        latest = _years_later(began, years) - _DAY
        if employment.startswith("会計年度"):
            latest = min(latest, _fiscal_end(began))
        if last > latest:
            yield found(
                order,
                f"{scene.name(order.line.person)}の任期の末日 {last:%Y-%m-%d} は、"
                f"{employment}の上限（{latest:%Y-%m-%d}まで）を超えます。",
                "任期の末日を直してください。",
                "その後も任用するなら、あらためて再度の任用を発令します。",
                cell="until",
            )


def no_term(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Somebody enters for a fixed term whose end is not said."""
    limits = ("任期付", "会計年度")
    for order in scene.orders:
        line = order.line
        employment = scene.employments.get(line.employment or "", "")
        wanted = employment.startswith(limits) or line.wording.startswith(limits)
        if line.effect is Effect.ENTER and wanted and line.term_end is None:
            text = f"{scene.name(line.person)}の任期の末日がありません。"
            yield found(order, text, "期限の欄に任期の末日を書いてください。", cell="until")


def _terms(scene: Scene) -> Iterator[tuple[Order, str, date, date]]:
    """Lines that state the end of a term: the line, the employment, its first day, its last."""
    for order in scene.orders:
        line = order.line
        career = scene.careers.get(line.person)
        if line.term_end is None or career is None:
            continue
        services = [s for s in career.services if s.starts <= line.effective < s.ends]
        spans = [
            s.value
            for s in career.spans
            if s.name == "employment" and s.starts <= line.effective < s.ends
        ]
        if services and spans:
            yield order, scene.employments.get(spans[0], ""), services[0].starts, line.term_end


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28) + _DAY


def _fiscal_end(day: date) -> date:
    return date(day.year + (day.month >= 4), 3, 31)


def grade_post(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """The grade somebody would have is not that of the post."""
    for order, _, code in scene.sitting():
        post = scene.posts.get(code or "")
        state = scene.after(order.line.effective).get(order.line.person)
        if post is None or post.grade is None or state is None or order.line.effect is Effect.ADD:
            continue
        grade = state.get("grade")
        if grade is not None and state.get("post") == code and int(grade) != post.grade:
            yield found(
                order,
                f"{scene.name(order.line.person)}は{grade}級ですが、{post.name}は{post.grade}級の職です。",
                "昇任・降任なら、級の欄に新しい級を書いてください。",
                "級が変わらないなら、職を選び直してください。",
                cell="grade",
            )


def licence(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A post or a job that needs a licence that is not recorded."""
    for order, _, code in scene.sitting():
        state = scene.after(order.line.effective).get(order.line.person)
        if state is None:
            continue
        held = frozenset(str(state.get("skills") or "").split("\n"))
        job = scene.jobs.get(str(state.get("job") or ""), "")
        for key in (("job", job), ("post", scene.post(code))):
            wanted = scene.licences.get(key)
            if wanted and not wanted & held:
                yield found(
                    order,
                    f"{scene.name(order.line.person)}に、{key[1]}に要る資格"
                    f"（{'・'.join(sorted(wanted))}）の記録がありません。",
                    "持っていれば、資格を登録してください。",
                    "持っていなければ、職か人を選び直してください。",
                    cell="post",
                )


CHECKS: Mapping[str, Callable[[Scene, Rule], Iterator[PlanFinding]]] = {
    "not_in_service": not_in_service,
    "already_in_service": already_in_service,
    "nothing_to_relieve": nothing_to_relieve,
    "already_held": already_held,
    "nothing_to_resume": nothing_to_resume,
    "leaver": leaver,
    "concurrent_ends": concurrent_ends,
    "short_tenure": short_tenure,
    "term_limit": term_limit,
    "no_term": no_term,
    "grade_post": grade_post,
    "licence": licence,
}
