"""Static files: collected under hashed names only when one changed, the stylesheet in one piece."""

import os
import re

import pytest
from django.conf import settings as site
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from explainer.web.staticfiles import BUNDLE, bundle, collect

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


def test_files_are_collected_when_one_changed_or_the_folder_is_gone_and_not_else(room, settings):
    assert collect()
    assert not collect()

    os.utime(room / "site.css", (1, 1))
    assert collect()

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


FILES = {
    "css/site.css": '@layer a, b;\n@import url("a.css") layer(a);\n'
    '@import url("parts/b.css") layer(b) print;\n',
    "css/a.css": "p { color: red }",
    "css/parts/b.css": 'i { mask: url("../../icons/x.svg") }',
}


def test_imports_are_written_into_their_layers():
    css = bundle("css/site.css", FILES.__getitem__)

    assert "@layer a {\np { color: red }\n}" in css
    assert '@media print {\n@layer b {\ni { mask: url("../icons/x.svg") }\n}\n}' in css
    assert "@import" not in css


def test_a_missing_import_breaks_the_build():
    with pytest.raises(KeyError, match="nothing"):
        bundle("x.css", {"x.css": '@import url("nothing.css") layer(a);'}.__getitem__)


def test_the_real_stylesheet_has_no_import_left_and_every_address_leads_somewhere():
    root = site.BASE_DIR / "static"

    css = bundle(BUNDLE, lambda name: (root / name).read_text())

    addresses = re.findall(r'url\("([^"]+)"\)', css)
    assert "@import" not in css
    assert len(addresses) >= 5
    assert all((root / "css" / address).resolve().is_file() for address in addresses)
