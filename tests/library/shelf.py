"""Builds documents for tests of the library: a treatment, a source, claims, articles."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.db import connection

from explainer.kinds import ARTICLE, BY_PATH, CLAIM, SOURCE, TERM, TREATMENT, Kind
from explainer.kinds.schema import in_order
from explainer.library import publishing
from explainer.library.drafts import index_positions, label_now
from explainer.library.models import Document, Revision

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)

CLAIM_FIELDS = {
    "statement": "The treatment may help some hair.",
    "topic": "mechanism",
    "kind": "mechanism",
    "bearing": "promise",
    "positions": [
        {
            "source": "clinic-a",
            "level": "plausible",
            "finding": "asserts",
            "product": "",
            "says": "Says so.",
        },
    ],
    "why": "Because.",
    "would_change": "A trial.",
}
TREATMENT_FIELDS = {
    "name": "The treatment",
    "products": [["mix", "a mix"]],
    "summary": "[Clinics sell it.](background:)",
    "body": "::: guidance\nAsk the clinic what is in it.\n:::",
}
RECORD_FIELDS = {
    "statement": "In May 2020 the regulator warned clinics.",
    "source": "regulator-2020",
    "date": "2020-05-04",
    "says": "Warns clinics.",
    "body": "Ask the clinic about it.",
    "note": "New.",
}
SOURCE_FIELDS = {"title": "A clinic", "kind": "clinic", "seen": "full", "appraisal": "Ours."}


def draft(of: Kind, key: str, /, *, label: str | None = None, **words: object) -> Revision:
    """Store a new open revision of a document, with columns of the row among its words.

    A `label` that is named is stored as it is; else it is what the positions lead to.
    """
    owner = of.treatment(key)
    parent = Document.objects.get(kind=TREATMENT, key=owner) if owner not in ("", key) else None
    document, _ = Document.objects.get_or_create(kind=of, key=key, defaults={"treatment": parent})
    names = {field.name for field in of.schema}
    fields = {name: value for name, value in words.items() if name in names}
    columns = {name: value for name, value in words.items() if name not in names}
    revision = Revision(
        document=document,
        number=document.revisions.count() + 1,
        created_at=NOON,
        fields=in_order(of.schema, fields),
        **columns,
    )
    worked_out = label_now(revision)
    revision.ground = worked_out["ground"]
    revision.level = (worked_out["level"] if label is None else label) if of.is_assessed else ""
    revision.save()
    index_positions(revision)
    return revision


def treatment(**words: object) -> Document:
    """Publish the invented treatment `t` and the source `clinic-a`."""
    revision = draft(TREATMENT, "t", **{**TREATMENT_FIELDS, **words})
    publish(revision, source_draft())
    return revision.document


def source_draft(key: str = "clinic-a", **words: object) -> Revision:
    return draft(SOURCE, key, **{**SOURCE_FIELDS, **words})


def term_draft(key: str = "scalp", **words: object) -> Revision:
    return draft(TERM, key, **{"term": "Scalp", "definition": "The skin under the hair.", **words})


def claim_draft(slug: str = "hope", **words: object) -> Revision:
    """Store a new open revision of the claim t/slug, with one position."""
    name = slug.replace("-", " ").capitalize()
    return draft(CLAIM, f"t/{slug}", **{"name": name, **CLAIM_FIELDS, **words})


def position(level: str = "plausible", source: str = "clinic-a", **words: str) -> dict[str, str]:
    given = {"source": source, "level": level, "finding": "asserts", "product": ""}
    return {**given, "says": "Says so.", **words}


def article_draft(
    key: str = "t/safety", body: str = "[](claim:t/hope)", **words: object
) -> Revision:
    """Store a new open revision of the article with that key."""
    given = {"title": "A title", "menu": "footer", "summary": "[](claim:t/hope)", "body": body}
    return draft(ARTICLE, key, **{**given, **words})


def publish(*revisions: Revision, now: datetime = NOON) -> None:
    """Publish revisions as the content files would."""
    publishing.publish(revisions=revisions, actor=None, reason="A test", now=now)


def document(subject: str) -> Document:
    """Give what is worked on under a name: claims/KEY."""
    path, _, key = subject.partition("/")
    return Document.objects.get(kind=BY_PATH[path], key=key)


def approval(actor: User, now: datetime = NOON) -> dict[str, object]:
    """Give the columns of a revision that somebody else approved."""
    return {
        "approved_by": actor,
        "approved_at": now,
        "reviewed_by": "Dr B. Example",
        "reviewer_qualification": "Dermatologist",
        "reviewed_at": now.date(),
        "review_due": date(2027, 1, 2),
    }


def raw(statement: str) -> None:
    """Pass by the models, as somebody could who has the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
