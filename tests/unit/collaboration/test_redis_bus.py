"""The bus between processes, where no Redis answers."""

from collaboration.bus import Hint
from collaboration.redis_bus import RedisBus


def test_what_a_look_makes_good_is_let_go_of_while_others_add() -> None:
    """SPEC W7. An error here would end the thread that speaks to Redis, for good."""
    bus = RedisBus()
    bus._nudge = lambda: None  # type: ignore[method-assign]

    class Crowded(Hint):
        """Another thread's turn comes whenever this hint is looked at."""

        def __eq__(self, other: object) -> bool:
            bus.tell_others(Hint("event", "score0000001"))
            return self is other

    bus.tell_others(Crowded("rights", "score0000001"))
    for kind in ("committed", "presence", "event", "who", "deleted"):
        bus.tell_others(Hint(kind, "score0000001"))
    bus._forget_stale()
    assert [hint.kind for hint in bus._waiting] == ["rights", "event", "deleted"]
