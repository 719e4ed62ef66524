"""The site as files, served by nginx, answers as the site itself does: bytes, status, headers."""

import gzip
import re
from collections import Counter

import brotli
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import resolve

from explainer.guide import files
from explainer.guide.management.commands import export_site
from explainer.kinds import RECORD
from explainer.web.export.rules import BY_THE_SERVER
from explainer.web.export.walk import Export
from explainer.web.page_cache.asking import asked
from tests.addresses import ADDRESSES
from tests.guide import nginx
from tests.guide.test_steps import BODY
from tests.images import pictures
from tests.library import people, shelf
from tests.public import shop
from tests.public.page_caches import cache_in, connections_stay

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(nginx.NGINX is None, reason="nginx is not installed here"),
]

CLAIMS = 60
NEEDS_A_SERVER = ("/check/", "/search/", "/where-do-i-stand/")


@pytest.fixture(autouse=True)
def as_written():
    """Pages are compared as they are sent, not as their templates write them."""


@pytest.fixture(scope="module")
def exported(kept, tmp_path_factory):
    """Give the port of nginx, the live site and what was exported of it."""
    folder = tmp_path_factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patch, connections_stay():
        patch.setattr(settings, "VAR_DIR", folder / "var")
        (folder / "var").mkdir()
        _publish()
        cache, _ = cache_in(folder)
        patch.setattr(export_site, "page_cache", lambda django: cache)
        patch.setattr(export_site, "collect", lambda: None)
        found = []
        real = export_site.export_to
        patch.setattr(export_site, "export_to", lambda *args: found.append(real(*args)) or found[0])
        call_command("export_site", str(folder / "site"), verbosity=0)
        with nginx.serving(folder / "site", folder / "nginx") as port:
            yield port, cache, found[0], folder / "site" / "public"


def _publish():
    shop.build()
    image = pictures.sent(pictures.person())
    figure = f"::: background\n![Roots](figure:{image.key})\n:::"
    for number in range(CLAIMS):
        shop.claim(f"hope-{number}")
    shelf.publish(shelf.source_draft("regulator-2020", title="A warning", kind="regulator"))
    shelf.publish(
        shelf.draft(RECORD, "t/warning", **shelf.RECORD_FIELDS),
        shelf.article_draft("where-do-i-stand", BODY),
        shelf.article_draft("prices", figure),
        shelf.article_draft("gone"),
        shelf.article_draft("questions", shop.PLAIN),
        shelf.claim_draft("wrong"),
    )
    shop.withdraw("articles/gone")
    shop.withdraw("claims/t/wrong")
    people.drafted(shelf.document("claims/t/hope"), people.staff("writer", "author"))


def _answered(export):
    return [one for one in export.found if one.address and one.address not in NEEDS_A_SERVER]


def test_every_address_answers_as_the_site_does_byte_for_byte(exported):
    port, live, export, _ = exported
    compared = Counter()

    for one in _answered(export):
        there = asked(live, one.address)
        status, headers, body = nginx.answer(port, one.address)
        assert (one.address, status) == (one.address, there.status)
        assert body == there.body, one.address
        assert headers["content-type"] == there.header("Content-Type"), one.address
        expected = {name.lower(): value for name, value in there.headers}
        for name in {*expected, *headers} - BY_THE_SERVER - {"connection", "accept-ranges"}:
            assert headers.get(name) == expected.get(name), f"{one.address}: {name}"
        assert headers["etag"], one.address
        compared[one.address.rpartition(".")[2] if "." in one.address else status] += 1

    assert compared[200] > 70
    assert compared[410] == 1
    assert {"md", "json", "atom", "xml", "txt", "css", "js", "png", "ico", "svg"} <= {*compared}
    assert {"webmanifest", "atom?treatment=t"} <= {*compared}


def test_texts_are_sent_compressed_to_who_takes_it(exported):
    port, live, export, _ = exported
    sent = 0

    for one in _answered(export):
        status, headers, body = nginx.answer(port, one.address, Accept_Encoding="br, gzip")
        plain = nginx.answer(port, one.address)[1]
        there = asked(live, one.address)
        if headers.get("content-encoding") != "gzip":
            assert body == there.body
            continue
        sent += 1
        assert (status, gzip.decompress(body)) == (there.status, there.body), one.address
        assert headers["vary"] == plain["vary"] == "Accept-Encoding"
        assert status != 200 or headers["etag"] != plain["etag"]

    assert sent > 100


def test_brotli_lies_beside_for_a_server_that_has_it(exported):
    packed = [*exported[3].rglob("*.br")]

    assert len(packed) > 100
    for path in packed:
        assert brotli.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_who_has_a_page_is_told_so_and_a_tag_is_of_the_content(exported):
    port = exported[0]
    first, second = nginx.answer(port, "/t/")[1]["etag"], nginx.answer(port, "/claims/")[1]["etag"]

    assert first != second
    status, headers, body = nginx.answer(port, "/t/", If_None_Match=first)
    assert (status, body, headers["etag"]) == (304, b"", first)
    assert headers["x-frame-options"] == "DENY"
    assert nginx.answer(port, "/t/", If_None_Match=second)[0] == 200
    assert nginx.answer(port, "/t/", "HEAD")[::2] == (200, b"")


@pytest.mark.parametrize(
    "address", ["/t", "/t/safety", "/claims/t/hope", "/gone", "/claims?page=2"]
)
def test_without_its_last_slash_an_address_leads_to_the_one_with_it(exported, address):
    port, live, *_ = exported
    there = asked(live, address)
    status, headers, _body = nginx.answer(port, address)

    assert (status, headers["location"]) == (there.status, there.header("Location"))
    assert headers["content-security-policy"] == there.header("Content-Security-Policy")


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/", "/nothing.md", "/admin/", "/healthz", "/index.html", "/t/index.html",
        "/t/index.html.gz", "/404.html", "/_headers", "/_redirects", "/_export/405.html",
        "/_exporgone/gone/index.html", "/nginx/server.conf", "/changes/?treatment=nobody",
        "/claims/t/hope.json.br",
    ],
)  # fmt: skip
def test_what_is_no_page_of_the_site_is_not_found(exported, address):
    port, live, *_ = exported
    missing = asked(live, "/nothing/")
    status, headers, body = nginx.answer(port, address)

    assert (status, body) == (404, missing.body)
    for name, value in missing.headers:
        if name.lower() not in BY_THE_SERVER:
            assert headers[name.lower()] == value


def test_a_parameter_that_no_page_reads_changes_nothing(exported):
    port, live, *_ = exported

    assert nginx.answer(port, "/claims/?utm_source=x")[2] == asked(live, "/claims/").body
    assert (
        nginx.answer(port, "/claims/?utm_source=x&page=2&topic=")[2]
        == asked(live, "/claims/?page=2").body
        != asked(live, "/claims/").body
    )


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/check/", b"Checking a text"),
        ("/check/?claims=t/hope", b"Checking a text"),
        ("/search/", b"Searching"),
        ("/search/?q=hair", b"Searching"),
        ("/where-do-i-stand/", b"Asking step by step"),
        ("/claims/?level=plausible&topic=safety", b"Choosing among the claims"),
        ("/bag/?c=t/hope", b"Showing a list of your own"),
        ("/past/2026-01-02/t/", b"Showing a page of the past"),
    ],
)
def test_what_needs_a_server_says_so_in_its_place(exported, address, what):
    port, live, *_ = exported
    status, headers, body = nginx.answer(port, address)

    assert status == 200
    assert what in body
    assert b"<header class=site-header>" in body or b'<header class="site-header">' in body
    assert headers["x-robots-tag"] == "noindex"
    policy = asked(live, "/").header("Content-Security-Policy")
    assert headers["content-security-policy"] == policy


def test_a_form_is_refused_in_words_and_where_a_server_is_needed_says_so(exported):
    port, live, *_ = exported

    for address, what in (("/check/", b"Checking a text"), ("/where-do-i-stand/", b"step by step")):
        status, headers, body = nginx.answer(port, address, "POST")
        assert (status, headers["allow"]) == (405, "GET, HEAD")
        assert what in body
    status, headers, body = nginx.answer(port, "/claims/", "POST")
    there = asked(live, "/claims/", "POST")
    assert (status, body, headers["allow"]) == (405, there.body, there.header("Allow"))


def test_the_guide_can_be_read_whole_and_names_are_offered_none(exported):
    port, live, *_ = exported
    whole = asked(live, "/where-do-i-stand/?all=1").body

    assert nginx.answer(port, "/where-do-i-stand/?all=1")[2] == whole
    assert nginx.answer(port, files.WHOLE_GUIDE[1])[2] == whole
    assert nginx.answer(port, "/search/names.json?q=hair")[2] == b'{"names": []}'


def test_every_address_of_readers_is_a_file_or_a_part_that_says_so(exported):
    export = exported[2]
    every = {one.address.partition("?")[0] for one in export.found}
    known = {address for address in every if address and not address.startswith("/static/")}
    parts = tuple(part.address for part in export.parts if part.is_whole or part.below)
    examples = {pattern: row.at.partition("?")[0] for pattern, row in ADDRESSES.items()}
    readers = {pattern for pattern in examples if not pattern.startswith("admin/")}

    names = {resolve(address).url_name for address in known | {*parts}}
    below = tuple(part.address for part in export.parts if part.below)
    left = {
        pattern
        for pattern in readers
        if not examples[pattern].startswith(below)
        and resolve(examples[pattern]).url_name not in names
    }

    # This site names nobody who takes reports of holes.
    without = {".well-known/security.txt"}
    assert left == {"healthz", "readyz", "did-i-read-it-right/"} | without
    assert len(readers) > 30
    assert known | {*parts} >= {*files.addresses()}


def test_nothing_of_the_staff_is_exported(exported):
    export = exported[2]
    every = b"".join(path.read_bytes() for path in exported[3].rglob("*.html"))

    assert not [one for one in export.found if one.address.startswith("/admin/")]
    assert not re.search(rb'(href|src|action)="?/admin/', every)
    assert b"Reads better." not in every


def test_the_command_refuses_a_foreign_folder_in_words(tmp_path, monkeypatch, settings):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    monkeypatch.setattr(export_site, "collect", lambda: None)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("Years of work.")

    with pytest.raises(CommandError, match=r"site' holds what no export wrote.*Name a folder"):
        call_command("export_site", str(tmp_path / "site"), verbosity=0)


def test_the_command_says_where_the_files_are_or_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(export_site, "collect", lambda: None)
    monkeypatch.setattr(export_site, "call_command", lambda *_name, **_options: None)
    monkeypatch.setattr(export_site, "export_to", lambda *_args: Export(()))

    call_command("export_site", str(tmp_path / "site"), verbosity=0)
    assert capsys.readouterr() == ("", "")
    call_command("export_site", str(tmp_path / "site"))
    said = capsys.readouterr()
    assert (
        f"0 files in {tmp_path}/site/public. nginx: include {tmp_path}/site/nginx/http" in said.out
    )
    assert "Export a public site with its own SITE_URL" in said.err
