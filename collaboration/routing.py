"""Where the live document listens."""

from django.urls import re_path

from collaboration.consumers import ScoreConsumer

websocket_urlpatterns = [
    re_path(r"^ws/scores/(?P<score_id>[0-9A-Za-z]{1,64})/?$", ScoreConsumer.as_asgi()),
]
