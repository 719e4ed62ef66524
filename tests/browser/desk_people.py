"""Two accounts for tests and pictures of the desk, each with a session and some work begun.

Anna and Bo may write, review and publish; Anna administers too. What they began stays on
the desk: nothing that readers see is changed.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]
DRAFT = "claims/mesotherapy/overall-safety"
SUBMITTED = "claims/mesotherapy/scalp-abscess"
ARTICLE = "articles/mesotherapy/safety"
SOURCE = "sources/clinic-msc-a"
SCRIPT = """
import json
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from explainer.library import drafts, workflow
from explainer.library.models import Document

now = timezone.now()
for name, roles in (
    ("anna", ("author", "reviewer", "publisher", "administrator")),
    ("bo", ("author", "reviewer", "publisher")),
):
    user, _ = User.objects.get_or_create(
        username=name, is_staff=True, first_name=name.capitalize(), last_name="Example"
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    print("SESSION", name, settings.SESSION_COOKIE_NAME, client.session.session_key)
anna = User.objects.get(username="anna")
for subject in SUBJECTS:
    document = Document.objects.by_subject(subject)
    if not document.newest.is_open:
        who = {"actor": anna, "now": now}
        revision = drafts.start(document=document, **who)
        fields = {"note": "Say in whom it was seen."}
        drafts.save(revision=revision, expected=0, fields=fields, **who)
        if subject == SUBMITTED:
            workflow.submit(revision=revision, expected=1, comment="Please look.", **who)
"""


def make_people(environment: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Make both accounts and what they began; give the session cookie of each, by name."""
    subjects = [DRAFT, SUBMITTED, ARTICLE, SOURCE]
    names = f"SUBJECTS, SUBMITTED = {json.dumps(subjects)}, {SUBMITTED!r}\n"
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", names + SCRIPT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines = [line.split() for line in said.splitlines() if line.startswith("SESSION")]
    return {name: (cookie, key) for _, name, cookie, key in lines}


def let_in(context: BrowserContext, site: str, cookie: tuple[str, str]) -> None:
    """Log somebody in without the log-in page."""
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": site}])
