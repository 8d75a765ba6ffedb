"""Token buckets on the cache: how often something may be done."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from editor.services.refused import TooOften


@dataclass(frozen=True, slots=True)
class Bucket:
    """Holds `burst` tokens and gains `a_minute` of them each minute; doing a thing takes one."""

    name: str
    burst: int
    a_minute: float

    def take(self, who: str | int) -> None:
        """Take one token of `who`.

        Two processes that ask at the same moment may both get the last one: the limit guards
        against floods, not against a single one too many.

        Raises:
            TooOften: if none is left.
        """
        key = f"bucket:{self.name}:{who}"
        a_second = self.a_minute / 60
        now = time.time()
        tokens, since = cache.get(key, (float(self.burst), now))
        tokens = min(self.burst, tokens + max(0.0, now - since) * a_second)
        if tokens < 1:
            raise TooOften(math.ceil((1 - tokens) / a_second))
        cache.set(key, (tokens - 1, now), timeout=math.ceil(self.burst / a_second))


GUESTS: Final = Bucket("guests", burst=1000, a_minute=600)
SCORES: Final = Bucket("scores", burst=30, a_minute=20)
IMPORTS: Final = Bucket("imports", burst=30, a_minute=20)
RENDERS: Final = Bucket("renders", burst=6, a_minute=4)
WRONG_LINKS: Final = Bucket("wrong_links", burst=20, a_minute=12)
