"""Why a suggestion socket is closed."""

from enum import IntEnum


class CloseCode(IntEnum):
    """The codes of the score socket, as far as they apply here."""

    LATER = 1013
    BAD_FRAME = 4400
    SIGN_IN = 4401
    NO_RIGHT = 4403
    NONE = 4404
    SLOW = 4408
    DELETED = 4410
    RATE = 4429
