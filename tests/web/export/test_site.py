"""An export is of one edition and of pages that are there, or nothing changes; a toy makes them."""

import pytest

from explainer.web.export.release import ExportRefused
from explainer.web.export.site import TRIES, export_to
from explainer.web.export.walk import Part
from tests.web.page_cache.toy import HOST, Toy


@pytest.fixture
def toy(tmp_path, settings):
    settings.SITE_URL = f"https://{HOST}"
    toy = Toy(tmp_path)
    toy.headers = [("Content-Security-Policy", 'default-src "x"')]
    return toy


def export(toy, tmp_path, *parts):
    return export_to(tmp_path / "site", toy.cache, lambda: ["/page/"], parts)


def test_a_page_is_written_with_its_rules(toy, tmp_path):
    export(toy, tmp_path)

    assert (tmp_path / "site/public/page/index.html").read_bytes() == toy.body
    http = (tmp_path / "site/nginx/http.conf").read_text()
    assert r'default "default-src \"x\"";' in http
    assert "  X-Frame-Options: DENY\n" in (tmp_path / "site/public/_headers").read_text()


def test_what_is_published_meanwhile_begins_the_export_anew(toy, tmp_path):
    def publish():
        toy.name, toy.meanwhile = "2", lambda: None

    toy.meanwhile = publish
    export(toy, tmp_path)

    assert len([asked for asked in toy.asked if asked["PATH_INFO"] == "/page/"]) == 2


def test_a_site_that_changes_all_the_time_is_refused_and_the_old_one_stays(toy, tmp_path):
    export(toy, tmp_path)

    def publish():
        toy.name += "1"

    toy.name, toy.meanwhile, toy.body = "2", publish, b"other"
    with pytest.raises(ExportRefused, match=rf"published {TRIES} times.*Try again"):
        export(toy, tmp_path)

    assert (tmp_path / "site/public/page/index.html").read_bytes() != b"other"


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "500 Internal Server Error"])
def test_an_address_that_has_no_page_is_named_and_nothing_is_exported(toy, tmp_path, status):
    toy.status = status

    with pytest.raises(ExportRefused, match=f"'/page/' answered {status[:3]}.*check_library"):
        export(toy, tmp_path)

    assert not (tmp_path / "site").exists()


def test_a_part_stands_where_only_a_server_can_answer(toy, tmp_path):
    export(toy, tmp_path, Part("/ask/", b"Ask a server."), Part("/old/", b"Old.", below=True))

    assert (tmp_path / "site/public/ask/index.html").read_bytes() == b"Ask a server."
    told = (tmp_path / "site/public/_redirects").read_text()
    assert told == "/old/* /_export/parts/old/ 200\n"
    assert "/old/" not in {asked["PATH_INFO"] for asked in toy.asked}
