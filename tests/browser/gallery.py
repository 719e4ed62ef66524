"""Pictures and prints of every kind of page, to look at: python -m tests.browser.gallery FOLDER.

Starts the site with a folder of its own and writes into FOLDER for each kind a picture of the whole
page on a phone and on a screen, in the light and in the dark, and the pages as printed on A4;
`index.html` shows them side by side. Nothing here is kept with the code.
"""

import os
import shutil
import sys
import tempfile
from html import escape
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.kinds import kinds
from tests.browser.served import FLAGS, environment_in, served

WIDTHS = {"phone": 375, "screen": 1280}
SCHEMES = ("light", "dark")
TALLEST = 12_000
"""Pixels of a page that are shown; what comes after them is more of the same."""

STYLE = """
body { margin: 2rem; font: 1rem/1.5 system-ui; } img { width: 100%; border: 1px solid gray; }
.row { display: grid; grid-template-columns: 1fr 1fr 2fr 2fr; gap: 1rem; max-height: 60rem; overflow: auto; }
"""  # noqa: E501 - a stylesheet


def make(folder: Path) -> None:
    """Make the gallery anew."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, served(environment_in(var)) as site:
        paths = kinds(site)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            page = chromium.new_context(java_script_enabled=False).new_page()
            for kind, path in paths.items():
                page.goto(site + path)
                _take(page, folder, kind)
            chromium.close()
    (folder / "index.html").write_text(_index(paths))
    print(f"{len(paths)} kinds of page: {folder / 'index.html'}")  # noqa: T201 - a command says what it did


def _take(page: Page, folder: Path, kind: str) -> None:
    for look, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.screenshot(
                path=folder / f"{_name(kind)}-{look}-{scheme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": tall},
            )
    page.emulate_media(color_scheme="light")
    page.pdf(path=folder / f"{_name(kind)}.pdf", format="A4", prefer_css_page_size=True)


def _name(kind: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in kind).split())


def _index(paths: dict[str, str]) -> str:
    looks = [f"{look}-{scheme}" for look in WIDTHS for scheme in SCHEMES]
    rows = [
        f"<h2>{escape(kind)}</h2><p>{escape(path)}, <a href='{_name(kind)}.pdf'>printed</a></p>"
        "<div class='row'>"
        + "".join(
            f"<a href='{_name(kind)}-{look}.png'>"
            f"<img src='{_name(kind)}-{look}.png' alt='{escape(kind)}, {look}' loading='lazy'></a>"
            for look in looks
        )
        + "</div>"
        for kind, path in paths.items()
    ]
    head = f"<!doctype html><meta charset='utf-8'><title>Every kind of page</title><style>{STYLE}"
    return f"{head}</style><h1>Every kind of page</h1>{''.join(rows)}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder to write to: python -m tests.browser.gallery FOLDER")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    make(Path(sys.argv[1]))
