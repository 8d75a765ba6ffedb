"""The content security policy holds in a real browser, and the watch over pages sees breaches."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watch
from tests.integration.server import Server

INLINE = """kind => {
  const element = document.createElement(kind);
  element.textContent = kind === 'script' ? "document.title = 'broken in'" : 'body {color: red}';
  document.documentElement.append(element);
}"""


@pytest.mark.parametrize("kind", ["script", "style"])
def test_inline_code_is_refused_and_noticed(
    visitor: Callable[..., Page], server: Server, watch: Watch, kind: str
) -> None:
    page = visitor()
    page.goto(f"{server.url}/healthz")
    assert watch.unexpected() == []
    page.evaluate(INLINE, kind)
    page.wait_for_timeout(200)
    assert page.title() != "broken in"
    [problem] = watch.unexpected()
    assert "Content Security Policy" in problem
    watch.expect("Content Security Policy")


def test_uncaught_errors_are_noticed(
    visitor: Callable[..., Page], server: Server, watch: Watch
) -> None:
    page = visitor()
    page.goto(f"{server.url}/healthz")
    page.evaluate("setTimeout(() => { throw new Error('a wrong note'); })")
    page.wait_for_timeout(200)
    assert any("a wrong note" in problem for problem in watch.unexpected())
    watch.expect("a wrong note")
