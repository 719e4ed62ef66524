"""The editor's field is markdownx's, asks our addresses alone, and works without its scripts."""

import re

import pytest
from django.conf import settings
from django.urls import resolve
from lxml import html
from markdownx.widgets import MarkdownxWidget

from explainer.staff.editor.widgets import LiveMarkdown

SCRIPTS = sorted((settings.BASE_DIR / "static" / "js" / "editor").glob("*.js"))


def rendered(value: str = "", **attrs: str) -> html.HtmlElement:
    return html.fromstring(LiveMarkdown(attrs=attrs).render("body", value, {"id": "id_body"}))


def test_it_is_markdownx_s_widget_asking_our_own_addresses():
    (field,) = rendered().xpath("//textarea")

    assert issubclass(LiveMarkdown, MarkdownxWidget)
    assert "markdownx-editor" in field.get("class")
    names = ("data-markdownx-urls-path", "data-claims-url", "data-token-url")
    asked = [resolve(field.get(name)).url_name for name in names]
    assert asked == ["live-text", "live-claims", "live-token"]


def test_what_the_form_adds_reaches_the_scripts():
    (field,) = rendered(**{"data-upload-url": "/here/", "data-article": "t/a"}).xpath("//textarea")

    assert field.get("data-markdownx-upload-urls-path") == "/here/"
    assert field.get("data-article") == "t/a"


def test_markdownx_s_script_and_its_views_are_nowhere():
    assert "markdownx" not in str(LiveMarkdown().media)
    for address in ("/markdownx/markdownify/", "/markdownx/upload/"):
        assert resolve(address).func.__module__.startswith("explainer.public.")


@pytest.mark.parametrize("typed", ["</textarea><script>", "\nA line", '"&amp;<b>'])
def test_what_was_typed_stays_as_it_was_and_is_only_text(typed):
    page = rendered(typed)

    assert page.xpath("//script") == []
    # A browser drops the first line end after the tag; lxml keeps it.
    assert page.xpath("string(//textarea)").removeprefix("\n") == typed


def test_without_scripts_only_the_text_is_shown():
    tools = rendered().xpath(
        "//*[@data-live-tools or @data-live-problems or @data-live-preview or @data-live-reading]"
    )

    assert len(tools) == 4
    assert all("hidden" in tool.attrib for tool in tools)


def test_no_field_of_the_tools_is_sent_with_the_form():
    named = rendered().xpath("//input[@name] | //select[@name] | //textarea[@name]")

    assert [field.get("name") for field in named] == ["body"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_says_what_it_is_for_and_keeps_to_the_policy(path):
    text = path.read_text()

    assert len(SCRIPTS) == 12
    assert text.startswith("/* ")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\beval\b|new Function|https?:|\.style\b|localStorage", text)
