"""Staff for tests, and revisions as far on their way to the public as a test needs them."""

from datetime import date, timedelta

from django.contrib.auth.models import Group, User

from explainer.library import drafts, reviewer, workflow
from explainer.library.models import Document, Revision
from tests.library import shelf

AT = shelf.NOON + timedelta(days=1)
DUE = date(2027, 1, 2)
REVIEWER = reviewer.Reviewer("Dr B. Example", "Dermatologist", DUE, read_unlabelled=True)
ALL = ("author", "reviewer", "publisher")


def staff(name: str, *roles: str) -> User:
    user = User.objects.create_user(name, f"{name}@clinic.example", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def public_claim(slug: str = "hope", **words: object) -> Document:
    """Publish the claim t/slug as the content files would, and give its document."""
    if not Document.objects.exists():
        shelf.treatment()
    revision = shelf.claim_draft(slug, note="First.", **words)
    shelf.publish(revision)
    return revision.document


def drafted(document: Document, actor: User, now=AT, **words: object) -> Revision:
    revision = drafts.start(document=document, actor=actor, now=now)
    fields = {"note": "Reads better.", **words}
    drafts.save(revision=revision, expected=0, fields=fields, actor=actor, now=now)
    return revision


def submitted(document: Document, actor: User, **words: object) -> Revision:
    revision = drafted(document, actor, **words)
    workflow.submit(revision=revision, expected=revision.lock_version, actor=actor, now=AT)
    return revision


def approved(document: Document, actor: User, second: User, **words: object) -> Revision:
    revision = submitted(document, actor, **words)
    workflow.approve(
        revision=revision,
        expected=revision.lock_version,
        actor=second,
        now=AT,
        reviewer=REVIEWER,
    )
    return revision


def scheduled(document: Document, actor: User, second: User, when, **words: object) -> Revision:
    revision = approved(document, actor, second, **words)
    workflow.schedule(
        revision=revision, expected=revision.lock_version, actor=second, now=AT, when=when
    )
    return revision


def public_term() -> Document:
    """Publish the glossary term `scalp`."""
    revision = shelf.term_draft()
    shelf.publish(revision)
    return revision.document
