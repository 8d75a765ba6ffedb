"""The address of the suggestion socket."""

from django.urls import re_path

from generation.consumers import SuggestionConsumer

websocket_urlpatterns = [
    re_path(r"^/?ws/scores/(?P<score_id>[^/]+)/suggestions/?$", SuggestionConsumer.as_asgi()),
]
