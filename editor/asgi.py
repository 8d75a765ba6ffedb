"""The composition root for the server: pages over HTTP, scores and suggestions over sockets."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "editor.settings")
http_application = get_asgi_application()

# The routes import models, so they come after Django is set up.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from collaboration.routing import websocket_urlpatterns as score_sockets  # noqa: E402
from editor.origin import SameOrigin  # noqa: E402
from generation.routing import websocket_urlpatterns as suggestion_sockets  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http_application,
        "websocket": SameOrigin(
            AuthMiddlewareStack(URLRouter([*suggestion_sockets, *score_sockets]))
        ),
    }
)
