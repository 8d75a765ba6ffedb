"""From "sing this candidate" to a song: what is sung, when each tick sounds, who is silent."""

from collections.abc import Callable

from editor.score.score import Score
from editor.score.tempo import TempoMap
from editor.score.ticks import TICKS_PER_QUARTER
from generation.messages import BadMessage, Preview
from generation.proposal import CandidateState, Proposal
from generation.recordings import Song
from generation.room import SuggestionRoom
from generation.voices.catalogue import VOICES
from generation.voices.errors import VoiceError


async def song_of(
    room: SuggestionRoom, message: Preview
) -> tuple[Song, CandidateState, Callable[[], bool]]:
    """The song, the candidate that is sung, and whether notes of it may still come.

    Raises:
        BadMessage: there is no such candidate or voice, or the voice can't follow the settings.
    """
    voice = VOICES.get(message.voice)
    if voice is None:
        raise BadMessage("voice", f"There is no voice named {message.voice}.", message.ref)
    try:
        voice.check(message.settings)
    except VoiceError as problem:
        raise BadMessage(problem.code, problem.text, message.ref) from None
    proposal = await room.find(message.id, message.ref)
    chosen = proposal.chosen(message.candidate)
    if not chosen:
        raise BadMessage("not_found", "There is no such candidate.", message.ref)
    candidate = chosen[0]
    song = _song(await room.score(), proposal, message)
    if not _growing(proposal, candidate) and all(row[1] in song.silent for row in candidate.notes):
        text = "There is no note here that a voice can sing."
        raise BadMessage("nothing_to_sing", text, message.ref)
    return song, candidate, lambda: _growing(proposal, candidate)


def _song(score: Score, proposal: Proposal, message: Preview) -> Song:
    start = proposal.region.start
    if message.tempo is None:
        tempo = TempoMap(score.tempo)
        zero = tempo.seconds(start)
        timing = str(sorted(score.tempo.items()))

        def seconds(tick: int) -> float:
            return tempo.seconds(tick) - zero
    else:
        per_tick = 60.0 / message.tempo / TICKS_PER_QUARTER
        timing = f"{message.tempo:g}"

        def seconds(tick: int) -> float:
            return (tick - start) * per_tick

    drums = (track.id for track in score.tracks.values() if track.kind == "drums")
    return Song(
        suggestion=proposal.id,
        candidate=message.candidate,
        voice=message.voice,
        settings=message.settings,
        timing=timing,
        seconds=seconds,
        silent=frozenset(drums),
        ordered=len(proposal.region.tracks) == 1,
    )


def _growing(proposal: Proposal, candidate: CandidateState) -> bool:
    return proposal.at_work and not candidate.done
