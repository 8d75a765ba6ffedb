"""Counts what the test runners ran, from the reports that they write."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tests passed, failed (errors included) and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )


def of_junit(report: Path) -> Tally:
    """Read pytest's XML report; an absent or broken one counts nothing."""
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return Tally()
    total = Tally()
    for suite in suites:
        ran = int(suite.get("tests", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        total += Tally(max(0, ran - failed - skipped), failed, skipped)
    return total


def of_vitest(report: Path) -> Tally:
    """Read Vitest's JSON report; an absent or broken one counts nothing."""
    try:
        said = json.loads(report.read_text(encoding="utf-8"))
        return Tally(
            int(said["numPassedTests"]),
            int(said["numFailedTests"]),
            int(said["numPendingTests"]),
        )
    except (OSError, ValueError, KeyError):
        return Tally()
