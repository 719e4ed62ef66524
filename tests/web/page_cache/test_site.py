"""The page cache as this site sets it up."""

import pytest

from explainer.web.page_cache.site import page_cache


@pytest.mark.parametrize("path", ["/admin", "/admin/", "/admin/desk/", "/images/a.png"])
def test_what_may_depend_on_who_asks_and_files_are_never_looked_for(path, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    asked = []

    def django(environ, start_response):
        asked.append(environ["PATH_INFO"])
        start_response("301 Moved Permanently", [("Location", "/")])
        return []

    cache = page_cache(lambda: django)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "localhost"}
    for _ in range(2):
        list(cache(environ, lambda *started: None))

    assert asked == [path, path]
    assert not (tmp_path / "pages.sqlite3").exists()
