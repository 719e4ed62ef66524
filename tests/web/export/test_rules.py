"""Few rules give every file exactly the headers it was answered with."""

import pytest

from explainer.web.export.rules import rules_of
from explainer.web.export.walk import Exported

FILES = {
    "index.html": {"X-Frame-Options": "DENY", "Cache-Control": "no-cache"},
    "t/index.html": {"X-Frame-Options": "DENY", "Cache-Control": "no-cache"},
    "t.md": {"X-Frame-Options": "DENY", "Link": "<https://hair.example/t/>"},
    "t/safety.md": {"X-Frame-Options": "DENY", "Link": "<https://hair.example/t/safety/>"},
    "index.md": {"X-Frame-Options": "DENY", "Link": "<https://hair.example/>"},
    "static/a.css": {"X-Frame-Options": "DENY", "Cache-Control": "immutable"},
    "static/a.png": {"X-Frame-Options": "DENY", "Cache-Control": "immutable"},
    "b.png": {"X-Frame-Options": "SAMEORIGIN", "ETag": "x", "Content-Length": "3"},
}


@pytest.fixture
def rules():
    found = [Exported(f"/{name}", name, 200, tuple(said.items())) for name, said in FILES.items()]
    return {rule.name: rule for rule in rules_of(found, ["/static/"])}


def test_each_file_keeps_its_headers(rules):
    for file, said in FILES.items():
        for name in ("X-Frame-Options", "Cache-Control", "Link"):
            assert rules[name].value(file) == said.get(name, ""), (file, name)


def test_what_a_server_of_files_makes_itself_is_no_rule(rules):
    assert {*rules} == {"X-Frame-Options", "Cache-Control", "Link"}


def test_a_rule_is_said_once_for_a_folder_or_an_ending(rules):
    assert rules["X-Frame-Options"].common == "DENY"
    assert rules["Cache-Control"].folders == {"static/": "immutable"}
    assert rules["Link"].endings == {".md": "<https://hair.example/{stem}/>"}
    assert rules["Link"].files == {"index.md": "<https://hair.example/>"}
