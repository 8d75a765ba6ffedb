"""Reads strangers' MIDI files in a process of their own.

A file that takes too long or too much memory ends that process, not the server, and while it is
read nobody's edits wait for the interpreter. ``python -m editor.files.midi_process`` is that
process: the file's name (JSON) and a line end, then the file, on stdin; JSON on stdout.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from editor.files.midi_in import Imported, import_midi
from editor.files.refusal import FileRefused
from editor.files.score_json import score_from_json, score_to_json
from editor.files.smf import LARGEST_FILE

LONGEST_SECONDS: Final = 10
LONGEST_WAIT_SECONDS: Final = 20
MOST_MEMORY: Final = 2 * 1024**3
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""So many files does one server process have read at a time; others wait."""

_ROOT: Final = Path(__file__).resolve().parent.parent.parent


def read_midi_file(data: bytes, filename: str) -> Imported:
    """`editor.files.midi_in.import_midi` in another process, within ten seconds.

    Raises:
        FileRefused: as `import_midi` does, and when reading takes too long or fails.
    """
    if len(data) > LARGEST_FILE:
        raise FileRefused("file_too_large", "This file is larger than 20 MB, the most we open.")
    if not _AT_ONCE.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise FileRefused("busy", "The server reads many files just now. Try again.")
    # -S: the standard library is all that reading takes, so site-packages aren't looked through.
    command = [sys.executable, "-S", "-m", "editor.files.midi_process"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(filename).encode() + b"\n" + data,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            cwd=_ROOT,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused(
            "midi_too_long", "Reading this MIDI file takes longer than ten seconds."
        ) from error
    except subprocess.CalledProcessError as error:
        raise FileRefused("midi_unreadable", "This MIDI file can't be read.") from error
    finally:
        _AT_ONCE.release()
    head, _, score = done.stdout.partition(b"\n")
    answer = json.loads(head)
    if "code" in answer:
        raise FileRefused(answer["code"], answer["text"])
    return Imported(score_from_json(score), answer["warnings"])


def main() -> None:
    """The other process."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        imported = import_midi(data, json.loads(head))
    except FileRefused as refusal:
        sys.stdout.write(json.dumps({"code": refusal.code, "text": refusal.text}) + "\n")
    else:
        sys.stdout.write(json.dumps({"warnings": imported.warnings}) + "\n")
        sys.stdout.write(score_to_json(imported.score))


if __name__ == "__main__":
    main()
