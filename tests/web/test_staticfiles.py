"""Static files: collected under hashed names only when one changed, the stylesheet in one piece."""

import os
import re

import pytest
from django.conf import settings as site
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from explainer.web.page_cache.site import page_cache
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


def asked(name, **headers):
    headers = {key.replace("_", "-"): value for key, value in headers.items()}
    response = Client().get(f"/static/{name}", headers=headers)
    data = response.getvalue()
    response.close()
    assert response["Content-Length"] == str(len(data))
    return response, data


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ranges", "status", "part"),
    [
        ("bytes=0-0", 206, "a"),
        ("bytes=5-5", 206, "f"),
        ("bytes=9-9", 206, "j"),
        ("bytes=0-9", 206, "abcdefghij"),
        ("bytes=3-5", 206, "def"),
        ("bytes=8-99", 206, "ij"),
        ("bytes=9-", 206, "j"),
        ("bytes=0-", 206, "abcdefghij"),
        ("bytes=-1", 206, "j"),
        ("bytes=-99", 206, "abcdefghij"),
        ("Bytes=1-1", 206, "b"),
        ("bytes=10-10", 416, ""),
        ("bytes=10-", 416, ""),
        ("bytes=99-", 416, ""),
        ("bytes=-0", 416, ""),
        ("bytes=5-3", 200, "abcdefghij"),
        ("bytes=99-3", 200, "abcdefghij"),
        ("bytes=0-0,5-5", 200, "abcdefghij"),
        ("bytes=--1", 200, "abcdefghij"),
        ("bytes=+1-2", 200, "abcdefghij"),
        ("bytes=-", 200, "abcdefghij"),
        ("bytes=a-b", 200, "abcdefghij"),
        ("lines=0-0", 200, "abcdefghij"),
        (f"bytes={'9' * 5000}-", 200, "abcdefghij"),
    ],
)
def test_the_range_that_was_asked_for_is_answered_to_the_byte(room, ranges, status, part):
    (room / "ten.txt").write_text("abcdefghij")
    collect()

    response, data = asked("ten.txt", range=ranges)

    assert (response.status_code, data.decode()) == (status, part)
    first = "abcdefghij".find(part)
    shown = {206: f"bytes {first}-{first + len(part) - 1}/10", 416: "bytes */10", 200: None}
    assert response.get("Content-Range") == shown[status]
    assert ("max-age" in response.get("Cache-Control", "")) is (status != 416)


@pytest.mark.django_db
@pytest.mark.parametrize("ranges", ["bytes=0-0", "bytes=-1", "bytes=0-"])
def test_an_empty_file_is_whole_whatever_is_asked_of_it(room, ranges):
    (room / "empty.txt").write_text("")
    collect()

    response, data = asked("empty.txt", range=ranges)

    assert (response.status_code, data) == (200, b"")


@pytest.mark.django_db
def test_a_part_is_of_the_version_that_is_asked_for_and_of_its_compressed_form(room):
    collect()
    whole, css = asked("site.css")
    packed, squeezed = asked("site.css", accept_encoding="br")

    same, _ = asked("site.css", range="bytes=0-0", if_range=whole["ETag"])
    older, data = asked("site.css", range="bytes=0-0", if_range='"older"')
    part, last = asked("site.css", range="bytes=-1", accept_encoding="br")

    assert (same.status_code, older.status_code, data) == (206, 200, css)
    assert (part["Content-Encoding"], last) == (packed["Content-Encoding"], squeezed[-1:])
    assert Client().head("/static/site.css", headers={"range": "bytes=0-0"}).status_code == 200


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
    assert addresses
    assert all((root / "css" / address).resolve().is_file() for address in addresses)


def before_django(path, **headers):
    """Ask the page cache, whose Django says only that it was asked; give status, headers, body."""

    def django(environ, start_response):
        start_response("418 Asked", [])
        return []

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "HTTP_HOST": "localhost",
        **headers,
    }
    began = []
    answer = page_cache(lambda: django)(environ, lambda *line: began.extend(line))
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    return int(began[0].split()[0]), dict(began[1]), body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        ("GET", {"accept-encoding": "br, gzip"}),
        ("GET", {"accept-encoding": "gzip"}),
        ("HEAD", {"accept-encoding": "br"}),
        ("GET", {"if-none-match": "*"}),
    ],
)
def test_a_file_before_django_is_answered_as_django_answers_it(room, method, headers):
    collect()
    path = staticfiles_storage.url("site.css")
    if "if-none-match" in headers:
        first = Client().get(path)
        headers = {"if-none-match": first["ETag"]}
        first.close()
    response = Client().generic(method, path, headers=headers)
    theirs = response.status_code, dict(response.headers), response.getvalue()
    response.close()

    names = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    assert before_django(path, REQUEST_METHOD=method, **names) == theirs


@pytest.mark.django_db
def test_what_is_no_collected_file_is_left_to_django(room):
    collect()
    path = staticfiles_storage.url("site.css")

    assert before_django(path)[0] == 200
    assert before_django("/static/site.css")[0] == 418, "its name does not tell its content"
    assert before_django("/static/site.000000000000.css")[0] == 418
    assert before_django(path, HTTP_RANGE="bytes=0-0")[0] == 418
    assert before_django(path, REQUEST_METHOD="POST")[0] == 418
    assert before_django(path, HTTP_HOST="elsewhere.example")[0] == 418


@pytest.mark.django_db
def test_the_policy_says_its_directives_in_one_order():
    policy = Client().get("/robots.txt")["Content-Security-Policy"].split("; ")

    assert policy == sorted(policy)
