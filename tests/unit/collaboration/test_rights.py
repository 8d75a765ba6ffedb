"""SPEC R: everybody's role in one query, the same as asked one by one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from collaboration.rights import roles_in
from editor.models import Membership, Person, Score
from editor.selectors import access

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("template", [False, True])
def test_roles_are_those_that_access_names(
    template: bool, django_assert_num_queries: Callable[[int], Any]
) -> None:
    owner, editor, viewer, stranger = (
        Person.objects.create(username=name, name=name)
        for name in ("oboe", "viola", "harp", "alto")
    )
    score = Score.objects.create(title="Étude", owner=owner, template=template)
    Membership.objects.create(score=score, person=editor, role="editor")
    Membership.objects.create(score=score, person=viewer, role="viewer")
    with django_assert_num_queries(1):
        roles = roles_in(score.pk)
    assert roles is not None
    for person in (owner, editor, viewer, stranger):
        assert roles.of(person.pk) == access.role_of(person.pk, score.pk)
    score.deleted_at = timezone.now() - timedelta(seconds=1)
    score.save()
    assert roles_in(score.pk) is None
    assert roles_in("AAAAAAAAAAAA") is None
