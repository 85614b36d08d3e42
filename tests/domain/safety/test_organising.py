"""A proposal of the disaster organisation, and of who does what on arrival."""

from meibo.domain.safety.forecast import Task
from meibo.domain.safety.organising import Candidate, Place, Proposed, places_of, propose
from meibo.domain.safety.staffing import Here, put

NO_SKILL = frozenset[str]()
ROWS = [
    {"code": "D1", "name": "医療班", "kind": "section", "people": "2", "units": "健康部"}
    | {"skills": "保健師", "areas": "", "place": ""},
    {"code": "S1", "name": "東小", "kind": "shelter", "people": "3", "areas": "東町、南町"},
    {"code": "X", "name": "?", "kind": "shelter", "people": "たくさん"},
    {"code": "Y", "name": "?", "kind": "別", "people": "3"},
]


def somebody(person: str, unit: str, area: str, km: float = 1.0, rank: int = 50) -> Candidate:
    return Candidate(person, frozenset({unit}), area, km, NO_SKILL, rank)


def test_rows_that_can_not_be_read_are_left_out() -> None:
    assert [place.code for place in places_of(ROWS)] == ["D1", "S1"]


def test_everybody_stands_in_one_place_and_the_highest_lead() -> None:
    people = [
        somebody("chief", "健康部", "東町", rank=10),
        somebody("a", "健康部", "東町"),
        somebody("b", "税務部", "東町", km=2.0, rank=60),
        somebody("c", "税務部", "南町", km=1.0, rank=30),
        somebody("far", "税務部", "西町"),
    ]
    assert propose(places_of(ROWS), people) == [
        Proposed("chief", "D1", "head"),
        Proposed("a", "D1", "deputy"),
        Proposed("c", "S1", "head"),
        Proposed("b", "S1", "deputy"),
    ]


def test_a_skill_that_is_asked_for_comes_before_the_nearest() -> None:
    row = ROWS[0] | {"people": "3"}
    nurse = Candidate("n", frozenset({"健康部"}), "", 9.0, frozenset({"保健師"}), 90)
    people = [somebody(str(n), "健康部", "", km=1.0, rank=n) for n in range(3)]
    found = propose(places_of([row]), [*people, nurse])
    assert [each.person for each in found] == ["0", "1", "n"]


def test_arrivals_go_where_they_alone_can_go_and_nobody_twice() -> None:
    tasks = [Task("本部", 1, 1), Task("手話", 12, 1, ("手話",)), Task("東小", 3, 1, (), "東町")]
    here = [
        Here(1, frozenset({"手話（日常会話）"})),
        Here(2, NO_SKILL, "西町"),
        Here(3, NO_SKILL, "東町"),
        Here(4, NO_SKILL, "東町"),
    ]
    found = {key: each.task.name for key, each in put(tasks, {}, here).items()}
    assert found == {1: "手話", 2: "本部", 3: "東小"}
    assert put(tasks, {"手話": 1, "本部": 1, "東小": 1}, here) == {}


def test_each_proposal_says_why_and_who_has_a_place_keeps_it() -> None:
    tasks = [Task("手話", 1, 1, ("手話",)), Task("東小", 3, 9, (), "東町"), Task("本部", 9, 9)]
    tasks.append(Task("避難所", 3, 9, places=("避難所",)))
    shelter, section = (Place("P", "場所", kind, 5).words for kind in ("shelter", "section"))
    here = [
        Here(1, frozenset({"手話（日常会話）"})),
        Here(2, NO_SKILL, "東町"),
        Here(3, frozenset({"手話"}), "東町", section),
        Here(4, NO_SKILL, "", shelter),
        Here(5, NO_SKILL, "西町"),
    ]
    found = {key: (each.task.name, *each.why) for key, each in put(tasks, {}, here).items()}
    assert found == {
        1: ("手話", "技能：手話（日常会話）"),
        2: ("東小", "仕事をする町に住んでいる"),
        4: ("避難所", "災対組織の持ち場"),
        5: ("東小", "だれでもできる仕事・着いた順"),
    }


def test_whoever_leads_a_unit_is_left_out_of_shelters_as_the_table_says() -> None:
    base = {"code": "S", "name": "東小", "people": "9", "areas": "東町"}
    chief = Candidate("c", frozenset(), "東町", 1.0, NO_SKILL, 20, frozenset({"課長", "所属長"}))
    senior = Candidate("s", frozenset(), "東町", 1.0, NO_SKILL, 35, frozenset({"主査"}))

    def taken(**row: str) -> list[str]:
        return [each.person for each in propose(places_of([base | row]), [chief, senior])]

    assert taken(kind="shelter") == ["s"]
    assert taken(kind="base") == ["c", "s"]
    assert taken(kind="shelter", without="") == ["c", "s"]
    assert taken(kind="base", without="主査、課長") == []
