"""The styles and templates as a whole: nothing unused, nothing missing, nothing shouted."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.sweeps.whole_site import Site

STATIC = settings.BASE_DIR / "static"
STAFF = {"account", "accounts", "admin", "mfa", "staff"}
"""Folders of what staff alone see; tests/staff/ holds those."""

STYLESHEETS = sorted(
    path
    for path in (STATIC / "css").rglob("*.css")
    if not STAFF & {*path.relative_to(STATIC).parts}
)
TEMPLATES = sorted(
    path
    for path in (settings.BASE_DIR / "templates").rglob("*.*")
    if not STAFF & {*path.relative_to(settings.BASE_DIR).parts}
)
STYLED = re.compile(r"\.(-?[a-z][\w-]*)(?=[^{}]*\{)")
NOT_ON_THE_SITE_TODAY = {
    "as-of",
    "claim--withdrawn",
    "contents-list__lead",
    "figure",
    "changes__event",
    "changes__item",
    "changes__link",
    "changes__list",
    "changes__mark",
    "changes__name",
    "changes__what",
    "history__mark",
    "kept__change",
    "kept__event",
}
"""Styled for what the real content need not show on every day."""

MADE_BY_SCRIPTS = {"bag", "bag__bar", "bag__button", "bag__note", "bag__way"} | {
    "entry__close",
    "entry__more",
}
"""Names that stand in no page but in a file of static/js/public/."""

UNSTYLED = {"filter__field", "source", "label"}
"""Names for what needs no style of its own."""


def rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def styled() -> set[str]:
    text = " ".join(rules(path) for path in STYLESHEETS)
    return set(STYLED.findall(re.sub(r'"[^"]*"', "", text)))


def test_every_style_is_used_and_every_class_has_one(site: Site) -> None:
    shown = {
        name
        for page in site.pages
        for classes in page.tree.xpath("//@class")
        for name in classes.split()
    }

    assert len(shown) > 60
    assert styled() - shown - NOT_ON_THE_SITE_TODAY - MADE_BY_SCRIPTS == set()
    unstyled = {name for name in shown - styled() if not name.startswith("claim--")}
    assert unstyled <= UNSTYLED


def test_every_exemption_is_needed() -> None:
    makers = [*TEMPLATES, *(settings.BASE_DIR / "explainer").rglob("*.py")]
    made = {name for path in makers for name in re.findall(r"[\w-]+", path.read_text())}

    assert (NOT_ON_THE_SITE_TODAY | MADE_BY_SCRIPTS) - styled() == set()
    assert (NOT_ON_THE_SITE_TODAY | UNSTYLED) - made == set()
    assert UNSTYLED & styled() == set()


def test_every_name_that_scripts_make_stands_in_a_script() -> None:
    scripts = " ".join(path.read_text() for path in (STATIC / "js" / "public").glob("*.js"))

    assert {name for name in MADE_BY_SCRIPTS if f'"{name}"' not in scripts} == set()


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_a_stylesheet_is_short_calm_and_begins_with_its_purpose(path: Path) -> None:
    text = path.read_text()

    assert text.startswith("/* ")
    assert len(text.splitlines()) <= 150
    assert "!important" not in text
    assert not re.search(r"(^|[\s,}])#[a-z-]+[^{};]*\{", rules(path)), "an id is a hook"
    assert "http" not in rules(path).replace('a[href^="http"]', "")


def test_only_the_palettes_of_the_pages_and_of_the_pictures_name_colours() -> None:
    others = [path for path in STYLESHEETS if path.name not in ("palette.css", "pictures.css")]

    assert len(others) > 20
    assert [p.name for p in others if re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rules(p))] == []


def test_the_contents_page_of_the_styles_imports_every_stylesheet_once() -> None:
    contents = STATIC / "css" / "site.css"
    imported = re.findall(r'@import url\("([^"]+)"\) layer\(\w+\)', contents.read_text())

    assert sorted(contents.parent / name for name in imported) == sorted(
        path for path in STYLESHEETS if path != contents
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short_escapes_everything_and_asks_nobody_who_they_are(path: Path) -> None:
    text = path.read_text()
    longest = 40 if path.parent.name == "components" else 80

    assert len(text.splitlines()) <= longest
    for word in ("|safe", "autoescape", "csrf", "request.", "user.", "messages", "style="):
        assert word not in text, word
