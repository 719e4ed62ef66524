"""Images are kept whole or not at all, and readers see those of published articles alone."""

import errno
import hashlib
import os

import pytest
from django.db import DatabaseError

from explainer.images import intake, storage
from explainer.images.intake import NotAnImage
from explainer.library import audit, images, publishing
from explainer.library.models import AuditEntry, Image, ImageUse
from explainer.library.permissions import NotAllowed
from explainer.library.publishing import CannotPublish
from explainer.library.rendering import explain_page, preview_page
from tests.images import pictures
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "images"


@pytest.fixture
def ana():
    return pictures.person()


def shown(*keys: str) -> str:
    figures = "\n\n".join(f"![Hair roots](figure:{key})" for key in keys)
    return f"::: background\n{figures}\n:::"


def published(*keys: str) -> object:
    shelf.publish(shelf.article_draft("t/safety", shown(*keys)))
    return shelf.document("articles/t/safety")


@pytest.fixture
def _register():
    shelf.treatment()
    shelf.publish(shelf.claim_draft())


def left(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_an_image_is_kept_with_who_sent_it_and_what_it_was_called(folder, ana) -> None:
    image = pictures.sent(ana, name="C:\\My roots\n\u202egnp.png", alternative="  Hair\n roots ")

    stored = (folder / image.file_name).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == image.sha256
    assert (image.width, image.height, image.size, image.by) == (40, 20, len(stored), ana)
    assert (image.name, image.alternative) == ("C:\\My roots gnp.png", "Hair roots")
    assert left(folder) == [f"{image.key}.png"]
    assert (folder / image.file_name).stat().st_mode & 0o077 == 0
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("upload-image", f"images/{image.key}")
    assert entry.after["sha256"] == image.sha256
    assert list(audit.verify()) == []


def test_nothing_is_left_of_a_file_that_is_refused(folder, ana) -> None:
    with pytest.raises(NotAnImage):
        pictures.sent(ana, data=pictures.HTML)
    with pytest.raises(NotAllowed, match="author"):
        pictures.sent(pictures.person("ben", "reviewer"))

    assert (left(folder), Image.objects.count(), AuditEntry.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_nothing_is_left_when_the_disk_is_full(folder, ana, monkeypatch, call: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def half(path, data: bytes) -> None:
        path.write_bytes(data[:10])
        full()

    where = {
        "write": (storage, "_write", half),
        "fsync": (os, "fsync", full),
        "rename": (storage.Path, "rename", full),
    }
    monkeypatch.setattr(*where[call])

    with pytest.raises(storage.CannotStore, match="disk is full"):
        pictures.sent(ana)
    assert (left(folder), Image.objects.count(), AuditEntry.objects.count()) == ([], 0, 0)


def test_no_file_is_left_when_its_row_cannot_be_written(folder, ana, monkeypatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(audit, "record", fails)

    with pytest.raises(DatabaseError):
        pictures.sent(ana)
    assert (left(folder), Image.objects.count()) == ([], 0)


def test_suggested_words_change_under_audit(ana) -> None:
    image = pictures.sent(ana)

    told = {"before": "Hair roots", "now": shelf.NOON}
    intake.describe(image=image, alternative="Roots [in] skin", actor=ana, **told)

    assert intake.code(Image.objects.get()) == rf"![Roots \[in\] skin](figure:{image.key})"
    entry = AuditEntry.objects.get(action="describe-image")
    assert (entry.before, entry.after) == (
        {"alternative": "Hair roots"},
        {"alternative": "Roots [in] skin"},
    )
    no_author = pictures.person("ben", "publisher")
    with pytest.raises(NotAllowed):
        intake.describe(image=image, alternative="", actor=no_author, **told)


def test_of_two_who_describe_an_image_at_once_the_second_is_told(ana) -> None:
    pictures.sent(ana)
    first, second = Image.objects.get(), Image.objects.get()
    told = {"before": "Hair roots", "actor": ana, "now": shelf.NOON}
    intake.describe(image=first, alternative="The words of Ana", **told)

    with pytest.raises(intake.Conflict, match="The words of Ana") as changed:
        intake.describe(image=second, alternative="The words of Ben", **told)

    assert (changed.value.current, Image.objects.get().alternative) == ("The words of Ana",) * 2
    assert AuditEntry.objects.filter(action="describe-image").count() == 1


@pytest.mark.usefixtures("_register")
def test_publishing_shows_the_images_of_an_article_and_no_others(ana) -> None:
    first, second, third = (pictures.sent(ana) for _ in range(3))
    article = published(first.key, second.key)
    assert set(images.public()) == {first, second}

    published(second.key)

    version = article.revisions.published().get()
    assert set(images.public()) == {second}
    assert f'src="/images/{second.file_name}"' in explain_page(version).body_html
    draft = shelf.article_draft("t/safety", shown(third.key))
    assert f'src="{third.staff_address}"' in preview_page(draft).body_html


@pytest.mark.usefixtures("_register")
def test_withdrawing_an_article_takes_its_images_from_the_public(ana) -> None:
    article = published(pictures.sent(ana).key)

    publishing.withdraw(document=article, actor=None, reason="It was wrong.", now=shelf.NOON)

    assert not ImageUse.objects.exists()


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("![](figure:KEY)", r"line 4: The figure 'KEY' has no words"),
        ("![Roots](figure:0123)", r"line 4: There is no figure with the key '0123'"),
        ("![Roots](figure:LOST)", r"line 4: The file of the image 'LOST' \(roots.png\) is missing"),
    ],
)
def test_what_cannot_be_shown_cannot_be_published(ana, body: str, problem: str) -> None:
    image, lost = pictures.sent(ana), pictures.sent(ana)
    storage.remove(lost.file_name)
    body, problem = (
        text.replace("KEY", image.key).replace("LOST", lost.key) for text in (body, problem)
    )

    with pytest.raises(CannotPublish, match=problem):
        shelf.publish(shelf.article_draft("t/safety", f"\n\n::: background\n{body}\n:::"))

    assert not ImageUse.objects.exists()


@pytest.mark.parametrize("name", ["../db.sqlite3", f"{'0' * 32}.svg", f"{'0' * 32}.png\n", ""])
def test_only_the_name_of_an_image_leads_into_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a stored image"):
        storage.place(name)
