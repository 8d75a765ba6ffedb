"""Random and hand-made pieces for the composer's tests."""

from hypothesis import strategies as st

from editor.score.score import Note, Score, Track
from generation.composer.piece import GridNote, Part, Piece, tidy
from generation.composer.vocabulary import DURATIONS, PITCH_HIGH, PITCH_LOW

METERS = ((4, 4), (3, 4), (6, 8), (2, 2), (5, 4), (7, 8), (21, 16), (28, 4), (12, 8))

grid_notes = st.builds(
    GridNote,
    st.integers(0, 400),
    st.integers(PITCH_LOW, PITCH_HIGH),
    st.sampled_from(DURATIONS),
    st.one_of(st.none(), st.integers(1, 127)),
)


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    """A piece of one to four parts, meters that change anywhere, sometimes with controls."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        notes = draw(st.lists(grid_notes, max_size=30))
        if draw(st.booleans()):
            notes = [n._replace(velocity=None) for n in notes]
        else:
            notes = [n._replace(velocity=n.velocity or 64) for n in notes]
        parts.append(Part(draw(st.one_of(st.none(), st.integers(0, 127))), tidy(notes)))
    meters = [(0, *draw(st.sampled_from(METERS)))]
    for step in draw(st.lists(st.integers(1, 380), max_size=3, unique=True)):
        meters.append((step, *draw(st.sampled_from(METERS))))
    piece = Piece(parts, sorted(meters))
    if draw(st.booleans()):
        piece.style = draw(st.integers(0, 7))
        piece.key = (draw(st.integers(0, 11)), draw(st.booleans()))
        piece.tempos = [(0, draw(st.floats(20, 400)))]
        piece.chords = [(0, 2, 1), (24, 7, 2), (96, 0, None)]
    return piece


def tune(parts: int = 2, bars: int = 8, velocity: int = 80) -> Piece:
    """A plain piece in four-four: quarters going up and down a scale, parts a tenth apart."""
    scale = (0, 2, 4, 5, 7, 9, 11, 12)
    return Piece(
        [
            Part(
                0,
                [
                    GridNote(12 * i, 48 + 16 * p + scale[(3 * i // 2 + p) % 8], 12, None)
                    for i in range(4 * bars)
                ],
            )
            for p in range(parts)
        ],
        [(0, 4, 4)],
    )


def score_of(piece: Piece, velocity: int = 80) -> Score:
    """A piece as a score: tracks t0, t1 ... in ticks."""
    score = Score()
    for p, part in enumerate(piece.parts):
        score.tracks[f"t{p}"] = Track(f"t{p}", f"a{p}", program=part.program or 0)
        for i, note in enumerate(part.notes):
            name = f"n{p}-{i}"
            score.notes[name] = Note(
                name, f"t{p}", note.pitch, note.start * 40, note.duration * 40,
                note.velocity or velocity,
            )  # fmt: skip
    score.meter = {step * 40: (n, d) for step, n, d in piece.meters}
    return score
