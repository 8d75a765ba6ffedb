"""Who may do what: owners, memberships, links that end, templates, the trash."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editor.models import Membership, Person, Score, ShareLink
from editor.selectors.access import exists, role_of
from editor.selectors.people import card, cards

pytestmark = pytest.mark.django_db


def person(name: str) -> Person:
    return Person.objects.create(username=name, name=name)


def link(score: Score, role: str, **fields: object) -> ShareLink:
    return ShareLink.objects.create(
        score=score,
        role=role,
        nonce=b"n" * 16,
        digest=f"{role}{ShareLink.objects.count()}",
        **fields,
    )


def test_a_score_is_ok_deleted_or_unknown():
    score = Score.objects.create(owner=person("Viola"), title="A")
    assert exists(score.pk) == "ok"
    score.deleted_at = timezone.now()
    score.save()
    assert exists(score.pk) == "deleted"
    assert exists("nowhere") == "none"


def test_the_owner_owns_and_a_stranger_has_no_role():
    owner, stranger = person("Viola"), person("Oboe")
    score = Score.objects.create(owner=owner, title="A")
    assert role_of(owner.pk, score.pk) == "owner"
    assert role_of(stranger.pk, score.pk) is None
    assert role_of(None, score.pk) is None


def test_the_best_of_several_memberships_counts():
    score = Score.objects.create(owner=person("Viola"), title="A")
    guest = person("Oboe")
    Membership.objects.create(score=score, person=guest, role="viewer", link=link(score, "viewer"))
    assert role_of(guest.pk, score.pk) == "viewer"
    Membership.objects.create(score=score, person=guest, role="editor", link=link(score, "editor"))
    assert role_of(guest.pk, score.pk) == "editor"
    Membership.objects.create(score=score, person=guest, role="commenter")
    assert role_of(guest.pk, score.pk) == "editor"


@pytest.mark.parametrize("field", ["expires", "revoked"])
def test_a_link_that_ended_takes_its_role_along(field):
    score = Score.objects.create(owner=person("Viola"), title="A")
    guest = person("Oboe")
    ended = link(score, "editor", **{field: timezone.now() - timedelta(seconds=1)})
    Membership.objects.create(score=score, person=guest, role="editor", link=ended)
    assert role_of(guest.pk, score.pk) is None
    lasting = link(score, "viewer", expires=timezone.now() + timedelta(hours=1))
    Membership.objects.create(score=score, person=guest, role="viewer", link=lasting)
    assert role_of(guest.pk, score.pk) == "viewer"


def test_a_template_is_everybodys_to_view():
    score = Score.objects.create(owner=person("Antiphon"), title="Demo", template=True)
    assert role_of(None, score.pk) == "viewer"
    assert role_of(person("Oboe").pk, score.pk) == "viewer"
    score.deleted_at = timezone.now()
    score.save()
    assert role_of(None, score.pk) is None


def test_a_score_in_the_trash_gives_not_even_its_owner_a_role():
    owner = person("Viola")
    score = Score.objects.create(owner=owner, title="A", deleted_at=timezone.now())
    assert role_of(owner.pk, score.pk) is None


def test_cards_tell_key_name_and_colour_only():
    viola = Person.objects.create(username="v", name="Viola", color=5)
    assert card(viola.pk) == {"key": viola.key, "name": "Viola", "color": 5}
    assert len(viola.key) == 8
    assert set(cards([viola.pk, viola.pk + 1])) == {viola.pk}
    with pytest.raises(Person.DoesNotExist):
        card(viola.pk + 1)
