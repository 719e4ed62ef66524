"""Adding a treatment is adding files: no code, no template, no migration."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from explainer.files.check import check
from explainer.files.sync import load
from explainer.kinds import CLAIM, TREATMENT
from explainer.library.models import Document
from tests.files.folders import THIRD_TREATMENT, fill, real_check, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_a_third_treatment")]

AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def with_a_third_treatment(tmp_path_factory, django_db_setup, django_db_blocker):
    """The content that ships, loaded once together with the files of one treatment more."""
    folder = tmp_path_factory.mktemp("third") / "content"
    shutil.copytree(Path(settings.CONTENT_DIR), folder)
    checked = check(fill(folder, THIRD_TREATMENT))
    assert said(checked.errors) == []
    with django_db_blocker.unblock(), transaction.atomic():
        load(checked, now=AT)
        yield
        transaction.set_rollback(True)


def test_the_claims_of_a_third_treatment_are_public_with_their_labels():
    public = Document.objects.filter(kind=CLAIM, treatment__key="red-light", live__isnull=False)

    assert set(public.values_list("key", "bearing", "level")) == {
        ("red-light/all-hair-back", "promise", "unsupported"),
        ("red-light/eye-harm", "warning", "plausible"),
        ("red-light/slows-loss", "promise", "plausible"),
    }


def test_the_articles_of_a_third_treatment_are_public():
    public = Document.objects.filter(key__startswith="red-light", live__isnull=False)

    assert {document.get_absolute_url() for document in public if document.kind.texts} == {
        "/red-light/",
        "/red-light/safety/",
    }


def test_the_first_two_treatments_are_loaded_beside_it_as_they_ship():
    names = set(Document.objects.filter(kind=TREATMENT).values_list("key", flat=True))
    public = Document.objects.filter(kind=CLAIM).exclude(treatment__key="red-light")

    assert {"mesotherapy", "msc-therapy", "red-light"} <= names
    assert public.count() == len(real_check().collection.of(CLAIM))


def test_the_pages_of_a_third_treatment_are_found_and_readable(client):
    sitemap = client.get("/sitemap.xml").content.decode()
    listed = {"/red-light/", "/red-light/safety/", "/claims/red-light/slows-loss/"}

    pages = {path: client.get(path) for path in listed}

    assert all(f"{path}</loc>" in sitemap for path in listed)
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(listed, 200)
    assert "label--" in pages["/red-light/safety/"].content.decode()
    assert "href=/red-light/" in client.get("/").content.decode()
    register = client.get("/claims/?treatment=red-light").content.decode()
    assert set(re.findall("/claims/([a-z-]+)/[a-z]", register)) == {"red-light"}
