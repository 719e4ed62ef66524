"""Staff for tests, and versions as far on their way to the public as a test needs them."""

from datetime import date, timedelta

from django.contrib.auth.models import Group, User

from explainer.library import beginning, drafts, publishing, releasing, reviewing
from explainer.library.models import Article, Claim, GlossaryTerm, Treatment
from explainer.library.models.versions import Version
from tests.library import shelf

AT = shelf.NOON + timedelta(days=1)
DUE = date(2027, 1, 2)
REVIEWER = reviewing.Reviewer("Dr B. Example", "Dermatologist", DUE)
ALL = ("author", "reviewer", "publisher")


def staff(name: str, *roles: str) -> User:
    user = User.objects.create_user(name, f"{name}@clinic.example", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def public_claim(slug: str = "hope", **words: object):
    """Publish the claim t/slug as the content files would, and give the claim."""
    if not Treatment.objects.exists():
        shelf.treatment()
    version = shelf.claim_draft(slug, note="First.", **words)
    shelf.publish(version)
    return version.claim


def drafted(identity: beginning.Identity, by: User, **words: object) -> Version:
    version = beginning.start(identity=identity, by=by, at=AT)
    given = {"note": "Reads better.", **words}
    drafts.save(version=version, base=0, given=given, by=by, at=AT)
    return version


def submitted(identity: beginning.Identity, by: User, **words: object) -> Version:
    version = drafted(identity, by, **words)
    reviewing.submit(version=version, base=version.save_count, by=by, at=AT)
    return version


def approved(identity: beginning.Identity, by: User, second: User, **words: object) -> Version:
    version = submitted(identity, by, **words)
    base = version.save_count
    reviewing.approve(version=version, base=base, by=second, at=AT, reviewer=REVIEWER)
    return version


def scheduled(
    identity: beginning.Identity, by: User, second: User, when, **words: object
) -> Version:
    version = approved(identity, by, second, **words)
    releasing.schedule(version=version, base=version.save_count, by=second, at=AT, when=when)
    return version


def public_term() -> None:
    """Publish the glossary term `scalp`."""
    row = GlossaryTerm(key="scalp", term="Scalp", definition="The skin under the hair.")
    publishing.revise(rows=[row], by=None, reason="A test", at=shelf.NOON)


def identity_of(subject: str) -> beginning.Identity:
    """Give what is worked on under a name."""
    part, _, key = subject.partition("/")
    models = {"claims": Claim, "articles": Article}
    return models[part].objects.get(key=key) if part in models else subject
