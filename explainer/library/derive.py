"""The columns of a document that tell of its revisions: their one writer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from explainer.library.models import OPEN, Document, Revision, State, Status

COLUMNS = (
    "title", "status", "level", "bearing", "reason", "topic", "product", "review_due",
    "first_published_at", "live", "newest",
)  # fmt: skip


FEW = 5  # documents that are written one by one; of more, all in one statement


def derive(document: Document, revisions: Iterable[Revision]) -> None:
    """Write what a document's revisions say of it; `revisions` are all of them that count.

    These are the newest and the published one; the first that was ever published is
    remembered on the document itself.
    """
    columns = _columns(document, sorted(revisions, key=lambda revision: revision.number))
    for name, value in columns.items():
        setattr(document, name, value)
    Document.objects.filter(pk=document.pk).update(**columns)


def derive_all(documents: Iterable[Document]) -> None:
    documents = list(documents)
    for document, columns in _all_columns(documents):
        for name, value in columns.items():
            setattr(document, name, value)
        if len(documents) <= FEW:
            Document.objects.filter(pk=document.pk).update(**columns)
    if len(documents) > FEW:
        Document.objects.bulk_update(documents, COLUMNS, batch_size=200)


def outdated() -> list[str]:
    # By key: reading `live` itself would ask the database for it.
    return [
        document.subject
        for document, columns in _all_columns(list(Document.objects.all()))
        if any(
            document.serializable_value(name) != getattr(value, "pk", value)
            for name, value in columns.items()
        )
    ]


def _all_columns(documents: list[Document]) -> Iterator[tuple[Document, dict[str, Any]]]:
    revisions: dict[int, list[Revision]] = defaultdict(list)
    rows = Revision.objects.filter(document__in=documents).defer("file_text")
    if all(document.first_published_at for document in documents):
        # What was replaced long ago tells no column, and there may be much of it.
        later = rows.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
        rows = rows.filter(Q(state=State.PUBLISHED) | ~Exists(later))
    for revision in rows.order_by("number"):
        revisions[revision.document_id].append(revision)
    for document in documents:
        yield document, _columns(document, revisions[document.pk])


def _columns(document: Document, revisions: Sequence[Revision]) -> dict[str, Any]:
    newest = revisions[-1] if revisions else None
    live = next((found for found in revisions if found.state == State.PUBLISHED), None)
    source = live or newest
    fields = source.fields if source else {}
    dates = [r.published_at for r in revisions if r.published_at]
    first = document.first_published_at or min(dates, default=None)
    return {
        "title": document.kind.title(newest.fields)[:500] if newest else document.title,
        "status": _status(newest, live, bool(first)),
        "level": source.level if source else "",
        "bearing": fields.get("bearing") or "",
        "reason": fields.get("reason") or "",
        "topic": document.kind.topic(document.key, fields),
        "product": fields.get("product") or "any",
        "review_due": live.review_due if live else None,
        "first_published_at": first,
        "live": live,
        "newest": newest,
    }


def _status(newest: Revision | None, live: Revision | None, was_public: bool) -> Status:
    if newest is None:
        return Status.EMPTY
    if newest.state not in OPEN:
        return Status.PUBLISHED if live else Status.WITHDRAWN
    if newest.state == State.IN_REVIEW:
        if newest.publish_at:
            return Status.SCHEDULED
        return Status.APPROVED if newest.approved_at else Status.IN_REVIEW
    if live:
        return Status.REWRITTEN
    return Status.REVIVED if was_public else Status.NEW
