"""The HTTP interface, called as a browser calls it: with cookies and a CSRF token."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from collaboration import services as live
from collaboration.models import Update
from collaboration.services import Change
from editor.files.midi_in import import_midi
from editor.files.midi_out import export_midi
from editor.models import Membership, Person, Score
from editor.services import quota, token_bucket
from tests.unit.scores import small_score
from tests.unit.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_buckets():
    cache.clear()


def test_a_first_visit_makes_a_guest_and_keeps_it():
    visitor = Visitor()
    me = visitor.get("/api/me")
    assert me["guest"] is True and me["name"] and 1 <= me["color"] <= 12
    assert visitor.get("/api/me") == me
    assert Person.objects.count() == 1
    other = Visitor().get("/api/me")
    assert other["key"] != me["key"] and other["name"] != me["name"]
    assert other["color"] != me["color"]


def test_a_person_changes_name_and_colour():
    visitor = Visitor()
    changed = visitor.send("PATCH", "/api/me", {"name": "  Ada   L ", "color": 9})
    assert (changed["name"], changed["color"]) == ("Ada L", 9)
    assert visitor.send("PATCH", "/api/me", {"name": " "}, 422)["code"] == "name_unfit"
    assert visitor.send("PATCH", "/api/me", {"color": 13}, 422)["code"] == "color_unfit"
    assert visitor.send("PATCH", "/api/me", {"color": "red"}, 422)["code"] == "invalid"
    assert visitor.get("/api/me")["name"] == "Ada L"
    assert visitor.send("PATCH", "/api/me", {"name": "A\0\ud800b"})["name"] == "Ab"


def test_without_the_csrf_token_nothing_is_changed():
    visitor = Visitor()
    answer = visitor.client.post("/api/scores", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf"
    assert Score.objects.count() == 0


def test_a_score_is_made_listed_renamed_deleted_and_restored():
    visitor = Visitor()
    made = visitor.send("POST", "/api/scores", {"title": "Prelude"}, 201)
    assert made["role"] == "owner" and len(made["id"]) == 12
    path = f"/api/scores/{made['id']}"
    listed = visitor.get("/api/scores")
    assert [(row["id"], row["title"], row["role"]) for row in listed] == [
        (made["id"], "Prelude", "owner")
    ]
    content, seq = live.read(made["id"])
    assert seq == 1 and len(content.tracks) == 1 and content.title == "Prelude"
    assert visitor.send("PATCH", path, {"title": "Fugue"})["title"] == "Fugue"
    assert visitor.send("PATCH", path, {"title": " \n "}, 422)["code"] == "title_unfit"
    assert visitor.send("PATCH", path, {"title": "\ud800\0"}, 422)["code"] == "title_unfit"
    visitor.send("DELETE", path, status=204)
    visitor.send("DELETE", path, status=204)
    assert visitor.get("/api/scores") == []
    assert [row["id"] for row in visitor.get("/api/scores?trash=1")] == [made["id"]]
    assert visitor.get(path)["deleted"] is True
    assert visitor.send("POST", f"{path}/duplicate", status=410)["code"] == "score_deleted"
    assert visitor.send("POST", f"{path}/restore")["deleted"] is False
    assert len(visitor.get("/api/scores")) == 1


def test_a_stranger_is_told_403_404_or_410():
    owner, stranger = Visitor(), Visitor()
    score = owner.send("POST", "/api/scores", status=201)["id"]
    path = f"/api/scores/{score}"
    assert stranger.get(path, 403)["code"] == "no_right"
    assert stranger.get("/api/scores/000000000000", 404)["code"] == "score_none"
    refused = [("PATCH", ""), ("DELETE", ""), ("POST", "/restore")]
    refused += [("POST", "/duplicate"), ("POST", "/links"), ("POST", "/renders")]
    for method, rest in refused:
        body = {"title": "x", "role": "viewer"}
        assert stranger.send(method, path + rest, body, 403)["code"] in {"no_right", "role_too_low"}
    for rest in ("/links", "/members", "/export.mid", "/renders/abc"):
        stranger.get(path + rest, 403)
    owner.send("DELETE", path, status=204)
    assert stranger.get(path, 410)["code"] == "score_deleted"
    assert stranger.send("POST", f"{path}/restore", status=410)["code"] == "score_deleted"


def test_a_copy_is_the_visitors_own_and_numbered():
    visitor = Visitor()
    first = visitor.send("POST", "/api/scores", {"title": "Prelude"}, 201)["id"]
    second = visitor.send("POST", f"/api/scores/{first}/duplicate", status=201)
    third = visitor.send("POST", f"/api/scores/{second['id']}/duplicate", status=201)
    assert (second["title"], third["title"]) == ("Prelude 2", "Prelude 3")
    assert live.read(second["id"])[0].tracks == live.read(first)[0].tracks


def test_a_template_is_read_by_everybody_and_copied_under_its_name():
    visitor = Visitor()
    house = Person.objects.create(username="house", name="House")
    row = Score.objects.create(pk="templatescor", title="Demo", owner=house, template=True)
    live.seed(row.pk, small_score(), None)
    seen = visitor.get(f"/api/scores/{row.pk}")
    assert (seen["role"], seen["template"]) == ("viewer", True)
    assert visitor.get("/api/scores") == []
    copy = visitor.send("POST", f"/api/scores/{row.pk}/duplicate", status=201)
    assert copy["title"] == "Demo" and copy["role"] == "owner"
    assert visitor.send("PATCH", f"/api/scores/{row.pk}", {"title": "Mine"}, 403)


def test_the_list_follows_the_music():
    visitor = Visitor()
    score = visitor.send("POST", "/api/scores", status=201)["id"]
    track = next(iter(live.read(score)[0].tracks))
    changes = [
        Change("notes", f"note00000{n}", [track, 60 + n, n * 480, 480, 80]) for n in range(4)
    ]
    live.submit(score, changes, Person.objects.get().pk)
    row = visitor.get("/api/scores")[0]
    assert (row["notes"], row["seconds"]) == (4, 2.0)
    assert row["thumbnail"] == [[0, 60, 0.25, 1], [0.25, 61, 0.25, 1], [0.5, 62, 0.25, 1],
                                [0.75, 63, 0.25, 1]]  # fmt: skip


def test_a_midi_file_becomes_a_score_and_goes_out_again():
    visitor = Visitor()
    made = visitor.drop("/api/scores/import", export_midi(small_score()), "Étude.mid")
    assert made["title"] == "Small" and made["warnings"] == []
    row = visitor.get("/api/scores")[0]
    assert row["notes"] == len(small_score().notes) and len(row["thumbnail"]) == row["notes"]
    answer = visitor.client.get(f"/api/scores/{made['id']}/export.mid")
    assert answer.status_code == 200 and answer["Content-Type"] == "audio/midi"
    assert 'filename="Small.mid"' in answer["Content-Disposition"]
    back = import_midi(answer.content).score
    assert len(back.notes) == len(small_score().notes)


@pytest.mark.parametrize(
    ("data", "name", "code", "status"),
    [
        (b"", "a.mid", "file_empty", 400),
        (b"hello there", "a.mid", "not_midi", 400),
        (b"<?xml version='1.0'?><score-partwise/>", "a.xml", "musicxml_unsupported", 400),
        (b"RIFF\0\0\0\0WAVEfmt ", "a.wav", "audio_unsupported", 400),
        (b"MThd" + bytes(20 * 1024 * 1024), "a.mid", "file_too_large", 413),
    ],
)
def test_a_file_that_cannot_be_opened_leaves_nothing_behind(data, name, code, status):
    visitor = Visitor()
    assert visitor.drop("/api/scores/import", data, name, status)["code"] == code
    assert Score.objects.count() == 0


def test_an_upload_without_a_file_is_a_clear_error():
    visitor = Visitor()
    assert visitor.send("POST", "/api/scores/import", status=422)["code"] == "invalid"


def test_a_failing_seed_leaves_no_row(monkeypatch):
    visitor = Visitor()

    def full(*_: object) -> None:
        raise live.ChangeError("A score holds at most 100,000 notes.")

    monkeypatch.setattr(live, "seed", full)
    answer = visitor.drop("/api/scores/import", export_midi(small_score()), status=422)
    assert answer["code"] == "content_unfit"
    assert Score.objects.count() == 0


def test_a_midi_file_is_added_to_a_score_as_one_edit():
    visitor = Visitor()
    score = visitor.send("POST", "/api/scores", status=201)["id"]
    before = live.head(score)
    added = visitor.drop(f"/api/scores/{score}/import", export_midi(small_score()), status=200)
    assert (added["tracks"], added["notes"]) == (2, len(small_score().notes))
    assert live.head(score) == before + 1
    content, _ = live.read(score)
    assert [track.name for track in content.ordered_tracks()] == ["Piano", "Lead", "Kit"]
    assert content.tempo == small_score().tempo
    again = visitor.drop(f"/api/scores/{score}/import", export_midi(small_score()), status=200)
    assert again["tracks"] == 2 and len(live.read(score)[0].tracks) == 5


def test_guests_keep_fifty_scores_and_some_bytes(monkeypatch):
    visitor = Visitor()
    monkeypatch.setattr(quota, "GUEST_SCORES", 2)
    made = [visitor.send("POST", "/api/scores", status=201)["id"] for _ in range(2)]
    refused = visitor.send("POST", "/api/scores", status=409)
    assert refused["code"] == "too_many_scores" and "2 scores" in refused["text"]
    visitor.drop("/api/scores/import", export_midi(small_score()), status=409)
    visitor.send("DELETE", f"/api/scores/{made[0]}", status=204)
    visitor.send("POST", "/api/scores", status=201)
    visitor.send("POST", f"/api/scores/{made[0]}/restore", status=409)
    monkeypatch.setattr(quota, "GUEST_SCORES", 50)
    monkeypatch.setattr(quota, "GUEST_BYTES", 10)
    assert visitor.send("POST", "/api/scores", status=409)["code"] == "too_many_bytes"
    into = f"/api/scores/{made[1]}/import"
    assert visitor.drop(into, export_midi(small_score()), status=409)["code"] == "too_many_bytes"
    for row in visitor.get("/api/scores"):
        visitor.send("DELETE", f"/api/scores/{row['id']}", status=204)
    visitor.send("POST", "/api/scores", status=201)


def test_making_scores_too_fast_is_slowed_down(monkeypatch):
    visitor = Visitor()
    bucket = token_bucket.Bucket("scores", burst=2, a_minute=6)
    monkeypatch.setattr("editor.services.scores.SCORES", bucket)
    for _ in range(2):
        visitor.send("POST", "/api/scores", status=201)
    refused = visitor.send("POST", "/api/scores", status=429)
    assert refused["code"] == "too_often" and "seconds" in refused["text"]


def test_members_are_listed_and_dismissed():
    owner, guest = Visitor(), Visitor()
    score = owner.send("POST", "/api/scores", status=201)["id"]
    key = guest.get("/api/me")["key"]
    Membership.objects.create(score_id=score, person=Person.objects.get(key=key), role="editor")
    members = guest.get(f"/api/scores/{score}/members")
    assert [member["role"] for member in members] == ["owner", "editor"]
    assert guest.get("/api/scores")[0]["role"] == "editor"
    assert guest.send("PATCH", f"/api/scores/{score}", {"title": "Ours"})["role"] == "editor"
    Membership.objects.update(role="commenter")
    path = f"/api/scores/{score}"
    assert guest.send("PATCH", path, {"title": "Mine"}, 403)["code"] == "read_only"
    data = export_midi(small_score())
    assert guest.drop(f"{path}/import", data, status=403)["code"] == "read_only"
    own = owner.get("/api/me")["key"]
    assert guest.send("DELETE", f"/api/scores/{score}/members/{own}", status=403)
    owner.send("DELETE", f"/api/scores/{score}/members/{key}", status=204)
    owner.send("DELETE", f"/api/scores/{score}/members/{key}", status=404)
    guest.get(f"/api/scores/{score}", 403)


def test_a_score_that_can_not_be_read_hides_no_other():
    visitor = Visitor()
    broken = visitor.send("POST", "/api/scores", {"title": "Broken"}, 201)["id"]
    visitor.send("POST", "/api/scores", {"title": "Whole"}, 201)
    Update.objects.filter(score_id=broken).update(data=b"damage")
    Score.objects.update(summary_seq=0)
    assert {row["title"] for row in visitor.get("/api/scores")} == {"Broken", "Whole"}
    assert visitor.get(f"/api/scores/{broken}/export.mid", 503)["code"] == "score_corrupt"
    visitor.send("POST", f"/api/scores/{broken}/duplicate", status=503)


def test_a_database_that_fails_is_no_fault_of_the_person(monkeypatch):
    visitor = Visitor()

    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(live, "seed", locked)
    assert visitor.send("POST", "/api/scores", status=503)["code"] == "busy"
    assert Score.objects.count() == 0


def test_the_interface_describes_itself():
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    paths = answer.json()["paths"]
    assert "/api/scores/import" in paths and "/api/scores/{score_id}/links" in paths


def test_a_title_turns_no_line_around():
    made = Visitor().send("POST", "/api/scores", {"title": "A\u202eB \u200d\u2066C"}, status=201)
    assert made["title"] == "AB \u200dC"
