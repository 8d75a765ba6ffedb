"""Order as strings: between any two of them there is always room for another."""

from __future__ import annotations

from editor.score.ids import ALPHABET


def orders_after(last: str | None, count: int) -> list[str]:
    """`count` order strings, each sorting (by code unit) after the one before and after `last`.

    Each goes up by one digit, and by one more place where the digits end, so that a long row of
    tracks keeps short orders. None ends in the lowest digit, since nothing fits below that.
    """
    orders: list[str] = []
    for _ in range(count):
        last = _next(last or "")
        orders.append(last)
    return orders


def _next(order: str) -> str:
    for place, character in enumerate(order):
        digit = max(0, ALPHABET.find(character))
        if digit + 1 < len(ALPHABET):
            return order[:place] + ALPHABET[digit + 1]
    return order + ALPHABET[1]
