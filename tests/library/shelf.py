"""Builds rows for tests of the library: a treatment, a source, claims, articles."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import User

from explainer.library import publishing
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    Position,
    Source,
    Treatment,
)

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def treatment() -> Treatment:
    """Store the invented treatment `t` and the source `clinic-a`."""
    row = Treatment(key="t", name="The treatment", products=[["mix", "a mix"]])
    source = Source(key="clinic-a", title="A clinic", kind="clinic", seen="full", appraisal="Ours.")
    publishing.revise(rows=[row, source], by=None, reason="A test", at=NOON)
    return row


def claim_draft(slug: str = "hope", **words: object) -> ClaimVersion:
    """Store a new open version of the claim t/slug, with one position."""
    claim, _ = Claim.objects.get_or_create(
        key=f"t/{slug}", treatment=Treatment.objects.get(key="t")
    )
    given = {
        "statement": "The treatment may help some hair.",
        "topic": "mechanism",
        "kind": "mechanism",
        "bearing": "promise",
        "level": "plausible",
        "why": "Because.",
        "would_change": "A trial.",
    }
    version = ClaimVersion.objects.create(
        claim=claim,
        number=claim.versions.count() + 1,
        created_at=NOON,
        **{**given, **words},
    )
    Position.objects.create(
        version=version,
        order=0,
        source=Source.objects.get(key="clinic-a"),
        level=version.level,
        says="Says so.",
    )
    return version


def article_draft(key: str = "t/safety", body: str = "[](claim:t/hope)") -> ArticleVersion:
    """Store a new open version of the article with that key."""
    name, _, topic = key.partition("/")
    article, _ = Article.objects.get_or_create(
        key=key, treatment=Treatment.objects.filter(key=name).first(), topic=topic
    )
    return ArticleVersion.objects.create(
        article=article,
        number=article.versions.count() + 1,
        created_at=NOON,
        title="A title",
        summary="[](claim:t/hope)",
        body=body,
    )


def publish(*versions: ClaimVersion | ArticleVersion) -> None:
    """Publish versions as the content files would."""
    publishing.publish(versions=versions, by=None, reason="A test", at=NOON)


def approval(by: User, at: datetime = NOON) -> dict[str, object]:
    """Give the columns of a version that somebody else approved."""
    return {
        "approved_by": by,
        "approved_at": at,
        "reviewed_by": "Dr B. Example",
        "reviewer_qualification": "Dermatologist",
        "reviewed_at": at.date(),
        "review_due": date(2027, 1, 2),
    }
