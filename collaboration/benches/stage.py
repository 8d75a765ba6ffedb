"""Sets the stage in a home folder: people with sessions, and a score that they share.

`python -m collaboration.benches.stage --people 3 --notes 1000` with ANTIPHON_HOME set prints
`{"score": id, "people": [{"id", "name", "cookie"}, ...]}`; the first person owns the score, the
others have `--role`. The home's database must be migrated.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Stage:
    """A score and the people around it; `cookies` are Cookie headers, the owner's first."""

    score_id: str
    cookies: list[str]
    person_ids: list[int]


def set_stage(
    home: Path,
    *,
    people: int,
    notes: int,
    role: str = "editor",
    environment: Mapping[str, str] | None = None,
) -> Stage:
    """Set the stage in a home folder from another process, which need not know Django.

    `environment` is what the server of that home is told besides, such as its database.
    """
    command = [sys.executable, "-m", "collaboration.benches.stage"]
    command += ["--people", str(people), "--notes", str(notes), "--role", role]
    told_to = {
        **os.environ,
        "ANTIPHON_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "editor.settings",
        **(environment or {}),
    }
    done = subprocess.run(
        command, cwd=CHECKOUT, env=told_to, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the stage can't be set:\n{done.stderr[-4000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Stage(
        told["score"],
        [person["cookie"] for person in told["people"]],
        [person["id"] for person in told["people"]],
    )


def _set(people: int, notes: int, role: str) -> dict[str, object]:
    import django

    django.setup()
    from django.db import transaction

    from collaboration import services
    from collaboration.benches.session_cookie import session_cookie
    from editor.models import Membership, Person
    from editor.models import Score as ScoreRow
    from editor.score.ids import NOTE_LENGTH, TRACK_LENGTH, new_id
    from editor.score.score import Note, Score, Track

    track = new_id(TRACK_LENGTH)
    content = Score(tracks={track: Track(track, "a0", name="Piano")})
    for index in range(notes):
        note = Note(new_id(NOTE_LENGTH), track, 36 + index * 7 % 48, index * 120, 110, 80)
        content.notes[note.id] = note
    with transaction.atomic():
        persons = []
        for _ in range(people):
            person = Person(username=new_id(16), name="Oboe")
            person.set_unusable_password()
            person.save()
            persons.append(person)
        score = ScoreRow.objects.create(title="Stage", owner=persons[0])
        for person in persons[1:]:
            Membership.objects.create(score=score, person=person, role=role)
        services.seed(score.pk, content, persons[0].pk)
        told = [
            {"id": person.pk, "name": person.name, "cookie": session_cookie(person)}
            for person in persons
        ]
    return {"score": score.pk, "people": told}


def main() -> None:
    """Read the command line and print the stage as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2)
    parser.add_argument("--notes", type=int, default=0)
    parser.add_argument("--role", default="editor")
    wanted = parser.parse_args()
    print(json.dumps(_set(wanted.people, wanted.notes, wanted.role)))


if __name__ == "__main__":
    main()
