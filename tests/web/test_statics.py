"""Static files are collected with hashed names, and only when one of them changed."""

import os

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from explainer.web.staticfiles import collect

HASHED = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}


@pytest.fixture
def room(settings, tmp_path):
    """A site of its own: one stylesheet, the real storage, an empty folder to collect into."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("body { color: black }\n" * 100)
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = {**settings.STORAGES, "staticfiles": HASHED}
    return source


def test_unchanged_files_are_collected_once(room):
    assert collect()
    assert not collect()


def test_a_changed_file_is_collected_again(room):
    collect()
    os.utime(room / "site.css", (1, 1))

    assert collect()


def test_files_are_collected_again_when_the_folder_is_gone(room, settings):
    collect()
    (settings.STATIC_ROOT / "staticfiles.json").unlink()

    assert collect()


@pytest.mark.django_db  # closing an answer also looks after the database connection
def test_a_collected_file_is_served_compressed_for_ever_with_all_headers(room):
    collect()
    address = staticfiles_storage.url("site.css")

    response = Client().get(address, headers={"accept-encoding": "br"})

    assert address != "/static/site.css"
    assert response["Content-Encoding"] == "br"
    assert "immutable" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response
    response.close()
