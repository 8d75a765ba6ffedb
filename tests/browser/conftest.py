"""A real Chromium against a real server.

Every page is watched: an uncaught error, a console error or a violation of the content security
policy fails the test in which it happens, unless the test says that it expects it
(`watch.expect("part of the message")`).
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.integration.server import Server, running_server

# Without them Chromium looks up its maker's hosts at every start.
QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",
]
# A dropped connection while the server is down is what such tests are about.
NETWORK = ("net::ERR_", "WebSocket connection to", "Failed to load resource")


@dataclass
class Watch:
    """What went wrong in the pages of a test."""

    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, part: str) -> None:
        """Let messages that contain `part` pass."""
        self.expected.append(part)

    def look_at(self, page: Page) -> None:
        """Collect what `page` complains about from now on."""
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("console", self._console)

    def unexpected(self) -> list[str]:
        """What nobody expected."""
        return [text for text in self.problems if not any(part in text for part in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        refused = "Content Security Policy" in text
        if refused or (message.type == "error" and not any(part in text for part in NETWORK)):
            self.problems.append(f"console {message.type}: {text} ({message.location})")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """How Playwright starts Chromium."""
    arguments = list(QUIET)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "args": arguments}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all browser tests."""
    with running_server() as started:
        yield started
        said = started.said()
        assert "Traceback" not in said, f"the server printed a traceback:\n{said[-6000:]}"


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for one test alone, which may kill it."""
    with running_server() as started:
        yield started


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test when a page of it complained."""
    watching = Watch()
    yield watching
    unexpected = watching.unexpected()
    assert not unexpected, "the pages complained:\n" + "\n".join(unexpected)


@pytest.fixture
def visitor(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Makes visitors: each call opens a page in a browser context of its own.

    Keyword arguments go to Playwright's ``new_context`` (``locale``, ``viewport`` …).
    """
    contexts: list[BrowserContext] = []

    def arrive(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.on("page", watch.look_at)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()
