"""Events through successive telegrams: pure functions (state, telegram, now, rules) → (state',
decisions). Nothing is sent from here; who gets the decisions does what they say.

- Telegrams of one event are one event: it starts once, then it is raised, never repeated.
- What was corrected (訂正), eased (解除, a lesser grade) or taken back (取消) is announced, once.
- Drills and tests say nothing. The same telegram twice is one.
- A start may be held back for a time (`Rule.wait`); `due` gives what has become due.
- A further quake soon after an alarm asks a person, unless it is stronger. So does a telegram that
  comes in late, because the line or the worker was down.
- Where the alarm turns out to have been none, what was asked because of it is judged afresh.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from meibo.domain.telegram.decided import Alarm, Decision, Do, State, Why
from meibo.domain.telegram.history import Event, joined
from meibo.domain.telegram.kinds import Family
from meibo.domain.telegram.level import Answer, Level, Rules
from meibo.domain.telegram.model import InfoType, Status, Telegram
from meibo.domain.telegram.saying import of_quake, of_warnings
from meibo.domain.telegram.scale import Intensity

__all__ = ["Alarm", "Decision", "Do", "State", "due", "started", "step", "stopped"]
Stepped = tuple[State, tuple[Decision, ...]]
_FOLLOWED = frozenset({Family.INTENSITY, Family.TSUNAMI, Family.WARNING, Family.NATION})


def step(state: State, telegram: Telegram, now: datetime, rules: Rules) -> Stepped:
    """What a telegram changes, and what is decided because of it."""
    if any(digest == telegram.digest for digest, _ in state.seen):
        return state, ()
    state = _forgetting(replace(state, seen=(*state.seen, (telegram.digest, now))), now, rules)
    if telegram.status is not Status.NORMAL or telegram.kind.family not in _FOLLOWED:
        return state, ()
    if telegram.kind.family is Family.NATION:
        said = telegram.head_title or telegram.title
        what = f"{said}{'の取消' if telegram.info is InfoType.CANCEL else ''}が発表されました。"
        return state, (Decision(Do.INFORM, telegram.event, Level(), what, telegram.digest),)
    event = _event(state, telegram, rules)
    if event is None:
        return state, ()
    state, joins = _joining(state, event, telegram)
    state, made = _decide(state, replace(event, touched=now), telegram, now, rules)
    return state, joins + made


def _joining(state: State, event: Event, telegram: Telegram) -> Stepped:
    """Without the events that are this one now; and that they are it, for who knows them by name.
    An alarm for one of them was for this one."""
    others = tuple(e.key for e in state.events if e.key != event.key and e.ids & event.ids)
    alarm, state = state.alarm, _without(state, event)
    if not others:
        return state, ()
    if alarm is not None and alarm.event in others:
        state = replace(state, alarm=replace(alarm, event=event.key))
    kept = (replace(e, rests=event.key) if e.rests in others else e for e in state.events)
    state = replace(state, events=tuple(kept))
    words = f"{telegram.title}（{telegram.info}）。別々の事案とみていたものは、一つでした。"
    made = Decision(Do.JOIN, event.key, event.level, words, telegram.digest, event.waiting, others)
    return state, (made,)


def due(state: State, now: datetime, rules: Rules) -> Stepped:
    """The starts that were held back until now."""
    decisions: tuple[Decision, ...] = ()
    for event in state.events:
        if event.waiting is not None and event.waiting <= now:
            ripe = replace(event, waiting=None, touched=now)
            why = Why(f"待ち時間が過ぎました。{event.level.words}。")
            state, made = _start(_without(state, ripe), ripe, timedelta(), why, now, rules)
            decisions += made
    return state, decisions


def started(state: State, key: str, now: datetime) -> State:
    """A person has called out for this event, or let a start that was held back go."""
    event = state.event(key)
    if event is None:
        return state
    mine = replace(event, started=True, waiting=None, rests="", touched=now)
    mine = replace(mine, answer=int(Answer.START))
    alarm = Alarm(key, now, event.level.intensity)
    return replace(_with(_without(state, event), mine), alarm=alarm)


def stopped(state: State, key: str) -> State:
    """A person has decided that a start that is held back does not go."""
    kept = tuple(replace(e, waiting=None, rests="") if e.key == key else e for e in state.events)
    return replace(state, events=kept)


def _event(state: State, telegram: Telegram, rules: Rules) -> Event | None:
    """The event of a telegram with what it says added; None where it says nothing to keep."""
    if telegram.kind.family is Family.WARNING:
        return _weather(state, telegram, rules)
    ids = frozenset(telegram.events) or frozenset({telegram.digest[:16]})
    known = [e for e in state.events if e.ids & ids]
    event = joined(known) if known else Event(min(ids), ids)
    return replace(event, ids=event.ids | ids).adding(of_quake(telegram, rules.place))


def _weather(state: State, telegram: Telegram, rules: Rules) -> Event | None:
    """Warnings have no number: all 特別警報 of our city are one event from the first until the last
    is lifted. What is older than the end of the last event belongs to that one."""
    event = max((e for e in state.events if e.weather), key=lambda e: e.key, default=None)
    if event is not None and not event.level.special and telegram.reported > _newest(event):
        event = None
    statements = of_warnings(telegram, rules.place, event)
    if event is None:
        if not any(s.in_force for s in statements):
            return None
        event = Event(f"warning-{telegram.reported:%Y%m%dT%H%M}", weather=True)
    for statement in statements:
        event = event.adding(statement)
    return event


def _newest(event: Event) -> datetime:
    return max(s.reported for s in event.statements)


def _decide(state: State, event: Event, telegram: Telegram, now: datetime, rules: Rules) -> Stepped:
    """What follows from the level an event has now, against the one that was made known."""
    level, told = rules.relevant(event.level), rules.relevant(event.told)
    if level == told:
        return _with(state, event), ()
    late = now - telegram.reported >= rules.stale
    words = f"{telegram.title}（{telegram.info}）。{event.level.words}。"
    words += "発表から時間が経って届いた電文です。" if late else ""
    why = Why(words, telegram.digest, late)
    if level.exceeds(told):
        return _risen(state, event, why, now, rules)
    return _fallen(state, replace(event, told=event.level), telegram, now, rules)


def _risen(state: State, event: Event, why: Why, now: datetime, rules: Rules) -> Stepped:
    rule = rules.answering(event.level, now)
    if rule is None:
        return _with(state, event), ()  # nobody is told, so nobody need be told when it falls
    event = replace(event, told=event.level)
    if rule.answer is Answer.START and not event.started:
        if why.late:
            return _say(state, event, Answer.ASK, why)
        return _start(state, event, rule.wait, why, now, rules)
    return _say(state, event, rule.answer, why)


def _say(state: State, event: Event, answer: Answer, why: Why) -> Stepped:
    """Ask or inform; an event of which that was already done is raised."""
    first = Do.ASK if answer is Answer.ASK else Do.INFORM
    do = Do.RAISE if answer <= event.answer else first
    event = replace(event, answer=max(event.answer, int(answer)))
    made = Decision(do, event.key, event.level, why.words, why.digest, event.waiting, late=why.late)
    return _with(state, event), (made,)


def _start(
    state: State, event: Event, wait: timedelta, why: Why, now: datetime, rules: Rules
) -> Stepped:
    """Call out, unless a person is to be asked or the start is to be held back."""
    if rests := _rests_on(state, event, now, rules):
        event = replace(event, rests=rests)
        words = f"{why.words}前の発報から{_hours(rules.aftershock)}時間以内の地震です。"
        return _say(state, event, Answer.ASK, replace(why, words=words))
    due_at = min(now + wait, event.waiting or now + wait)
    event = replace(event, rests="")
    key, level = event.key, event.level
    if due_at > now:
        do = Do.RAISE if event.waiting is not None else Do.WAIT
        event = replace(event, waiting=due_at, answer=max(event.answer, int(Answer.ASK)))
        return _with(state, event), (Decision(do, key, level, why.words, why.digest, due_at),)
    event = replace(event, started=True, waiting=None, answer=int(Answer.START))
    state = replace(_with(state, event), alarm=Alarm(key, now, level.intensity))
    return state, (Decision(Do.START, key, level, why.words, why.digest),)


def _rests_on(state: State, event: Event, now: datetime, rules: Rules) -> str:
    """The other event soon after whose alarm it comes, where only a quake asks for the start, and
    one no stronger than that; else "". A tsunami or a 特別警報 starts in any case."""
    last, level = state.alarm, event.level
    if last is None or last.event == event.key or now - last.at >= rules.aftershock:
        return ""
    rest = rules.answering(replace(level, intensity=Intensity.ZERO), now)
    by_itself = rest is not None and rest.answer is Answer.START
    return last.event if level.intensity <= last.intensity and not by_itself else ""


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):g}"


def _fallen(state: State, event: Event, telegram: Telegram, now: datetime, rules: Rules) -> Stepped:
    """Announce that it is less grave than was said."""
    words = {InfoType.CANCEL: "取り消されました。", InfoType.CORRECTION: "訂正されました。"}
    dos = {InfoType.CANCEL: Do.CANCEL, InfoType.CORRECTION: Do.CORRECT}
    text = f"{telegram.title}が{words.get(telegram.info, '更新されました。')}"
    now_is = "、配備に当たるものはありません" if event.level == Level() else event.level.words
    text += f"いまは{now_is}。"
    rule = rules.answering(event.level, now)
    if event.waiting is not None and (rule is None or rule.answer is not Answer.START):
        event = replace(event, waiting=None)
        text += "待っていた開始は取りやめます。"
    do = dos.get(telegram.info, Do.EASE)
    made = Decision(do, event.key, event.level, text, telegram.digest, event.waiting)
    wrong = do is not Do.EASE and (rule is None or rule.answer is Answer.INFORM)
    state = _with(state, event)
    if state.alarm and state.alarm.event == event.key and (wrong or event.level == Level()):
        state, more = _afresh(replace(state, alarm=None), event.key, now, rules)
        return state, (made, *more)
    return state, (made,)


def _afresh(state: State, false: str, now: datetime, rules: Rules) -> Stepped:
    """What was asked because of an alarm that was none, as if that had never been. What has become
    old meanwhile starts nothing by itself any more."""
    made: tuple[Decision, ...] = ()
    for event in sorted((e for e in state.events if e.rests == false), key=_newest):
        rule = rules.answering(event.level, now)
        if rule is None or rule.answer is not Answer.START or event.started:
            continue
        words = f"{event.level.words}。前の発報は取り消されたか、訂正されました。"
        rest, free = _without(state, event), replace(event, rests="", touched=now)
        if now - _newest(event) >= rules.stale:
            words += "この地震から時間が経っているので、自動では始めません。"
            state, more = _say(rest, free, Answer.ASK, Why(words))
        else:
            state, more = _start(rest, free, rule.wait, Why(words), now, rules)
        made += more
    return state, made


def _without(state: State, event: Event) -> State:
    """The state without this event and those that have become part of it."""
    kept = tuple(e for e in state.events if e.key != event.key and not e.ids & event.ids)
    return replace(state, events=kept)


def _with(state: State, event: Event) -> State:
    return replace(state, events=(*state.events, event))


def _forgetting(state: State, now: datetime, rules: Rules) -> State:
    """Without what is older than is kept."""
    since = now - rules.keep
    return replace(
        state,
        events=tuple(e for e in state.events if e.touched is None or e.touched >= since),
        seen=tuple((digest, at) for digest, at in state.seen if at >= since),
    )
