#!/usr/bin/env python3
"""Antiphon's commands. Works on a bare Python: what a command needs is set up first."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so here
    sys.exit("Antiphon needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

from editor.bootstrap import enter

if __name__ == "__main__":
    sys.exit(enter(sys.argv[1:]))
