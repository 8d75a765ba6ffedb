"""The suggestions of one score while people have it open: asking, arriving, voting, deciding."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any, Final

from collaboration import services
from editor.score.ids import new_id
from editor.score.score import Score
from generation import ledger
from generation.answer import Answer
from generation.engines.registry import offered
from generation.hub import Hub, Member
from generation.messages import (
    MAX_SEED,
    SUGGESTION_LENGTH,
    BadMessage,
    Cancel,
    Decide,
    Ref,
    Suggest,
    Vote,
)
from generation.models import State
from generation.pool import Pool
from generation.ports import Request
from generation.proposal import CandidateState, Proposal, ReplacedRow
from generation.threads import in_thread
from generation.turns import Refused, Turns
from generation.worker.packing import pack_request

log = logging.getLogger("generation.room")

ASKERS: Final = frozenset({"owner", "editor"})
VOTERS: Final = frozenset({"owner", "editor", "commenter"})
REPLACING: Final = frozenset({"continue", "infill", "vary", "reimagine"})
"""Kinds whose notes take the place of those that start in the region."""
KEPT_NOTES: Final = 20_000
"""A longer score is read again each time, not kept in memory."""
EMPTY: Final = (
    "empty_context",
    "The score has no notes yet. Write or import a few bars first, then ask again.",
)


class SuggestionRoom:
    """Open suggestions of a score. Lives on the event loop; only the ledger blocks, in threads."""

    def __init__(self, score_id: str, hub: Hub, pool: Pool, turns: Turns) -> None:
        self.score_id = score_id
        self._hub = hub
        self._pool = pool
        self._turns = turns
        self._proposals: dict[str, Proposal] = {}
        self._answers: dict[str, Answer] = {}
        self._kept: tuple[Score, int] | None = None
        self._writing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Read the open suggestions; must come before anything else."""
        for proposal in await in_thread(ledger.load_open, self.score_id):
            self._proposals[proposal.id] = proposal

    @property
    def busy(self) -> bool:
        """Whether notes may still come, or something is not yet written down."""
        return bool(self._answers or self._tasks)

    def open(self) -> list[dict[str, Any]]:
        """Everything that is open, complete, oldest first."""
        shown = (State.DECIDED, State.CANCELLED)
        return [one.plain() for one in self._proposals.values() if one.state not in shown]

    async def find(self, suggestion_id: str, ref: Ref) -> Proposal:
        """A suggestion of this score. Raises `BadMessage` when there is none."""
        if suggestion_id not in self._proposals:
            stored = await in_thread(ledger.load, self.score_id, suggestion_id)
            if stored is None:
                raise BadMessage("not_found", "There is no such suggestion here.", ref)
            self._proposals.setdefault(suggestion_id, stored)
        return self._proposals[suggestion_id]

    async def ask(self, member: Member, role: str, message: Suggest) -> None:
        """Open a suggestion and put it into the row. Raises `BadMessage` when it can't be."""
        if role not in ASKERS:
            text = "You can listen here. Ask the owner for the right to edit."
            raise BadMessage("rights", text, message.ref)
        entry = offered().get(message.kind)
        if entry is None:
            text = f"No engine answers {message.kind} requests here."
            raise BadMessage("kind", text, message.ref)
        self._pool.wake()
        try:
            ticket = self._turns.take(member.person, self.score_id)
        except Refused as refusal:
            raise BadMessage(refusal.code, refusal.text, message.ref) from None
        try:
            proposal, request = await self._prepare(member, entry.name, message)
        except BaseException:
            self._turns.leave(ticket)
            raise
        proposal.queue = ticket.queue
        self._proposals[proposal.id] = proposal
        opened = {"t": "opened", **proposal.plain()}
        for other in self._hub.members(self.score_id):
            own = other.socket is member.socket
            other.socket.deliver({**opened, "ref": message.ref} if own else opened)
        answer = Answer(self, proposal, ticket, request)
        self._answers[proposal.id] = answer
        if request is None:
            answer.failed(*EMPTY)
            return
        self._turns.join(ticket, answer.start, answer.moved)

    async def cancel(self, member: Member, role: str, message: Cancel) -> None:
        """Stop a suggestion for everybody; one that is complete already stays as it is."""
        proposal = await self.find(message.id, message.ref)
        if role not in ASKERS and proposal.author != member.person:
            raise BadMessage("rights", "Only editors and the asker can stop this.", message.ref)
        if proposal.id in self._answers:
            self._answers[proposal.id].cancel()
            self.set_state(proposal, State.CANCELLED)
            self.publish({"t": "cancelled", "id": proposal.id, "by": member.card})

    async def vote(self, member: Member, role: str, message: Vote) -> None:
        """Write a vote and tell everybody."""
        if role not in VOTERS:
            raise BadMessage("rights", "You can listen here, but not vote.", message.ref)
        proposal = await self.find(message.id, message.ref)
        candidate = self._candidate(proposal, message.candidate, message.ref)
        await in_thread(
            ledger.save_vote, proposal.id, candidate.index, member.person, message.value
        )
        candidate.votes[member.card["key"]] = message.value
        if not message.value:
            del candidate.votes[member.card["key"]]
        self.publish(
            {
                "t": "voted",
                "id": proposal.id,
                "candidate": candidate.index,
                "by": member.card,
                "value": message.value,
                "votes": candidate.votes_plain(),
            }
        )

    async def decide(self, member: Member, role: str, message: Decide) -> None:
        """Follow a decision, write it down, tell everybody; saying it again changes nothing."""
        proposal = await self.find(message.id, message.ref)
        own = message.verdict == "dismissed" and proposal.author == member.person
        if role not in ASKERS and not own:
            raise BadMessage("rights", "Only editors decide about this.", message.ref)
        if message.candidate is not None:
            self._candidate(proposal, message.candidate, message.ref)
        before = {one.index: (one.verdict, one.kept) for one in proposal.candidates}
        try:
            changed = proposal.decide(message)
        except ValueError as problem:
            raise BadMessage("decided", str(problem), message.ref) from None
        event = {
            "t": "decided",
            "id": proposal.id,
            "candidate": message.candidate,
            "verdict": message.verdict,
            "notes": None if message.notes is None else list(message.notes),
            "by": member.card,
            "state": str(proposal.state),
            "kept": [one.kept for one in proposal.candidates],
            "verdicts": [one.verdict for one in proposal.candidates],
        }
        if not changed:
            member.socket.deliver(event)
            return
        if proposal.state is State.DECIDED and proposal.id in self._answers:
            self._answers[proposal.id].cancel()
        self.publish(event)
        verdicts = [
            (one.index, one.verdict, one.kept)
            for one in proposal.candidates
            if before[one.index] != (one.verdict, one.kept)
        ]
        state = proposal.state
        self.write(lambda: ledger.save_verdicts(proposal.id, state, verdicts, member.person))

    async def score(self) -> Score:
        """The music as it stands in the journal now."""
        score, _ = await in_thread(self._read)
        return score

    def publish(self, event: dict[str, Any]) -> None:
        """Tell everybody in the room."""
        self._hub.publish(self.score_id, event)

    def set_state(
        self, proposal: Proposal, state: State, error: tuple[str, str] | None = None
    ) -> None:
        """Change where a suggestion stands, here and in the database."""
        proposal.state, proposal.error = state, error
        self.write(lambda: ledger.save_state(proposal.id, state, error))

    def save_notes(self, proposal: Proposal, candidate: CandidateState) -> None:
        """Write down what a candidate holds now."""
        values = {
            "notes": list(candidate.notes),
            "done": candidate.done,
            "stats": candidate.stats,
        }
        self.write(lambda: ledger.save_notes(proposal.id, candidate.index, values))

    def answered(self, proposal: Proposal) -> None:
        """Nothing more comes for this suggestion."""
        self._answers.pop(proposal.id, None)

    @property
    def pool(self) -> Pool:
        """Where questions are put."""
        return self._pool

    @property
    def turns(self) -> Turns:
        """The row of questions."""
        return self._turns

    def write(self, action: Callable[[], None]) -> None:
        """Do something in the database, after everything that was to be written before."""
        task = asyncio.get_running_loop().create_task(self._write(action))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write(self, action: Callable[[], None]) -> None:
        async with self._writing:
            try:
                await in_thread(action)
            except Exception:
                log.exception("a suggestion of %s could not be written down", self.score_id)

    def _read(self) -> tuple[Score, int]:
        """The music and its seq; what was read last is kept as long as nobody writes."""
        kept = self._kept
        if kept is not None and services.head(self.score_id) == kept[1]:
            return kept
        score, seq = services.read(self.score_id)
        self._kept = (score, seq) if len(score.notes) <= KEPT_NOTES else None
        return score, seq

    async def _prepare(
        self, member: Member, engine: str, message: Suggest
    ) -> tuple[Proposal, dict[str, Any] | None]:
        """Read the score and write the row. The request is None when there is nothing to go on."""
        seed = secrets.randbelow(MAX_SEED + 1) if message.seed is None else message.seed

        def work() -> tuple[Proposal, dict[str, Any] | None]:
            score, seq = self._read()
            _check_region(score, message)
            replaced = _replaced(score, message)
            request = Request(
                message.kind, score, message.region, message.controls, seed, message.candidates
            )
            proposal = Proposal(
                id=new_id(SUGGESTION_LENGTH),
                author=member.person,
                by=member.card,
                kind=message.kind,
                region=message.region,
                engine=engine,
                seed=seed,
                controls=message.controls,
                seq=seq,
                replaces=[row[0] for row in replaced],
                replaced=replaced,
                candidates=[CandidateState(index) for index in range(message.candidates)],
            )
            ledger.insert(self.score_id, proposal)
            return proposal, pack_request(request) if score.notes else None

        return await in_thread(work)

    def _candidate(self, proposal: Proposal, index: int, ref: Ref) -> CandidateState:
        chosen = proposal.chosen(index)
        if not chosen:
            raise BadMessage("not_found", "There is no such candidate.", ref)
        return chosen[0]


def _check_region(score: Score, message: Suggest) -> None:
    missing = [track for track in message.region.tracks if track not in score.tracks]
    if missing:
        text = "One of the tracks is gone: choose tracks that are in the score."
        raise BadMessage("region", text, message.ref)
    if any(score.tracks[track].kind == "audio" for track in message.region.tracks):
        raise BadMessage("region", "Audio tracks hold no notes: choose another.", message.ref)


def _replaced(score: Score, message: Suggest) -> list[ReplacedRow]:
    """The notes that the answer takes the place of, as they stand."""
    region = message.region
    if message.kind not in REPLACING:
        return []
    return [
        [note.id, note.track, note.pitch, note.start, note.duration, note.velocity]
        for note in score.notes.values()
        if note.track in region.tracks and region.start <= note.start < region.end
    ]
