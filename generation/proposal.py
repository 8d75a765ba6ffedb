"""A suggestion as the room sees it: candidates growing note by note, votes, decisions."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Protocol

from editor.score.ids import NOTE_LENGTH, new_id
from editor.selectors.people import Card
from generation.messages import Decide
from generation.models import State
from generation.ports import Controls, Region

AT_WORK: Final = (State.WAITING, State.WAKING, State.ARRIVING)
OPEN: Final = (*AT_WORK, State.READY, State.FAILED)

Row = list[Any]
"""A proposed note on the wire: id, track, pitch, start, duration, velocity, logp."""

ReplacedRow = list[Any]
"""A note that an answer takes the place of: id, track, pitch, start, duration, velocity."""


class Follower(Protocol):
    """Who wants each note of a candidate as it comes: a voice that sings along."""

    def note(self, row: Row) -> None:
        """The next note."""

    def reached(self, tick: int) -> None:
        """Nothing more begins before `tick`."""

    def ended(self) -> None:
        """No more notes come."""


@dataclass(slots=True, eq=False)
class CandidateState:
    """One answer. `kept` lists the notes that were taken when not all were."""

    index: int
    notes: list[Row] = field(default_factory=list)
    done: bool = False
    tick: int = 0
    stats: dict[str, float] = field(default_factory=dict)
    votes: dict[str, int] = field(default_factory=dict)
    verdict: str | None = None
    kept: list[str] | None = None
    followers: set[Follower] = field(default_factory=set)

    def plain(self) -> dict[str, Any]:
        """The candidate on the wire."""
        return {
            "index": self.index,
            "notes": list(self.notes),
            "done": self.done,
            "tick": self.tick,
            "stats": self.stats,
            "votes": self.votes_plain(),
            "verdict": self.verdict,
            "kept": self.kept,
        }

    def votes_plain(self) -> list[dict[str, Any]]:
        """Votes on the wire, by the voter's key."""
        return [{"key": key, "value": value} for key, value in sorted(self.votes.items())]

    def add(self, note: list[Any], logp: float) -> Row:
        """Take a note of the engine in and give it its id."""
        row = [new_id(NOTE_LENGTH), *note, logp]
        self.notes.append(row)
        for follower in tuple(self.followers):
            follower.note(row)
        return row

    def reach(self, tick: int) -> None:
        """The candidate is written up to `tick`."""
        self.tick = max(self.tick, tick)
        for follower in tuple(self.followers):
            follower.reached(tick)

    def close(self) -> None:
        """Nothing more comes."""
        for follower in tuple(self.followers):
            follower.ended()
        self.followers.clear()


@dataclass(slots=True, eq=False)
class Proposal:
    """A question and its candidates. `author` is the asker's person id.

    `replaced` holds the notes of `replaces` as they stood at `seq`; suggestions from before it was
    kept have none.
    """

    id: str
    author: int
    by: Card
    kind: str
    region: Region
    engine: str
    seed: int
    controls: Controls
    seq: int
    replaces: list[str]
    candidates: list[CandidateState]
    state: State = State.WAITING
    queue: int = 0
    error: tuple[str, str] | None = None
    replaced: list[ReplacedRow] = field(default_factory=list)

    @property
    def at_work(self) -> bool:
        """Whether notes may still come."""
        return self.state in AT_WORK

    def plain(self) -> dict[str, Any]:
        """The suggestion on the wire, complete."""
        region = asdict(self.region)
        error = self.error
        return {
            "id": self.id,
            "by": self.by,
            "kind": self.kind,
            "region": {**region, "tracks": list(self.region.tracks)},
            "engine": self.engine,
            "seed": self.seed,
            "controls": asdict(self.controls),
            "seq": self.seq,
            "replaces": self.replaces,
            "replaced": self.replaced,
            "state": str(self.state),
            "queue": self.queue,
            "error": None if error is None else {"code": error[0], "text": error[1]},
            "candidates": [candidate.plain() for candidate in self.candidates],
        }

    def chosen(self, candidate: int | None) -> list[CandidateState]:
        """The candidates that a decision names; empty when there is none of that number."""
        if candidate is None:
            return list(self.candidates)
        return [one for one in self.candidates if one.index == candidate]

    def decide(self, message: Decide) -> bool:
        """Follow a decision; False when everything was so already.

        Raises:
            ValueError: the decision doesn't fit what stands here, with what is wrong.
        """
        before = [(one.verdict, one.kept) for one in self.candidates], self.state
        chosen = self.chosen(message.candidate)
        if message.verdict == "accepted":
            for one in chosen:
                _accept(one, message.notes)
        elif message.verdict == "dismissed":
            if any(one.verdict == "accepted" and one.kept is None for one in chosen):
                raise ValueError("It is accepted already: undo that first.")
            for one in chosen:
                one.verdict, one.kept = "dismissed", None
        else:
            for one in chosen:
                one.verdict, one.kept = None, None
        self._settle(message.candidate is None)
        return before != ([(one.verdict, one.kept) for one in self.candidates], self.state)

    def _settle(self, everything: bool) -> None:
        """The state that follows from the verdicts."""
        accepted = any(one.verdict == "accepted" and one.kept is None for one in self.candidates)
        dismissed = all(one.verdict == "dismissed" for one in self.candidates)
        if accepted or dismissed:
            self.state = State.DECIDED
        elif self.state in (State.DECIDED, State.CANCELLED):
            self.state = State.READY if self.error is None else State.FAILED


def _accept(candidate: CandidateState, notes: Iterable[str] | None) -> None:
    """Take all notes of a candidate, or some more of them."""
    if notes is None:
        candidate.verdict, candidate.kept = "accepted", None
        return
    known = [row[0] for row in candidate.notes]
    asked = set(notes)
    if not asked <= set(known):
        raise ValueError("Some of these notes are not in the candidate.")
    if candidate.verdict == "accepted" and candidate.kept is None:
        return
    kept = asked | set(candidate.kept or ())
    candidate.verdict = "accepted"
    everything = candidate.done and len(kept) == len(known)
    candidate.kept = None if everything else [note for note in known if note in kept]
