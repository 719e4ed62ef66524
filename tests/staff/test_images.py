"""Sending in images: how much, how often, in what forms, and what is said of a bad file."""

import errno

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from markdownx.settings import MARKDOWNX_UPLOAD_CONTENT_TYPES

from explainer.images import storage
from explainer.library.models import AuditEntry, Extension, Image
from explainer.staff import images
from explainer.staff.decorators import Pace
from tests.images import pictures
from tests.staff.rows import image_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_of_ana")]

UPLOAD, LISTING = "/admin/desk/images/upload/", "/admin/desk/images/"
SCRIPT = {"X-Background": "1"}


@pytest.fixture(autouse=True)
def folder(images_folder):
    return images_folder


def sent(client: Client, data: bytes, address: str = UPLOAD, **more: object):
    headers = SCRIPT if address == UPLOAD else {}
    return client.post(address, {"image": image_file(data), **more}, headers=headers)


def left(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_editor_gets_the_mark_to_put_into_the_text(client):
    answer = sent(client, pictures.drawn())

    image = Image.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {"image_code": f"![](figure:{image.key})"}
    assert answer["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(action="upload-image").count() == 1


@pytest.mark.parametrize("what", pictures.BROKEN)
def test_a_bad_file_is_a_message_and_leaves_nothing(client, folder, what):
    client.raise_request_exception = False

    answer = sent(client, pictures.BROKEN[what])

    assert answer.status_code == 400
    assert answer.json()["message"].endswith(".")
    assert (left(folder), Image.objects.count()) == ([], 0)


@pytest.mark.parametrize("name", ["evil.html", "../../evil.png", "a\x00b.png", "é" * 300, ".png"])
def test_neither_name_nor_claimed_type_is_believed(client, folder, name):
    lie = image_file(pictures.drawn("JPEG"), name, "image/gif")

    answer = client.post(UPLOAD, {"image": lie}, headers=SCRIPT)

    assert answer.status_code == 200
    assert left(folder) == [f"{Image.objects.get().key}.jpg"]
    assert len(Image.objects.get().name) <= 150


@pytest.mark.parametrize(
    "form",
    [
        {"data": {"image": "words"}},
        {"data": {}},
        {"data": "{}", "content_type": "application/json"},
    ],
    ids=["words", "nothing", "JSON"],
)
def test_a_form_without_a_file_is_told_so(client, form):
    answer = client.post(UPLOAD, **form, headers=SCRIPT)

    assert answer.status_code == 400
    assert answer.json()["message"].startswith("No file came with it.")


def test_a_large_file_is_turned_away_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr(HttpRequest, "_load_post_and_files", pytest.fail)
    large = {"CONTENT_LENGTH": str(6 * 1024 * 1024)}

    answer = client.post(UPLOAD, {"image": image_file(b"x")}, headers=SCRIPT, **large)
    page = client.post(LISTING, {"image": image_file(b"x")}, **large)

    assert (answer.status_code, page.status_code) == (413, 413)
    assert "The file has 6.0 MB; at most 5 MB" in answer.json()["message"]
    assert "The file has 6.0 MB; at most 5 MB" in page.text


def test_a_file_just_over_the_limit_is_turned_away(client, folder):
    answer = sent(client, bytes(5 * 1024 * 1024 + 1))
    page = sent(client, bytes(5 * 1024 * 1024 + 1), LISTING, alternative="Hair roots")

    assert answer.status_code == 400
    assert "at most 5 MB" in answer.json()["message"]
    assert left(folder) == []
    assert 'value="Hair roots"' in page.text


def test_a_day_has_a_limit_for_each_person(client, monkeypatch):
    monkeypatch.setattr(images, "A_DAY", Pace(most=2, seconds=24 * 3600))

    answers = [sent(client, data) for data in (pictures.HTML, pictures.drawn(), pictures.drawn())]

    assert [answer.status_code for answer in answers] == [400, 200, 429]
    assert "tomorrow" in answers[2].json()["message"]
    client.force_login(pictures.person("ben"))
    assert sent(client, pictures.drawn()).status_code == 200


def test_a_full_disk_is_told_and_nothing_is_kept(client, folder, monkeypatch):
    def half(path, data: bytes) -> None:
        path.write_bytes(data[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "_write", half)

    answer = sent(client, pictures.drawn())

    assert answer.status_code == 507
    assert "disk is full" in answer.json()["message"]
    assert (left(folder), Image.objects.count()) == ([], 0)


@pytest.mark.parametrize("address", [UPLOAD, LISTING])
def test_a_form_without_its_token_or_from_who_may_not_write_keeps_nothing(ana, folder, address):
    strict, looker = Client(enforce_csrf_checks=True), Client()
    strict.force_login(ana)
    looker.force_login(pictures.person("ben", "reviewer", "administrator"))

    answers = [sent(each, pictures.drawn(), address, alternative="-") for each in (strict, looker)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert left(folder) == []


def twice() -> dict[str, object]:
    return {"image": [image_file(pictures.drawn()), image_file(pictures.drawn())]}


def crowded() -> dict[str, object]:
    return {**{f"field-{number}": "1" for number in range(1_001)}, "image": image_file(b"x")}


def wordy() -> dict[str, object]:
    return {"more": "x" * 1_500_001, "image": image_file(b"x")}


@pytest.mark.parametrize("form", [twice, crowded, wordy])
@pytest.mark.parametrize("address", [UPLOAD, LISTING])
def test_a_form_that_holds_too_much_is_refused(client, folder, form, address):
    answer = client.post(address, {**form(), "alternative": "Roots"})

    assert answer.status_code == 400
    assert not folder.exists()
    assert not Image.objects.exists()


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=é"])
def test_a_form_without_a_boundary_is_refused(client, kind):
    body = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nabc'

    assert client.post(UPLOAD, body, content_type=kind).status_code == 400


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "Say what the image shows"),
        ("x" * 501, "501 characters; at most 500"),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_words_that_cannot_be_kept_are_refused(client, folder, words, message):
    image = pictures.sent(pictures.person("ben"))
    own = reverse("staff-image", args=[image.key])
    form = {"before": "Hair roots", "alternative": words}

    for address in (LISTING, own):
        answer = client.post(address, {**form, "image": image_file(pictures.drawn())})
        assert answer.status_code == 400
        assert message in answer.text
        assert words.strip("\0") in answer.text
    assert left(folder) == [image.file_name]
    assert Image.objects.get().alternative == "Hair roots"


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", 1_500_000),
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 1_000),
        ("DATA_UPLOAD_MAX_NUMBER_FILES", 1),
    ],
)
def test_what_a_form_may_hold_is_set_and_not_left_to_django(name, most):
    assert settings.is_overridden(name)
    assert getattr(settings, name) == most


def test_the_editors_widget_is_told_the_kinds_that_are_taken():
    assert set(MARKDOWNX_UPLOAD_CONTENT_TYPES) == {kind.label for kind in Extension}


def test_a_file_in_the_place_of_the_words_is_not_shown(client):
    form = {"alternative": image_file(b"bytes of a file"), "image": image_file(b"x")}

    page = client.post(LISTING, form)

    assert page.status_code == 400
    assert "bytes of a file" not in page.text
