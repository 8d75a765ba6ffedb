"""Scores that tests build on."""

from editor.score.score import Note, Score, Track


def small_score() -> Score:
    """Two tracks, six notes, a tempo, a meter and a key of its own."""
    score = Score(title="Small")
    score.tracks = {
        "leadlead": Track("leadlead", "1", "Lead", program=73, color=2),
        "drumdrum": Track("drumdrum", "2", "Kit", kind="drums", color=10),
    }
    rows = [("leadlead", 60, 0), ("leadlead", 64, 480), ("leadlead", 67, 960),
            ("drumdrum", 36, 0), ("drumdrum", 38, 480), ("drumdrum", 36, 960)]  # fmt: skip
    for number, (track, pitch, start) in enumerate(rows):
        name = f"note00000{number}"
        score.notes[name] = Note(name, track, pitch, start, 240, 90)
    score.tempo = {0: (600_000, 0)}
    score.meter = {0: (3, 4)}
    score.keys = {0: (-1, "minor")}
    return score
