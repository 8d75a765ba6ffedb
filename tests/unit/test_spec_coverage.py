"""Every rule of the score socket's SPEC has a test that cites it, and no test cites another."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULE = re.compile(r"^- \*\*([A-Z]\d+)\*\*", re.MULTILINE)
CITATION = re.compile(
    r"SPEC\s+([A-Z]\d+(?:-[A-Z]?\d+)?(?:(?:,\s*|\s+and\s+)[A-Z]\d+(?:-[A-Z]?\d+)?)*)"
)
ONE = re.compile(r"([A-Z])(\d+)(?:-[A-Z]?(\d+))?")


def rules() -> list[str]:
    return RULE.findall((ROOT / "collaboration" / "SPEC.md").read_text(encoding="utf-8"))


def cited(text: str) -> Iterator[str]:
    """The rules that a text cites: "SPEC W3", "SPEC A1, W3", "SPEC F1-F5"."""
    for run in CITATION.findall(text):
        for letter, first, last in ONE.findall(run):
            for number in range(int(first), int(last or first) + 1):
                yield f"{letter}{number}"


def citations() -> dict[str, set[str]]:
    """The files that cite a rule, by rule."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix in {".py", ".ts"} and path != Path(__file__):
            for rule in cited(path.read_text(encoding="utf-8")):
                found.setdefault(rule, set()).add(str(path.relative_to(ROOT)))
    return found


def test_rules_are_numbered_once() -> None:
    numbered = rules()
    assert len(numbered) > 40
    assert sorted(numbered) == sorted(set(numbered))


def test_every_rule_is_cited_by_a_test() -> None:
    assert set(rules()) - citations().keys() == set()


def test_no_test_cites_a_rule_that_does_not_exist() -> None:
    unknown = {rule: files for rule, files in citations().items() if rule not in rules()}
    assert unknown == {}


def test_lists_and_ranges_are_read() -> None:
    assert list(cited("SPEC A1, W3 and V2; SPEC F1-F3.")) == ["A1", "W3", "V2", "F1", "F2", "F3"]
