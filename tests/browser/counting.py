"""What a story of staff takes: presses and page loads, counted as they are made."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Request


@dataclass
class Count:
    """Clicks and page loads of everybody together."""

    clicks: int = 0
    loads: int = 0

    def watch(self, page: Page) -> Page:
        page.context.on("request", self._asked)
        return page

    def _asked(self, request: Request) -> None:
        # In all tabs; a form that leads to a page is one load.
        self.loads += request.is_navigation_request() and request.redirected_from is None

    def press(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def fill(self, field: Locator, words: str) -> None:
        self.press(field)
        field.fill(words)

    def choose(self, field: Locator, value: str) -> None:
        self.clicks += 1
        field.select_option(value)
