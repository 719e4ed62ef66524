"""Cleaning deletes what no text names any more, and never anything else."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from explainer.images import storage
from explainer.library import drafts
from explainer.library.models import AuditEntry, Image
from tests.images import pictures
from tests.library import shelf

pytestmark = pytest.mark.django_db

LATER = shelf.NOON + timedelta(days=8)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def named(*images: Image) -> str:
    return "\n\n".join(f"![Hair](figure:{image.key})" for image in images)


def block(*images: Image) -> str:
    return f"::: background\n{named(*images)}\n:::"


def spelled(key: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in key)


def aged(name: str, days: int):
    path = storage.folder() / name
    path.write_bytes(b"x")
    when = (shelf.NOON - timedelta(days=days)).timestamp()
    os.utime(path, (when, when))
    return path


def test_only_what_no_version_names_and_is_a_week_old_goes() -> None:
    ana = pictures.person()
    shelf.treatment()
    shelf.publish(shelf.claim_draft())
    old, public, discarded, draft, entities, unused = (pictures.sent(ana) for _ in range(6))
    young = pictures.sent(ana, now=LATER - timedelta(days=6))
    shelf.publish(shelf.article_draft("t/safety", block(old)))
    shelf.publish(shelf.article_draft("t/safety", block(public)))
    thrown_away = drafts.start(
        document=shelf.document("articles/t/safety"), actor=ana, now=shelf.NOON
    )
    given = {"body": named(discarded)}
    drafts.save(revision=thrown_away, expected=0, fields=given, actor=ana, now=shelf.NOON)
    drafts.discard(revision=thrown_away, expected=1, actor=ana, now=shelf.NOON)
    hidden = f"{named(draft)}\n\n![Hair](figure:{spelled(entities.key)})"
    shelf.article_draft("t/safety", hidden)

    gone, _ = storage.delete_unused(LATER)

    assert [image.file_name for image in gone] == [unused.file_name]
    assert not storage.place(unused.file_name).is_file()
    kept = {old, public, discarded, draft, entities, young}
    assert set(Image.objects.all()) == kept
    assert all(storage.place(image.file_name).is_file() for image in kept)
    entry = AuditEntry.objects.get(action="delete-image")
    assert (entry.actor_name, entry.subject) == ("clean_images", f"images/{unused.key}")


def test_files_and_rows_that_lost_each_other_are_reported() -> None:
    ana = pictures.person()
    lost, whole = pictures.sent(ana), pictures.sent(ana)
    storage.remove(lost.file_name)
    stray = [aged(f"{'0' * 32}.png", 8), aged(f"{'0' * 32}.png.1a2b3c4d.part", 8)]
    aged(f"{'1' * 32}.png", 6)
    foreign = aged("read me.txt", 100)

    assert storage.lost() == [lost]
    assert sorted(storage.stray(shelf.NOON)) == sorted(stray)
    storage.delete_unused(shelf.NOON)
    assert foreign.exists()
    assert storage.place(whole.file_name).is_file()
    assert not any(path.exists() for path in stray)


def test_the_command_deletes_only_if_asked_to() -> None:
    image = pictures.sent(pictures.person())
    listed, deleted = StringIO(), StringIO()

    call_command("clean_images", stdout=listed)

    assert Image.objects.exists()
    assert (
        f"unused: {image.file_name} (roots.png), sent in by ana on 2026-01-02" in listed.getvalue()
    )
    assert "Add --delete" in listed.getvalue()
    call_command("clean_images", "--delete", stdout=deleted)
    assert "Deleted 1 images and 0 stray files." in deleted.getvalue()
    assert not Image.objects.exists()


def test_the_versions_that_name_an_image_are_told() -> None:
    shelf.treatment()
    image = pictures.sent(pictures.person())
    shelf.article_draft("t/safety", named(image))

    found = storage.revisions_naming(image.key)

    assert [(version.subject, version.number) for version in found] == [("articles/t/safety", 1)]
