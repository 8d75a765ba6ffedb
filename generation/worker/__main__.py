"""Entry of a worker process: `python -m generation.worker thinking|singing`, frames on stdio."""

import logging
import os
import signal
import sys
import threading
import time
from typing import Final

NICENESS: Final = {"thinking": 10, "singing": 5}


LOOK_EVERY: Final = 0.5


def end_with(parent: int) -> None:
    """End this process soon after `parent` is gone, also while it is busy or still loading."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(0)


def main(role: str) -> None:
    """Take the pipe, step back behind the server, and work until the pipe closes."""
    # Whatever a library prints must not get between the frames.
    output = os.dup(1)
    os.dup2(2, 1)
    for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[variable] = "1"
    os.nice(NICENESS[role])
    # Ctrl-C in a terminal reaches everyone; the worker ends when the server closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    from generation.worker.frames import Inbox

    try:
        if role == "thinking":
            from generation.worker.thinking import Thinking

            Thinking(Inbox(0), output).run()
        else:
            from generation.worker.singing import Singing

            Singing(Inbox(0), output).run()
    except BrokenPipeError:
        # The server is gone; so is the work.
        os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in NICENESS:
        raise SystemExit("usage: python -m generation.worker thinking|singing")
    main(sys.argv[1])
