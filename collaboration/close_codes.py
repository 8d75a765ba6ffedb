"""Why a score socket is closed. Clients stop for ever only on NO_RIGHT, NONE and DELETED."""

from enum import IntEnum


class CloseCode(IntEnum):
    """WebSocket close codes of the score socket (SPEC N2)."""

    RESTART = 1012
    LATER = 1013
    BAD_FRAME = 4400
    SIGN_IN = 4401
    NO_RIGHT = 4403
    NONE = 4404
    SLOW = 4408
    EPOCH = 4409
    DELETED = 4410
    CONTENT = 4422
    RATE = 4429
