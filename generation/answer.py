"""One question on its way: through the row, to the engine, and the answer back to the room."""

from typing import Any, Final, Protocol

from generation.models import State
from generation.pool import Pool
from generation.proposal import CandidateState, Proposal
from generation.turns import Ticket, Turns

WAKING_TEXT: Final = "Waking the model"
AGAIN_TEXT: Final = "The model stopped and is started again"


class Board(Protocol):
    """The room as an answer needs it."""

    @property
    def pool(self) -> Pool:
        """Where questions are put."""
        ...

    @property
    def turns(self) -> Turns:
        """The row of questions."""
        ...

    def publish(self, event: dict[str, Any]) -> None:
        """Tell everybody in the room."""

    def set_state(
        self, proposal: Proposal, state: State, error: tuple[str, str] | None = None
    ) -> None:
        """Change where a suggestion stands, here and in the database."""

    def save_notes(self, proposal: Proposal, candidate: CandidateState) -> None:
        """Write down what a candidate holds now."""

    def answered(self, proposal: Proposal) -> None:
        """Nothing more comes for this suggestion."""


class Answer:
    """One question on its way through the row and the engine; hears the pool."""

    def __init__(
        self,
        room: Board,
        proposal: Proposal,
        ticket: Ticket,
        request: dict[str, Any] | None,
    ) -> None:
        self._room = room
        self._proposal = proposal
        self._ticket = ticket
        self._request = request
        self._job: int | None = None

    def start(self) -> None:
        """It is this question's turn."""
        self._proposal.queue = 0
        if not self._room.pool.awake:
            self._room.set_state(self._proposal, State.WAKING)
            self._tell(None, None, text=WAKING_TEXT)
        assert self._request is not None
        self._job = self._room.pool.propose(self._request, self)
        self._request = None

    def moved(self, queue: int) -> None:
        """There are `queue` places to the front now."""
        self._proposal.queue = queue
        self._tell(None, None)

    def cancel(self) -> None:
        """Stop thinking; notes that came stay in the candidates."""
        if self._job is not None:
            self._room.pool.cancel(self._job)
        self._finish()

    def begins(self) -> None:
        """The engine has the question now."""
        if self._proposal.state is not State.ARRIVING:
            self._room.set_state(self._proposal, State.ARRIVING)
            self._tell(None, None)

    def interrupted(self) -> None:
        """The worker died with the question; it is put again when the next one is awake."""
        self._room.set_state(self._proposal, State.WAKING)
        self._tell(None, None, text=AGAIN_TEXT)

    def note(self, candidate: int, note: list[Any], logp: float) -> None:
        """A note comes: it gets its id and goes to everybody."""
        row = self._proposal.candidates[candidate].add(note, logp)
        self._room.publish(
            {
                "t": "note",
                "id": self._proposal.id,
                "candidate": candidate,
                "note": row[:6],
                "logp": logp,
            }
        )

    def progress(self, candidate: int, tick: int) -> None:
        """A candidate is written up to `tick`."""
        self._proposal.candidates[candidate].reach(tick)
        self._tell(candidate, tick)

    def done(self, candidate: int, stats: dict[str, float]) -> None:
        """A candidate is complete."""
        state = self._proposal.candidates[candidate]
        state.done, state.stats = True, stats
        state.reach(self._proposal.region.end)
        state.close()
        self._room.save_notes(self._proposal, state)
        if all(one.done for one in self._proposal.candidates):
            self._room.set_state(self._proposal, State.READY)
        self._room.publish(
            {
                "t": "done",
                "id": self._proposal.id,
                "candidate": candidate,
                "stats": stats,
                "state": str(self._proposal.state),
            }
        )

    def end(self) -> None:
        """The engine has said everything."""
        if not all(one.done for one in self._proposal.candidates):
            self.failed("engine_failed", "The engine stopped before the end. Ask again.")
        else:
            self._finish()

    def failed(self, code: str, text: str) -> None:
        """There is no (further) answer; tell everybody why."""
        self._room.set_state(self._proposal, State.FAILED, (code, text))
        self._room.publish({"t": "failed", "id": self._proposal.id, "code": code, "text": text})
        self._finish()

    def _finish(self) -> None:
        for candidate in self._proposal.candidates:
            if not candidate.done and candidate.notes:
                self._room.save_notes(self._proposal, candidate)
            candidate.close()
        self._room.answered(self._proposal)
        self._room.turns.leave(self._ticket)

    def _tell(self, candidate: int | None, tick: int | None, **words: str) -> None:
        self._room.publish(
            {
                "t": "progress",
                "id": self._proposal.id,
                "state": str(self._proposal.state),
                "queue": self._proposal.queue,
                "candidate": candidate,
                "tick": tick,
                **words,
            }
        )
