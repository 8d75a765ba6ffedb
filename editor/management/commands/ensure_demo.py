"""``manage.py ensure_demo``: the demo score, if it is not there yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editor.demo.placing import do_place_demo


class Command(BaseCommand):
    """Makes the demo score once; later calls change nothing."""

    help = "Make the demo score if it is not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Place it and say what was done."""
        made = do_place_demo()
        if options["verbosity"] > 0:
            self.stdout.write("The demo score was made." if made else "The demo score is there.")
