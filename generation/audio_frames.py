"""Sound on the suggestion socket: a little-endian header and PCM16.

Header: u8 version, u8 flags (1 = last frame), u16 channels, u32 stream, u32 sequence, u32 sample
rate.
"""

import struct
from typing import Final

HEADER: Final = struct.Struct("<BBHIII")
VERSION: Final = 1
LAST: Final = 1
CHANNELS: Final = 1


def audio_frame(stream: int, sequence: int, rate: int, pcm: bytes, *, last: bool) -> bytes:
    """One binary frame of a mono stream; `pcm` holds little-endian 16-bit samples."""
    return HEADER.pack(VERSION, LAST if last else 0, CHANNELS, stream, sequence, rate) + pcm
