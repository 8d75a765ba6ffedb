"""The Django app ``collaboration``."""

from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    """The live document: rooms, journal, presence."""

    name = "collaboration"
    label = "collaboration"
