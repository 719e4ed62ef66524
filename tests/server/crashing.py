"""What the crash test needs to do inside Django, in processes of its own."""

import json
import os
import sys

PASSWORD = "a long enough phrase for this"
PUBLISHES = 30
STATEMENT = "The treatment may help some hair, in case {}."


def prepare(claims: int = PUBLISHES + 1) -> None:
    """Public claims, each with an approved second revision."""
    from django.core.management import call_command

    from explainer.web.staticfiles import collect
    from tests.library import people

    collect()
    call_command("migrate", verbosity=0)
    staff = {name: people.staff(name, name) for name in people.ALL}
    for person in staff.values():
        person.set_password(PASSWORD)
        person.save()
    for number in range(claims):
        document = people.public_claim(f"case-{number}", statement=STATEMENT.format(number))
        why = f"Because of case {number}."
        people.approved(document, staff["author"], staff["reviewer"], why=why)


def schedule() -> None:
    """Let the second revision of the first claim become public in some seconds."""
    from datetime import timedelta

    from django.contrib.auth.models import User
    from django.utils import timezone

    from explainer.library import workflow
    from explainer.library.models import Revision

    revision = Revision.objects.open().get(document__key="t/case-0")
    now, actor = timezone.now(), User.objects.get(username="publisher")
    words = {"expected": revision.lock_version, "actor": actor, "now": now}
    workflow.schedule(revision=revision, when=now + timedelta(seconds=4), **words)


def read() -> None:
    """Print of each claim what is there, and whether the whole fits together."""
    from django.db import connection

    from explainer.library import audit
    from explainer.library.models import AuditEntry, Change, Revision, SiteVersion

    states = {}
    for number in range(PUBLISHES):
        key = f"t/case-{number}"
        revisions = Revision.objects.filter(document__key=key).order_by("number")
        published = AuditEntry.objects.filter(action="publish", subject=f"claims/{key}")
        states[number] = [*(revision.state for revision in revisions), published.count()]
    sound = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            sound = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    found = {
        "states": states,
        "site_version": SiteVersion.objects.current().number,
        "changes": Change.objects.count(),
        "by_staff": Change.objects.filter(actor__isnull=False).count(),
        "audit": list(audit.verify()),
        "sound": sound,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    {"prepare": prepare, "schedule": schedule, "read": read}[sys.argv[1]](*map(int, sys.argv[2:]))
