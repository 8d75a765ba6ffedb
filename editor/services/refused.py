"""Why something was not done: an answer to a person, not a fault of the server."""

from __future__ import annotations


class Refused(Exception):
    """`code` is stable and translated by the pages; `text` is said in English."""

    status = 400

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class NotThere(Refused):
    """There is no such thing."""

    status = 404


class NoRight(Refused):
    """The person's role does not allow it."""

    status = 403


class Gone(Refused):
    """It was there, and is deleted, revoked or past its time."""

    status = 410


class Full(Refused):
    """A limit is reached."""

    status = 409


class Unfit(Refused):
    """What was sent can't be used."""

    status = 422


class Busy(Refused):
    """The server has too much to do right now."""

    status = 503


class TooMany(Refused):
    """So many at a time are not done."""

    status = 429


class TooOften(Refused):
    """Asked too often; `seconds` until asking again has a chance."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("too_often", f"That was too often. Try again in {seconds} seconds.")
        self.seconds = seconds
