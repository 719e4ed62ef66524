"""The positions of an open revision: which sources they name, and the label that they lead to."""

from django.db.models import Q

from explainer.evidence.labels import Label
from explainer.kinds import SOURCE
from explainer.library.context import context_of
from explainer.library.models import OPEN, Document, Position, Revision, State


def label_columns(label: Label | None) -> dict[str, str]:
    """Give the columns of a revision that hold its label."""
    ground = label.ground if label else None
    return {"level": str(label.level) if label else "", "ground": str(ground or "")}


def label_now(revision: Revision) -> dict[str, str]:
    """Give the columns of the label that an open revision's positions lead to.

    A source that readers do not know yet counts as its draft stands: it goes public with the claim.
    """
    keys = {position["source"] for position in revision.fields.get("positions", ())}
    known = Q(state=State.PUBLISHED) | Q(state__in=OPEN, document__live__isnull=True)
    rows = Revision.objects.of(SOURCE).filter(known, document__key__in=keys)
    context = context_of(source.entry for source in (rows.with_document() if keys else ()))
    return label_columns(revision.document.kind.assess(revision.entry, context))


def index_positions(revision: Revision) -> None:
    """Note the sources that an open revision names; raises KeyError for one that never was."""
    keys = {position["source"] for position in revision.fields.get("positions", ())}
    rows = Document.objects.filter(kind=SOURCE, key__in=keys) if keys else ()
    documents = {source.key: source for source in rows}
    if revision.lock_version:
        revision.positions.all().delete()
    Position.objects.bulk_create(
        Position(
            revision=revision,
            order=order,
            source=documents[position["source"]],
            product=position["product"] or revision.fields["product"],
        )
        for order, position in enumerate(revision.fields.get("positions", ()))
    )
