"""Sending in images: who may, how much, how often, and what is said of a bad file."""

import errno

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from explainer.images import storage
from explainer.library.models import AuditEntry, Image
from explainer.staff import images
from explainer.staff.decorators import Pace
from tests.images import pictures

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/desk/images/upload/"
SCRIPT = {"X-Background": "1"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    cache.clear()
    return tmp_path / "images"


@pytest.fixture
def ana(client: Client):
    user = pictures.person()
    client.force_login(user)
    return user


def file(data: bytes, name: str = "roots.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def sent(client: Client, data: bytes, address: str = UPLOAD, **more: object):
    headers = SCRIPT if address == UPLOAD else {}
    return client.post(address, {"image": file(data), **more}, headers=headers)


def left(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.usefixtures("ana")
def test_the_editor_gets_the_mark_to_put_into_the_text(client: Client) -> None:
    answer = sent(client, pictures.drawn())

    image = Image.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {"image_code": f"![](figure:{image.key})"}
    assert answer["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(action="upload-image").count() == 1


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("what", pictures.BROKEN)
def test_a_bad_file_is_a_message_and_leaves_nothing(client: Client, folder, what: str) -> None:
    client.raise_request_exception = False

    answer = sent(client, pictures.BROKEN[what])

    assert answer.status_code == 400
    assert answer.json()["message"].endswith(".")
    assert (left(folder), Image.objects.count()) == ([], 0)


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("name", ["evil.html", "../../evil.png", "a\x00b.png", "é" * 300, ".png"])
def test_neither_name_nor_claimed_type_is_believed(client: Client, folder, name: str) -> None:
    lie = file(pictures.drawn("JPEG"), name, "image/gif")

    answer = client.post(UPLOAD, {"image": lie}, headers=SCRIPT)

    assert answer.status_code == 200
    assert left(folder) == [f"{Image.objects.get().key}.jpg"]
    assert len(Image.objects.get().name) <= 150


@pytest.mark.usefixtures("ana")
def test_a_form_without_a_file_is_told_so(client: Client) -> None:
    json = {"data": "{}", "content_type": "application/json"}

    for form in ({"data": {"image": "words"}}, {"data": {}}, json):
        answer = client.post(UPLOAD, **form, headers=SCRIPT)
        assert answer.status_code == 400
        assert answer.json()["message"].startswith("No file came with it.")


@pytest.mark.usefixtures("ana")
def test_a_large_file_is_turned_away_before_it_is_read(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(HttpRequest, "_load_post_and_files", pytest.fail)
    large = {"CONTENT_LENGTH": str(6 * 1024 * 1024)}

    answer = client.post(UPLOAD, {"image": file(b"x")}, headers=SCRIPT, **large)
    page = client.post(reverse("staff-images"), {"image": file(b"x")}, **large)

    assert (answer.status_code, page.status_code) == (413, 413)
    assert "The file has 6.0 MB; at most 5 MB" in answer.json()["message"]
    assert "The file has 6.0 MB; at most 5 MB" in page.text


@pytest.mark.usefixtures("ana")
def test_a_file_just_over_the_limit_is_turned_away(client: Client, folder) -> None:
    answer = sent(client, bytes(5 * 1024 * 1024 + 1))

    assert answer.status_code == 400
    assert "at most 5 MB" in answer.json()["message"]
    assert left(folder) == []
    page = sent(
        client, bytes(5 * 1024 * 1024 + 1), reverse("staff-images"), alternative="Hair roots"
    )
    assert 'value="Hair roots"' in page.text


@pytest.mark.usefixtures("ana")
def test_a_day_has_a_limit_for_each_person(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(images, "A_DAY", Pace(most=2, seconds=24 * 3600))

    answers = [sent(client, data) for data in (pictures.HTML, pictures.drawn(), pictures.drawn())]

    assert [answer.status_code for answer in answers] == [400, 200, 429]
    assert "tomorrow" in answers[2].json()["message"]
    client.force_login(pictures.person("ben"))
    assert sent(client, pictures.drawn()).status_code == 200


@pytest.mark.usefixtures("ana")
def test_a_full_disk_is_told_and_nothing_is_kept(client: Client, folder, monkeypatch) -> None:
    def half(path, data: bytes) -> None:
        path.write_bytes(data[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "_write", half)

    answer = sent(client, pictures.drawn())

    assert answer.status_code == 507
    assert "disk is full" in answer.json()["message"]
    assert (left(folder), Image.objects.count()) == ([], 0)


@pytest.mark.parametrize("name", ["staff-image-upload", "staff-images"])
def test_a_form_without_its_token_is_refused(folder, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(pictures.person())

    answer = sent(strict, pictures.drawn(), reverse(name))

    assert answer.status_code == 403
    assert left(folder) == []


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_only_who_may_write_sends_images_in(client: Client, folder, role: str) -> None:
    client.force_login(pictures.person("ben", role))

    for address in (UPLOAD, reverse("staff-images")):
        answer = sent(client, pictures.drawn(), address, alternative="Roots")
        assert answer.status_code in (302, 403)
    assert left(folder) == []


def test_strangers_reach_nothing(client: Client, folder) -> None:
    image = pictures.sent(pictures.person())
    own = [reverse("staff-image", args=[image.key]), image.staff_address, reverse("staff-images")]

    for address in own:
        assert client.get(address).status_code == 302
    assert sent(client, pictures.drawn()).status_code in (302, 401, 403)
    assert left(folder) == [image.file_name]


@pytest.mark.usefixtures("ana")
def test_the_upload_answers_post_alone(client: Client) -> None:
    answer = client.get(UPLOAD)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
