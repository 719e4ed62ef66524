"""What the crash test needs to do inside Django, in processes of its own."""

import json
import os
import sys

PASSWORD = "a long enough phrase for this"
PUBLISHES = 30


def prepare() -> None:
    """Thirty public claims, each with an approved second version."""
    from datetime import date, timedelta

    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.utils import timezone

    from explainer.library import beginning, drafts, reviewing
    from explainer.web.statics import collect
    from tests.library import shelf

    collect()
    call_command("migrate", verbosity=0)
    people = {}
    for name in ("author", "reviewer", "publisher"):
        people[name] = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        people[name].groups.set(Group.objects.filter(name=name))
    shelf.treatment()
    now = timezone.now()
    reviewer = reviewing.Reviewer("A. Example", "Example", date.today() + timedelta(days=365))
    for number in range(PUBLISHES):
        statement = f"The treatment may help some hair, in case {number}."
        public = shelf.claim_draft(slug=f"case-{number}", statement=statement, note="First.")
        shelf.publish(public)
        version = beginning.start(identity=public.claim, by=people["author"], at=now)
        given = {"why": f"Because of case {number}.", "note": "Says why."}
        drafts.save(version=version, base=0, given=given, by=people["author"], at=now)
        reviewing.submit(version=version, base=1, by=people["author"], at=now)
        reviewing.approve(version=version, base=1, by=people["reviewer"], at=now, reviewer=reviewer)


def read() -> None:
    """Say of each claim what is there, and whether the whole fits together."""
    from django.db import connection

    from explainer.library import audit
    from explainer.library.models import AuditEntry, Change, ClaimVersion, Edition

    states = {}
    for number in range(PUBLISHES):
        versions = ClaimVersion.objects.filter(claim__key=f"t/case-{number}").order_by("number")
        published = AuditEntry.objects.filter(action="publish", subject=f"claims/t/case-{number}")
        states[number] = [*(version.state for version in versions), published.count()]
    sound = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            sound = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    found = {
        "states": states,
        "site_version": Edition.objects.current().number,
        "changes": Change.objects.count(),
        "by_staff": Change.objects.filter(by__isnull=False).count(),
        "audit": list(audit.verify()),
        "sound": sound,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    {"prepare": prepare, "read": read}[sys.argv[1]]()
