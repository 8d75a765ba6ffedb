"""The pages. They hold no score: the editor's shell is the same for every one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from editor.demo import DEMO_ID
from editor.services.guests import address_of, person_of
from editor.services.refused import Refused
from editor.services.sharing import do_join, link_of
from editor.services.token_bucket import WRONG_LINKS
from editor.views.problems import problem_page

View = Callable[..., HttpResponse]


def visited(view: View) -> View:
    """A page that makes its visitor a guest, gives the CSRF cookie and says refusals in words."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            person_of(request)
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return problem_page(request, refusal.code, refusal.status)

    return never_cache(ensure_csrf_cookie(page))


@require_safe
@visited
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, and the way to the demo."""
    return render(request, "landing.html", {"demo_id": DEMO_ID})


@require_safe
@visited
def scores(request: HttpRequest) -> HttpResponse:
    """My scores."""
    return render(request, "scores.html")


@require_safe
@visited
def editor(request: HttpRequest, score_id: str) -> HttpResponse:
    """The editor. Whether there is such a score, and for whom, is said by its socket."""
    return render(request, "editor.html")


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def share(request: HttpRequest, token: str) -> HttpResponse:
    """A share link: GET says what it opens, POST gives the role and goes there."""
    try:
        link = link_of(token)
    except Refused:
        WRONG_LINKS.take(address_of(request))
        raise
    if request.method == "POST":
        do_join(person_of(request), link)
        return redirect(f"/scores/{link.score_id}/")
    return render(request, "share.html", {"title": link.score.title, "role": link.role})
