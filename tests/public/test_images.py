"""Readers get the files of images that published articles show, and those alone."""

import pytest

from explainer.images import storage
from tests.images import pictures
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _claim(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    shelf.treatment()
    shelf.publish(shelf.claim_draft())


def article(image):
    body = f"::: background\n![Roots](figure:{image.key})\n:::"
    return shelf.article_draft("t/safety", body)


@pytest.fixture
def drafted():
    image = pictures.sent(pictures.person())
    article(image)
    return image


@pytest.fixture
def public(drafted):
    shelf.publish(shelf.document("articles/t/safety").revisions.get())
    return drafted


@pytest.mark.parametrize(
    ("kind", "end", "media_type"),
    [("PNG", "png", "image/png"), ("JPEG", "jpg", "image/jpeg"), ("WEBP", "webp", "image/webp")],
)
def test_a_published_image_of_each_kind_is_shown_and_can_do_nothing(client, kind, end, media_type):
    image = pictures.sent(pictures.person(), data=pictures.drawn(kind))
    shelf.publish(article(image))

    answer = client.get(f"/images/{image.key}.{end}")

    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert answer.content == storage.place(image.file_name).read_bytes()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["ETag"] == f'"{image.sha256}"'
    assert not answer.cookies
    page = client.get("/t/safety/").content.decode()
    assert f'<img class="figure" src="{image.get_absolute_url()}" alt="Roots"' in page


def test_a_copy_that_is_still_right_is_not_sent_again(client, public):
    same = {"If-None-Match": f'"{public.sha256}"'}

    answer = client.get(public.get_absolute_url(), headers=same)

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_only_get_and_head_are_answered(client, public):
    assert client.post(public.get_absolute_url()).status_code == 405
    head = client.head(public.get_absolute_url())
    assert (head.status_code, int(head["Content-Length"])) == (200, public.size)


def test_a_drafts_image_is_not_there(client, drafted):
    shelf.publish(shelf.article_draft("about", "[Words.](background:)"))

    assert client.get(drafted.get_absolute_url()).status_code == 404


def test_a_withdrawn_articles_image_is_not_there(client, public):
    shop.withdraw("articles/t/safety")

    assert client.get(public.get_absolute_url()).status_code == 404


def test_an_image_without_its_file_is_not_there(client, public):
    storage.remove(public.file_name)

    assert client.get(public.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/images/",
        "/images",
        "/images/KEY",
        "/images/KEY.jpg",
        "/images/KEY.png/",
        "/images/KEY.png%0a",
        "/images/KEY.png.part",
        "/images/../db.sqlite3",
        "/images/%2e%2e/db.sqlite3",
        "/images/..%2fdb.sqlite3",
        "/images/.hidden",
        "/images/%00.png",
    ],
)
def test_nothing_else_in_the_folder_or_beside_it_is_reached(client, public, address):
    (storage.folder() / ".hidden").write_text("SECRET")
    (storage.folder().parent / "db.sqlite3").write_text("SECRET")

    answer = client.get(address.replace("KEY", public.key), follow=True)

    assert answer.status_code == 404
    assert b"SECRET" not in answer.content
