"""Share links: what they give, how they end, and that they can't be guessed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from collaboration.models import Head
from editor.models import Membership, Person, ShareLink
from editor.selectors.access import role_of
from editor.services import sharing
from editor.services.refused import Gone, NotThere
from tests.unit.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_buckets():
    cache.clear()


@pytest.fixture
def owner():
    return Visitor()


@pytest.fixture
def score(owner):
    return owner.send("POST", "/api/scores", {"title": "Duet"}, 201)["id"]


def make(
    owner: Visitor, score: str, role: str = "editor", hours: int | None = None
) -> dict[str, Any]:
    body = {"role": role, "expires_hours": hours}
    link: dict[str, Any] = owner.send("POST", f"/api/scores/{score}/links", body, 201)
    return link


def token(link: dict[str, Any]) -> str:
    return str(link["url"]).rpartition("/s/")[2]


def join(visitor: Visitor, link: dict[str, Any]) -> Person:
    person = visitor_person(visitor)
    sharing.do_join(person, sharing.link_of(token(link)))
    return person


def visitor_person(visitor: Visitor) -> Person:
    return Person.objects.get(key=visitor.get("/api/me")["key"])


def test_the_address_is_shown_again_but_not_kept(owner, score):
    link = make(owner, score)
    assert link["url"].startswith("http://testserver/s/") and len(token(link)) == 22
    assert owner.get(f"/api/scores/{score}/links") == [link]
    row = ShareLink.objects.get()
    kept = f"{row.digest}{bytes(row.nonce).hex()}{row.pk}"
    assert token(link) not in kept
    assert make(owner, score)["url"] != link["url"]


def test_a_link_gives_its_role_once_and_for_all_devices_of_the_person(owner, score):
    guest = Visitor()
    link = make(owner, score, "commenter")
    person = join(guest, link)
    assert role_of(person.pk, score) == "commenter"
    join(guest, link)
    assert Membership.objects.count() == 1
    join(guest, make(owner, score, "viewer"))
    assert role_of(person.pk, score) == "commenter"
    join(guest, make(owner, score, "editor"))
    assert role_of(person.pk, score) == "editor"


def test_the_owner_who_opens_a_link_stays_the_owner(owner, score):
    person = join(owner, make(owner, score, "viewer"))
    assert role_of(person.pk, score) == "owner"
    assert Membership.objects.count() == 0


def test_revoking_ends_every_membership_that_the_link_made(owner, score):
    guests = [Visitor(), Visitor()]
    link, other = make(owner, score), make(owner, score, "viewer")
    people = [join(guest, link) for guest in guests]
    join(guests[0], other)
    before = Head.objects.get(pk=score).rights
    owner.send("DELETE", f"/api/scores/{score}/links/{link['id']}", status=204)
    assert Head.objects.get(pk=score).rights > before
    assert [role_of(person.pk, score) for person in people] == ["viewer", None]
    assert [kept["id"] for kept in owner.get(f"/api/scores/{score}/links")] == [other["id"]]
    with pytest.raises(Gone):
        sharing.link_of(token(link))
    owner.send("DELETE", f"/api/scores/{score}/links/{link['id']}", status=204)
    assert owner.send("DELETE", f"/api/scores/{score}/links/none", status=404)


def test_a_link_ends_when_its_time_is_over(owner, score):
    guest = Visitor()
    link = make(owner, score, hours=1)
    person = join(guest, link)
    assert role_of(person.pk, score) == "editor"
    ShareLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert role_of(person.pk, score) is None
    with pytest.raises(Gone):
        sharing.link_of(token(link))
    assert owner.get(f"/api/scores/{score}/links") == []


def test_a_token_that_nobody_made_opens_nothing(owner, score):
    link = make(owner, score)
    for wrong in ("", "x", token(link)[:-1], token(link) + "A", "\udcff", "é" * 22, "A" * 5000):
        with pytest.raises(NotThere):
            sharing.link_of(wrong)


def test_another_secret_key_opens_nothing(owner, score, settings):
    link = make(owner, score)
    settings.SECRET_KEY = "another"
    with pytest.raises(NotThere):
        sharing.link_of(token(link))


def test_a_link_to_a_deleted_score_says_so(owner, score):
    link = make(owner, score)
    owner.send("DELETE", f"/api/scores/{score}", status=204)
    with pytest.raises(Gone) as gone:
        sharing.link_of(token(link))
    assert gone.value.code == "score_deleted"


def test_only_the_owner_shares(owner, score):
    guest = Visitor()
    join(guest, make(owner, score))
    guest.get(f"/api/scores/{score}/links", 403)
    guest.send("POST", f"/api/scores/{score}/links", {"role": "viewer"}, 403)


@pytest.mark.parametrize(
    "body",
    [{"role": "owner"}, {"role": "boss"}, {}, {"role": "viewer", "expires_hours": 0},
     {"role": "viewer", "expires_hours": 10**12}],
)  # fmt: skip
def test_links_that_can_not_be_are_refused(owner, score, body):
    owner.send("POST", f"/api/scores/{score}/links", body, 422)
    assert ShareLink.objects.count() == 0
