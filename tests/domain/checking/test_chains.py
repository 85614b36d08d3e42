"""玉突き: who takes whose place."""

from meibo.domain.checking.chains import Shift, chains


def shift(person: str, came: str, goes: str) -> Shift:
    """Places are one letter; "" is outside."""
    return Shift(person, (came, "") if came else None, (goes, "") if goes else None)


def told(*shifts: Shift) -> list[str]:
    return ["".join(s.person for s in chain.shifts) for chain in chains(shifts)]


def test_each_takes_the_place_that_the_next_one_leaves() -> None:
    [chain] = chains([shift("3", "c", ""), shift("1", "a", "b"), shift("2", "b", "c")])
    assert [s.person for s in chain.shifts] == ["1", "2", "3"]
    assert (chain.opens, chain.ends, chain.closed) == (("a", ""), None, False)


def test_who_goes_round_is_a_ring_and_opens_nothing() -> None:
    [chain] = chains([shift("1", "a", "b"), shift("2", "b", "a")])
    assert chain.closed
    assert chain.opens is None


def test_somebody_from_outside_opens_no_place() -> None:
    [chain] = chains([shift("1", "", "a"), shift("2", "a", "b")])
    assert (chain.opens, chain.ends) == (None, ("b", ""))


def test_several_of_one_place_are_paired_one_to_one() -> None:
    found = told(
        shift("1", "a", "b"), shift("2", "x", "b"), shift("3", "b", "c"), shift("4", "b", "d")
    )
    assert sorted(found) == ["13", "24"]


def test_who_stays_is_in_no_chain_and_the_longest_comes_first() -> None:
    found = told(
        shift("9", "a", "a"), shift("5", "y", "z"), shift("1", "a", "b"), shift("2", "b", "c")
    )
    assert found == ["12", "5"]
