"""Forms that Django's parser gives up on: what is said of them, and the words that come back."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from markdownx.settings import MARKDOWNX_UPLOAD_CONTENT_TYPES

from explainer.library.models import Extension, Image
from tests.images import pictures

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/desk/images/upload/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    cache.clear()
    return tmp_path / "images"


@pytest.fixture(autouse=True)
def _ana(client: Client) -> None:
    client.force_login(pictures.person())


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("roots.png", data, "image/png")


def twice() -> dict[str, object]:
    return {"image": [file(pictures.drawn()), file(pictures.drawn())]}


def crowded() -> dict[str, object]:
    return {**{f"field-{number}": "1" for number in range(1_001)}, "image": file(b"x")}


def wordy() -> dict[str, object]:
    return {"more": "x" * 1_500_001, "image": file(b"x")}


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (twice, "Several files came at once. Send them one after the other."),
        (crowded, "The form holds more than an image and its words. Send these alone."),
        (wordy, "The form holds more than an image and its words. Send these alone."),
    ],
)
def test_a_form_that_holds_too_much_is_told_and_its_words_come_back(
    client: Client, folder, form, message: str
) -> None:
    words = {"alternative": 'Roots "in" skin, é'}

    told = client.post(UPLOAD, {**form(), **words})
    page = client.post(reverse("staff-images"), {**form(), **words})

    assert (told.status_code, told.json()) == (400, {"message": message})
    assert page.status_code == 400
    assert message in page.text
    assert 'value="Roots &quot;in&quot; skin, é"' in page.text
    assert not folder.exists()
    assert not Image.objects.exists()


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=é"])
def test_a_form_without_a_boundary_is_told_so(client: Client, kind: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nabc'

    told = client.post(UPLOAD, body, content_type=kind)
    page = client.post(reverse("staff-images"), body, content_type=kind)

    assert told.json()["message"].startswith("The form came damaged.")
    assert (told.status_code, page.status_code) == (400, 400)
    assert "The form came damaged." in page.text


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", 1_500_000),
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 1_000),
        ("DATA_UPLOAD_MAX_NUMBER_FILES", 1),
    ],
)
def test_what_a_form_may_hold_is_set_and_not_left_to_django(name: str, most: int) -> None:
    assert settings.is_overridden(name)
    assert getattr(settings, name) == most


def test_the_editors_widget_is_told_the_kinds_that_are_taken() -> None:
    assert set(MARKDOWNX_UPLOAD_CONTENT_TYPES) == {kind.label for kind in Extension}


def test_a_file_in_the_place_of_the_words_is_not_shown(client: Client) -> None:
    form = {"alternative": file(b"bytes of a file"), "image": file(b"x")}

    page = client.post(reverse("staff-images"), form)

    assert page.status_code == 400
    assert "bytes of a file" not in page.text
