"""The writing surface on a page of its own, with all content: served, and used as a writer does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserContext, FrameLocator, Page

from tests.browser.served import free_port, wait_for

ROOT = Path(__file__).parents[2]
ACCOUNT = """
import json
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
user, _ = User.objects.get_or_create(username="writer", is_staff=True)
user.user_permissions.add(Permission.objects.get(codename="write"))
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(user)
cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key}
print("COOKIE", json.dumps(cookie))
"""


class Desk(NamedTuple):
    """Where the editor is, and a writer's session."""

    site: str
    cookie: dict[str, str]

    @property
    def address(self) -> str:
        return f"{self.site}/admin/try/"

    def let_in(self, context: BrowserContext) -> None:
        context.add_cookies([{**self.cookie, "url": self.site}])  # type: ignore[list-item]


@contextmanager
def editor_served(environment: dict[str, str], var: Path) -> Iterator[Desk]:
    """Serve all content with a page of the editor; give its address and a writer's session."""
    settings = {
        **environment,
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "tests.browser.editor_settings",
    }
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        next(line for line in server.stdout if line.startswith("Open "))
        wait_for(f"http://127.0.0.1:{port}/healthz")
        said = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", ACCOUNT],
            cwd=ROOT,
            env=settings,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        cookie = next(line for line in said.splitlines() if line.startswith("COOKIE"))
        yield Desk(f"http://127.0.0.1:{port}", json.loads(cookie.removeprefix("COOKIE")))
        server.terminate()


def preview(page: Page) -> FrameLocator:
    return page.frame_locator(".live__frame")


def text_of(page: Page) -> str:
    """Give what the form would send."""
    return page.input_value("[name=body]")


def select(page: Page, first: int, last: int) -> None:
    """Select signs of the text as a writer does."""
    page.focus("#id_body")
    page.keyboard.press("Control+Home")
    for place in range(last):
        page.keyboard.press("ArrowRight" if place < first else "Shift+ArrowRight")
