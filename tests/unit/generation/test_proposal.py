"""Decisions about candidates: saying one twice changes nothing, and all of them can be undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.selectors.people import Card
from generation.messages import Decide
from generation.models import State
from generation.ports import Controls, Region
from generation.proposal import CandidateState, Proposal

ID = "aB3dE5gH7jK9"
NOTES = [[f"note{number:06}", "trackAb1", 60, number * 120, 120, 80, -1.0] for number in range(4)]
IDS = tuple(str(note[0]) for note in NOTES)


def proposal() -> Proposal:
    candidates = [CandidateState(index, notes=list(NOTES), done=True) for index in (0, 1)]
    card: Card = {"key": "aaaaaaaa", "name": "Viola", "color": 3}
    region = Region(("trackAb1",), 0, 480)
    return Proposal(
        ID, 1, card, "infill", region, "Composer", 7, Controls(), 3, [], candidates, State.READY
    )


DECISIONS = st.builds(
    Decide,
    ref=st.none(),
    id=st.just(ID),
    candidate=st.sampled_from([0, 1]),
    verdict=st.sampled_from(["accepted", "dismissed", "reopened"]),
    notes=st.none() | st.lists(st.sampled_from(IDS), min_size=1, unique=True).map(tuple),
)


@given(decisions=st.lists(DECISIONS, max_size=8))
def test_a_decision_said_twice_changes_nothing(decisions: list[Decide]) -> None:
    one = proposal()
    for decision in decisions:
        try:
            one.decide(decision)
        except ValueError:
            continue
        before = one.plain()
        assert not one.decide(decision)
        assert one.plain() == before
        accepted = [c for c in one.candidates if c.verdict == "accepted" and c.kept is None]
        dismissed = all(c.verdict == "dismissed" for c in one.candidates)
        assert (one.state is State.DECIDED) == bool(accepted or dismissed)
    one.decide(Decide(None, ID, None, "reopened", None))
    assert one.plain() == proposal().plain()


def test_accepting_parts_adds_up_to_the_whole() -> None:
    one = proposal()
    assert one.decide(Decide(None, ID, 0, "accepted", IDS[2:]))
    assert (one.state, one.candidates[0].kept) == (State.READY, [*IDS[2:]])
    assert one.decide(Decide(None, ID, 0, "accepted", IDS[:2]))
    assert (one.state, one.candidates[0].kept) == (State.DECIDED, None)
    with pytest.raises(ValueError, match="accepted already"):
        one.decide(Decide(None, ID, None, "dismissed", None))


def test_a_note_of_another_candidate_cannot_be_accepted() -> None:
    one = proposal()
    one.candidates[1].notes = []
    with pytest.raises(ValueError, match="not in the candidate"):
        one.decide(Decide(None, ID, 1, "accepted", IDS[:1]))
    assert one.plain()["state"] == "ready"


def test_who_follows_hears_each_note_once() -> None:
    class Ear:
        def __init__(self) -> None:
            self.heard: list[object] = []

        def note(self, row: list[object]) -> None:
            self.heard.append(row[2])

        def reached(self, tick: int) -> None:
            self.heard.append(f"to {tick}")

        def ended(self) -> None:
            self.heard.append("end")

    candidate, ear = CandidateState(0), Ear()
    candidate.followers.add(ear)
    first = candidate.add(["trackAb1", 60, 0, 120, 80], -1.0)
    candidate.reach(120)
    candidate.close()
    candidate.close()
    assert ear.heard == [60, "to 120", "end"]
    assert candidate.plain()["notes"] == [first]
    assert len(str(first[0])) == 10
