"""The real site for a real browser: the serve command with all content, and Chromium."""

import re
import shutil
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.desk import log_in, make_people
from tests.browser.editor import Desk, editor_served
from tests.browser.served import FLAGS, environment_in, served

# A busy machine is slow, and no promise about speed is made here: benchmarks measure it.
expect.set_options(timeout=20_000)
ADDRESS = re.compile(r"<loc>([^<]+)</loc>")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment_in(tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[str]:
    with served(environment) as address:
        yield address


@pytest.fixture(scope="module")
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a story's own site is given: what one publishes, another would begin from."""
    return environment_in(tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="module")
def own_site(own_environment: dict[str, str]) -> Iterator[str]:
    with served(own_environment) as address:
        yield address


@pytest.fixture(scope="module")
def two(
    browser: Browser, own_environment: dict[str, str], own_site: str
) -> Iterator[tuple[Page, Page]]:
    """A page of Anna, who writes, and one of Ben, who reviews and publishes, on a story's site."""
    make_people(own_environment, {"anna": ["author"], "ben": ["reviewer", "publisher"]})
    with log_in(browser, own_site, "anna") as anna, log_in(browser, own_site, "ben") as ben:
        yield anna.new_page(), ben.new_page()


@pytest.fixture(scope="session")
def addresses(site: str) -> list[str]:
    """Every public page: the sitemap's, and the kinds that it leaves out."""
    with urlopen(f"{site}/sitemap.xml") as answer:
        listed = [found.replace("&amp;", "&") for found in ADDRESS.findall(answer.read().decode())]
    return [*listed, f"{site}/claims/?level=unsupported", f"{site}/nothing-here/"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[Desk]:
    """A page of the editor alone, and a writer's session."""
    with editor_served(environment, tmp_path_factory.mktemp("var")) as found:
        yield found


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        desk.let_in(context)
        yield context.new_page()


@pytest.fixture
def violations(page: Page) -> list[str]:
    """Collect what the browser blocked, and every script that failed."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Policy" in said.text else None)
    return found


@pytest.fixture
def editor(page: Page, violations: list[str], desk: Desk) -> Page:
    page.goto(desk.address)
    expect(page.locator("[data-live-problems]")).to_contain_text("Nothing to put right.")
    return page
