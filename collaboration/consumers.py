"""The score socket: from ASGI messages to the room and back."""

from channels.generic.websocket import AsyncWebsocketConsumer


class ScoreConsumer(AsyncWebsocketConsumer):
    """One browser's connection to one score."""

    channel_layer_alias = None
