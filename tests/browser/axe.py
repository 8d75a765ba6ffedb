"""Asks axe-core what keeps people with assistive tools out of a page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}


def grave_violations(page: Page) -> list[str]:
    """Serious and critical violations in the page as it is now, one line each."""
    # Evaluated by the debugger, so that the page's own security policy stays in force.
    page.evaluate(SOURCE.read_text(encoding="utf-8") + "; undefined")
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{item['id']} ({item['impact']}): {item['help']}: {node['html'][:160]}"
        for item in found["violations"]
        if item["impact"] in GRAVE
        for node in item["nodes"]
    ]
