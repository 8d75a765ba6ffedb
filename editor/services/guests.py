"""Guests: people without an account, known by their session alone."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import login
from django.db.models import Max
from django.http import HttpRequest

from editor.models import Person
from editor.models.person import new_key
from editor.score.palette import PEOPLE_COLORS
from editor.services.refused import Unfit
from editor.services.token_bucket import GUESTS
from editor.services.words import one_line

INSTRUMENTS: Final = (
    "Viola", "Oboe", "Cello", "Flute", "Horn", "Harp", "Clarinet", "Violin", "Bassoon", "Lute",
    "Trumpet", "Celesta", "Marimba", "Recorder", "Trombone", "Mandolin", "Piccolo", "Timpani",
    "Guitar", "Sitar", "Tuba", "Banjo", "Vibraphone", "Koto", "Saxophone", "Accordion", "Kora",
    "Glockenspiel", "Bass", "Ocarina", "Cornet", "Zither", "Organ", "Fiddle", "Bongo", "Piano",
    "Erhu", "Pipa", "Guzheng", "Suona", "Shamisen", "Duduk", "Kalimba", "Theremin", "Oud",
    "Bagpipe", "Tabla",
)  # fmt: skip
LONGEST_NAME: Final = 40
_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


def do_make_guest() -> Person:
    """A new guest, with the next instrument's name and the next colour."""
    place = Person.objects.aggregate(last=Max("pk"))["last"] or 0
    key = new_key()
    guest = Person(
        username=f"guest-{key}",
        key=key,
        name=INSTRUMENTS[place % len(INSTRUMENTS)],
        color=PEOPLE_COLORS[place % len(PEOPLE_COLORS)],
    )
    guest.set_unusable_password()
    guest.save()
    return guest


def person_of(request: HttpRequest) -> Person:
    """Who asks. A first visit makes a guest and a session; the answer carries its cookie.

    Raises:
        TooOften: if one address makes guests by the thousand.
    """
    if isinstance(request.user, Person):
        return request.user
    GUESTS.take(address_of(request))
    guest = do_make_guest()
    login(request, guest, backend=_BACKEND)
    return guest


def do_change_person(person: Person, *, name: str | None, color: int | None) -> Person:
    """Another name, another colour, or both.

    Raises:
        Unfit: for a name that is empty or too long, or a colour that is none of the twelve.
    """
    if name is not None:
        name = one_line(name)
        if not 1 <= len(name) <= LONGEST_NAME:
            raise Unfit("name_unfit", f"A name has 1 to {LONGEST_NAME} letters.")
        person.name = name
    if color is not None:
        if color not in PEOPLE_COLORS:
            raise Unfit("color_unfit", "A colour is a number from 1 to 12.")
        person.color = color
    person.save(update_fields=["name", "color"])
    return person


def address_of(request: HttpRequest) -> str:
    """The network address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))
