"""Suggestions in the database. Everything here blocks: call it off the event loop."""

import secrets
from dataclasses import asdict
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from editor.selectors.people import Card, card_of
from generation.messages import SUGGESTION_LENGTH
from generation.models import Candidate, State, Suggestion, Vote
from generation.ports import Controls, Region
from generation.proposal import AT_WORK, OPEN, CandidateState, Proposal

BOOT: Final = secrets.token_hex(8)
"""Names this process: rows at work under another name were interrupted."""
INTERRUPTED: Final = ("interrupted", "The server stopped while this was arriving. Ask again.")
FAILURES_SHOWN: Final = timedelta(hours=1)
MOST_OPEN: Final = 100

assert Suggestion._meta.pk.max_length == SUGGESTION_LENGTH


@transaction.atomic
def insert(score_id: str, proposal: Proposal) -> None:
    """Write a new suggestion with its empty candidates."""
    row = Suggestion.objects.create(
        id=proposal.id,
        score_id=score_id,
        author_id=proposal.author,
        engine=proposal.engine,
        kind=proposal.kind,
        tracks=list(proposal.region.tracks),
        start=proposal.region.start,
        end=proposal.region.end,
        controls={name: wish for name, wish in asdict(proposal.controls).items() if wish},
        seed=proposal.seed,
        seq=proposal.seq,
        replaces=proposal.replaces,
        replaced=proposal.replaced,
        state=proposal.state,
        boot=BOOT,
    )
    Candidate.objects.bulk_create(
        Candidate(suggestion=row, index=candidate.index) for candidate in proposal.candidates
    )


def save_state(suggestion_id: str, state: State, error: tuple[str, str] | None) -> None:
    """Write where a suggestion stands now."""
    code, text = error or ("", "")
    Suggestion.objects.filter(pk=suggestion_id).update(
        state=state, error_code=code[:32], error_text=text[:400]
    )


def save_notes(suggestion_id: str, index: int, values: dict[str, object]) -> None:
    """Write a candidate's `notes`, `done` and `stats`."""
    Candidate.objects.filter(suggestion_id=suggestion_id, index=index).update(**values)


@transaction.atomic
def save_verdicts(
    suggestion_id: str,
    state: State,
    verdicts: list[tuple[int, str | None, list[str] | None]],
    person: int,
) -> None:
    """Write what was decided of candidates (index, verdict, kept), and the new state."""
    Suggestion.objects.filter(pk=suggestion_id).update(state=state)
    for index, verdict, kept in verdicts:
        Candidate.objects.filter(suggestion_id=suggestion_id, index=index).update(
            verdict=verdict or "", kept=kept, decided_by=person, decided=timezone.now()
        )


def save_vote(suggestion_id: str, index: int, person: int, value: int) -> None:
    """Write, change or (with 0) take back a person's vote."""
    candidate = Candidate.objects.get(suggestion_id=suggestion_id, index=index)
    if value:
        Vote.objects.update_or_create(
            candidate=candidate, person_id=person, defaults={"value": value}
        )
    else:
        Vote.objects.filter(candidate=candidate, person_id=person).delete()


def load_open(score_id: str) -> list[Proposal]:
    """The open suggestions of a score, oldest first; interrupted ones are marked failed."""
    Suggestion.objects.filter(score_id=score_id, state__in=AT_WORK).exclude(boot=BOOT).update(
        state=State.FAILED, error_code=INTERRUPTED[0], error_text=INTERRUPTED[1]
    )
    rows = Suggestion.objects.filter(score_id=score_id, state__in=OPEN)
    forgotten = timezone.now() - FAILURES_SHOWN
    rows = rows.exclude(state=State.FAILED, created__lt=forgotten)
    latest = rows.select_related("author").order_by("-created")[:MOST_OPEN]
    return [_proposal(row) for row in reversed(latest)]


def load(score_id: str, suggestion_id: str) -> Proposal | None:
    """One suggestion of the score, open or not."""
    rows = Suggestion.objects.filter(score_id=score_id, pk=suggestion_id)
    row = rows.select_related("author").first()
    return None if row is None else _proposal(row)


def _proposal(row: Suggestion) -> Proposal:
    card: Card = card_of(row.author)
    return Proposal(
        id=row.pk,
        author=row.author_id,
        by=card,
        kind=row.kind,
        region=Region(tuple(row.tracks), row.start, row.end),
        engine=row.engine,
        seed=row.seed,
        controls=Controls(**row.controls),
        seq=row.seq,
        replaces=row.replaces,
        replaced=row.replaced,
        candidates=[_candidate(candidate, row) for candidate in row.candidates.all()],
        state=State(row.state),
        error=(row.error_code, row.error_text) if row.error_code else None,
    )


def _candidate(row: Candidate, suggestion: Suggestion) -> CandidateState:
    votes = row.votes.values_list("person__key", "value")
    return CandidateState(
        index=row.index,
        notes=row.notes,
        done=row.done,
        tick=suggestion.end if row.done else 0,
        stats=row.stats,
        votes=dict(votes),
        verdict=row.verdict or None,
        kept=row.kept,
    )
