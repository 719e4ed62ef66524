"""What a story of staff takes: presses and page loads, counted as they are made."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, Request


@dataclass
class Count:
    """Clicks, keys that are commands, and page loads of everybody together.

    Words that are typed are no commands. `seconds` is how long the site's answers took, as the
    browsers saw it.
    """

    clicks: int = 0
    keys: int = 0
    loads: int = 0
    seconds: float = 0.0

    def watch(self, page: Page) -> Page:
        page.context.on("request", self._asked)
        page.context.on("requestfinished", self._answered)
        return page

    def _asked(self, request: Request) -> None:
        # In all tabs; a form that leads to a page is one load.
        self.loads += request.is_navigation_request() and request.redirected_from is None

    def _answered(self, request: Request) -> None:
        timing = request.timing
        self.seconds += max(timing["responseEnd"] - timing["requestStart"], 0) / 1000

    def press(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def key(self, page: Page, *names: str) -> None:
        for name in names:
            self.keys += 1
            page.keyboard.press(name)

    def fill(self, field: Locator, words: str) -> None:
        self.press(field)
        field.fill(words)

    def choose(self, field: Locator, value: str) -> None:
        self.clicks += 1
        field.select_option(value)


def seconds_of_servers() -> float:
    """Give the processor time of what this process started beside browsers: of its servers."""
    ticks, tree = 0, [os.getpid()]
    for pid in tree:
        folder = Path(f"/proc/{pid}")
        if b"playwright" in (folder / "cmdline").read_bytes():
            continue
        for task in (folder / "task").iterdir():
            tree += map(int, (task / "children").read_text().split())
        after_name = (folder / "stat").read_text().rpartition(")")[2].split()
        ticks += (pid != os.getpid()) * (int(after_name[11]) + int(after_name[12]))
    return ticks / os.sysconf("SC_CLK_TCK")
