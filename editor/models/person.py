"""Somebody who composes here: a guest without an account, or the owner of one."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from editor.score.ids import new_id

KEY_LENGTH = 8


def new_key() -> str:
    """A fresh public id of a person."""
    return new_id(KEY_LENGTH)


class Person(AbstractUser):
    """`key` is the id that others see, `name` the name, `color` a slot 1-12 of the palette."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=60)
    color = models.PositiveSmallIntegerField(default=3)
    guest = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"
