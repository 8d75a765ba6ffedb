"""The Django app ``editor``."""

from django.apps import AppConfig


class EditorConfig(AppConfig):
    """Scores, people, rights, pages, and files in and out."""

    name = "editor"
    label = "editor"
