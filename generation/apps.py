"""The Django app ``generation``."""

from django.apps import AppConfig


class GenerationConfig(AppConfig):
    """Engines, voices, training and the worker."""

    name = "generation"
    label = "generation"
