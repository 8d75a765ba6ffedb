"""What others may know of a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from editor.models import Person


class Card(TypedDict):
    """A person as shown to others: public id, name, colour slot 1-12."""

    key: str
    name: str
    color: int


def card_of(person: Person) -> Card:
    """The card of a person at hand."""
    return {"key": person.key, "name": person.name, "color": person.color}


def card(person_id: int) -> Card:
    """The card of the person with this id.

    Raises:
        Person.DoesNotExist: if there is nobody with it.
    """
    return card_of(Person.objects.only("key", "name", "color").get(pk=person_id))


def cards(person_ids: Iterable[int]) -> dict[int, Card]:
    """The cards of several people by id, in one query; unknown ids are left out."""
    people = Person.objects.only("key", "name", "color").filter(pk__in=set(person_ids))
    return {person.pk: card_of(person) for person in people}
