"""Sets the stage in a home folder: people with sessions around a score of four-part music.

`python -m generation.benches.stage --roles owner,editor,viewer --bars 8` with ANTIPHON_HOME set
prints one line of JSON. With `--suggested N` N complete suggestions of four bars stand open as
well. The home's database must be migrated.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parent.parent.parent
BAR: Final = 4 * 480
MELODY: Final = (72, 74, 76, 77, 79, 77, 76, 74, 72, 71, 69, 71, 72, 76, 74, 71)
CHORDS: Final = ((48, 55, 64), (53, 57, 65), (43, 55, 62), (48, 55, 64))


@dataclass(frozen=True, slots=True)
class Stage:
    """A score and the people around it; `cookies` are Cookie headers by role.

    `tracks` are the ids of melody, chords and drums; `bars` of music are written from tick 0;
    `suggestions` are the ids of those that stand open.
    """

    score: str
    cookies: dict[str, str]
    keys: dict[str, str]
    people: dict[str, int]
    tracks: list[str]
    bars: int
    suggestions: list[str]

    @property
    def end(self) -> int:
        """The first tick after the music."""
        return self.bars * BAR


def set_stage(home: Path, *, roles: str = "owner", bars: int = 8, suggested: int = 0) -> Stage:
    """Set the stage from another process, which need not know Django. `roles` with commas."""
    command = [sys.executable, "-m", "generation.benches.stage", "--roles", roles]
    command += ["--bars", str(bars), "--suggested", str(suggested)]
    environment = {
        **os.environ,
        "ANTIPHON_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "editor.settings",
    }
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the stage can't be set:\n{done.stderr[-4000:]}")
    return Stage(**json.loads(done.stdout.splitlines()[-1]))


def _set(roles: list[str], bars: int, suggested: int) -> dict[str, object]:
    import django

    django.setup()
    from django.db import transaction

    from collaboration import services
    from collaboration.benches.session_cookie import session_cookie
    from editor.models import Membership, Person
    from editor.models import Score as ScoreRow
    from editor.score.ids import NOTE_LENGTH, TRACK_LENGTH, new_id
    from editor.score.score import Note, Score, Track

    lead, chords, drums = (new_id(TRACK_LENGTH) for _ in range(3))
    score = Score(
        tracks={
            lead: Track(lead, "a0", name="Lead", program=73),
            chords: Track(chords, "a1", name="Piano"),
            drums: Track(drums, "a2", name="Drums", kind="drums"),
        }
    )

    def add(track: str, pitch: int, start: int, duration: int) -> None:
        note = Note(new_id(NOTE_LENGTH), track, pitch, start, duration, 84)
        score.notes[note.id] = note

    for bar in range(bars):
        for beat in range(4):
            add(lead, MELODY[(4 * bar + beat) % len(MELODY)], bar * BAR + beat * 480, 480)
            add(drums, 36 if beat % 2 == 0 else 38, bar * BAR + beat * 480, 120)
        for pitch in CHORDS[bar % len(CHORDS)]:
            add(chords, pitch, bar * BAR, BAR)

    with transaction.atomic():
        people = {}
        for role in roles:
            person = Person(username=new_id(16), name="Oboe")
            person.set_unusable_password()
            person.save()
            people[role] = person
        owner = people[roles[0]]
        row = ScoreRow.objects.create(title="Stage", owner=owner)
        for role in roles[1:]:
            Membership.objects.create(score=row, person=people[role], role=role)
        services.seed(row.pk, score, owner.pk)
        suggestions = [
            _suggest(row.pk, owner.pk, lead, bars * BAR, transposed)
            for transposed in range(suggested)
        ]
        cookies = {role: session_cookie(person) for role, person in people.items()}
    return {
        "score": row.pk,
        "cookies": cookies,
        "keys": {role: person.key for role, person in people.items()},
        "people": {role: person.pk for role, person in people.items()},
        "tracks": [lead, chords, drums],
        "bars": bars,
        "suggestions": suggestions,
    }


def _suggest(score: str, author: int, track: str, start: int, transposed: int) -> str:
    """A complete suggestion of one candidate: the melody again, somewhat higher."""
    from editor.score.ids import NOTE_LENGTH, new_id
    from generation.models import Candidate, State, Suggestion

    row = Suggestion.objects.create(
        score_id=score,
        author_id=author,
        engine="Stage",
        kind="continue",
        tracks=[track],
        start=start,
        end=start + 4 * BAR,
        seed=0,
        seq=1,
        state=State.READY,
        boot="",
    )
    notes = [
        [new_id(NOTE_LENGTH), track, pitch - 12 + transposed, start + beat * 480, 480, 84, 0.0]
        for beat, pitch in enumerate(MELODY)
    ]
    Candidate.objects.create(suggestion=row, index=0, notes=notes, done=True)
    return row.pk


def main() -> None:
    """Read the command line and print the stage as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roles", default="owner")
    parser.add_argument("--bars", type=int, default=8)
    parser.add_argument("--suggested", type=int, default=0)
    wanted = parser.parse_args()
    print(json.dumps(_set(wanted.roles.split(","), wanted.bars, wanted.suggested)))


if __name__ == "__main__":
    main()
