"""Forms of images that are refused: too much in them, or words that cannot be kept."""

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


@pytest.mark.parametrize("form", [twice, crowded, wordy])
@pytest.mark.parametrize("address", [UPLOAD, "/admin/desk/images/"])
def test_a_form_that_holds_too_much_is_refused(client: Client, folder, form, address: str) -> None:
    answer = client.post(address, {**form(), "alternative": "Roots"})

    assert answer.status_code == 400
    assert not folder.exists()
    assert not Image.objects.exists()


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=é"])
def test_a_form_without_a_boundary_is_refused(client: Client, kind: str) -> None:
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
def test_words_that_cannot_be_kept_are_refused(client: Client, folder, words, message) -> None:
    image = pictures.sent(pictures.person("ben"))
    own = reverse("staff-image", args=[image.key])
    form = {"image": file(pictures.drawn()), "before": "Hair roots", "alternative": words}

    for address in (reverse("staff-images"), own):
        answer = client.post(address, form)
        assert answer.status_code == 400
        assert message in answer.text
    assert [path.name for path in folder.iterdir()] == [image.file_name]
    assert Image.objects.get().alternative == "Hair roots"


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
