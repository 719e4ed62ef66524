"""Staff in a real browser: accounts, logging in, and the steps that every story takes."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
PASSWORD = "a long enough phrase"
MAKE = """
from django.contrib.auth.models import Group, User
for name, roles in {people!r}.items():
    who, _ = User.objects.get_or_create(username=name, is_staff=True, last_name="Example")
    who.first_name = name.title()
    who.set_password({password!r})
    who.save()
    who.groups.set(Group.objects.filter(name__in=roles))
"""


def make_people(environment: dict[str, str], people: dict[str, list[str]]) -> None:
    """Make staff accounts with their roles."""
    code = MAKE.format(people=people, password=PASSWORD)
    command = [sys.executable, "manage.py", "shell", "--command", code]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def log_in(browser: Browser, site: str, name: str, width: int = 1280) -> BrowserContext:
    """Give a browser of somebody's own, logged in."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector("#user-tools")
    page.close()
    return context


def watched(page: Page) -> list[str]:
    """Collect what the browser blocked, and every script that failed."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Policy" in said.text else None)
    return found
