"""General MIDI: the names of the 128 programs, of their families and of the drum kits."""

from typing import Final

FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "Piano": (
        "Acoustic grand piano",
        "Bright acoustic piano",
        "Electric grand piano",
        "Honky-tonk piano",
        "Electric piano 1",
        "Electric piano 2",
        "Harpsichord",
        "Clavinet",
    ),
    "Chromatic percussion": (
        "Celesta",
        "Glockenspiel",
        "Music box",
        "Vibraphone",
        "Marimba",
        "Xylophone",
        "Tubular bells",
        "Dulcimer",
    ),
    "Organ": (
        "Drawbar organ",
        "Percussive organ",
        "Rock organ",
        "Church organ",
        "Reed organ",
        "Accordion",
        "Harmonica",
        "Bandoneon",
    ),
    "Guitar": (
        "Nylon-string guitar",
        "Steel-string guitar",
        "Jazz guitar",
        "Clean electric guitar",
        "Muted electric guitar",
        "Overdriven guitar",
        "Distortion guitar",
        "Guitar harmonics",
    ),
    "Bass": (
        "Acoustic bass",
        "Fingered electric bass",
        "Picked electric bass",
        "Fretless bass",
        "Slap bass 1",
        "Slap bass 2",
        "Synth bass 1",
        "Synth bass 2",
    ),
    "Strings": (
        "Violin",
        "Viola",
        "Cello",
        "Contrabass",
        "Tremolo strings",
        "Pizzicato strings",
        "Harp",
        "Timpani",
    ),
    "Ensemble": (
        "String ensemble 1",
        "String ensemble 2",
        "Synth strings 1",
        "Synth strings 2",
        "Choir aahs",
        "Voice oohs",
        "Synth choir",
        "Orchestra hit",
    ),
    "Brass": (
        "Trumpet",
        "Trombone",
        "Tuba",
        "Muted trumpet",
        "French horn",
        "Brass section",
        "Synth brass 1",
        "Synth brass 2",
    ),
    "Reed": (
        "Soprano sax",
        "Alto sax",
        "Tenor sax",
        "Baritone sax",
        "Oboe",
        "English horn",
        "Bassoon",
        "Clarinet",
    ),
    "Pipe": (
        "Piccolo",
        "Flute",
        "Recorder",
        "Pan flute",
        "Blown bottle",
        "Shakuhachi",
        "Whistle",
        "Ocarina",
    ),
    "Synth lead": (
        "Square lead",
        "Sawtooth lead",
        "Calliope lead",
        "Chiff lead",
        "Charang lead",
        "Voice lead",
        "Fifths lead",
        "Bass and lead",
    ),
    "Synth pad": (
        "New age pad",
        "Warm pad",
        "Polysynth pad",
        "Choir pad",
        "Bowed pad",
        "Metallic pad",
        "Halo pad",
        "Sweep pad",
    ),
    "Synth effects": (
        "Rain",
        "Soundtrack",
        "Crystal",
        "Atmosphere",
        "Brightness",
        "Goblins",
        "Echoes",
        "Sci-fi",
    ),
    "Folk": (
        "Sitar",
        "Banjo",
        "Shamisen",
        "Koto",
        "Kalimba",
        "Bagpipe",
        "Fiddle",
        "Shanai",
    ),
    "Percussive": (
        "Tinkle bell",
        "Agogo",
        "Steel drums",
        "Woodblock",
        "Taiko drum",
        "Melodic tom",
        "Synth drum",
        "Reverse cymbal",
    ),
    "Sound effects": (
        "Guitar fret noise",
        "Breath noise",
        "Seashore",
        "Bird tweet",
        "Telephone ring",
        "Helicopter",
        "Applause",
        "Gunshot",
    ),
}
"""Eight programs each, in the order of their numbers."""

PROGRAMS: Final[tuple[str, ...]] = tuple(name for family in FAMILIES.values() for name in family)
KITS: Final[dict[int, str]] = {
    0: "Standard kit",
    8: "Room kit",
    16: "Power kit",
    24: "Electronic kit",
    25: "Analog kit",
    32: "Jazz kit",
    40: "Brush kit",
    48: "Orchestra kit",
    56: "Effects kit",
}
"""Drum kits by program, as GM2 and GS number them."""

DRUM_CHANNEL: Final = 9
"""Channel 10 as people count."""


def instrument_name(program: int, *, drums: bool) -> str:
    """The name of a program 0-127, or of a kit on a drum track (unknown kits are Standard)."""
    return KITS.get(program, KITS[0]) if drums else PROGRAMS[program]


def family_of(program: int) -> str:
    """The family that a program 0-127 belongs to."""
    return tuple(FAMILIES)[program // 8]
