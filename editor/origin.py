"""Refuses sockets that another site's page opens.

A browser sends cookies with every socket, whoever's page opens it; only the Origin header tells.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host


class SameOrigin:
    """ASGI middleware for sockets: the page's origin must be the server's own or a trusted one."""

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Pass the socket on, or deny it (HTTP 403) before it opens."""
        if scope["type"] != "websocket":
            raise ValueError("SameOrigin guards sockets only")
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if is_same_origin(headers.get(b"origin", ""), headers.get(b"host", "")):
            await self.application(scope, receive, send)
        else:
            await WebsocketDenier()(scope, receive, send)


def is_same_origin(origin: str, host: str) -> bool:
    """Tell whether a page of `origin` ("https://a.org:1234") may open a socket to `host`.

    An absent or opaque origin ("null") may not. The host itself has to be one that the server
    answers to, or a rebound DNS name would count as its own origin.
    """
    if not origin or origin == "null":
        return False
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    try:
        page = urlsplit(origin)
    except ValueError:
        return False
    return page.scheme in {"http", "https"} and page.netloc.lower() == host.lower()
