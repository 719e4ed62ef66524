"""The only code that changes what the public sees; each verb raises the site's version.

What would leave a page with untagged words, unknown keys or a broken rendering is refused whole.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from explainer.evidence.context import Context
from explainer.evidence.lint.sentences import plain_words
from explainer.evidence.pipeline import Explanation
from explainer.kinds import BY_PATH, KINDS, PAGES, SOURCE
from explainer.library import images
from explainer.library.context import FEW, context_for, public_context
from explainer.library.derive import derive_all
from explainer.library.models import (
    Action,
    Change,
    Document,
    Mention,
    Position,
    Revision,
    SiteVersion,
    State,
)
from explainer.library.models.revision import RevisionQuerySet
from explainer.text.problems import Problem, Refused

Actor = User | None
"""Who changes something; None stands for the content files."""
Explained = Mapping[str, Explanation]
"""The page of each text of a document, by its field."""


class CannotPublish(Exception):
    """The change would break a public page; nothing was changed.

    `problems` holds (subject, problem) pairs.
    """

    def __init__(self, problems: Sequence[tuple[str, Problem]]) -> None:
        self.problems = tuple(problems)
        lines = [f"{subject}: line {found.line}: {found.message}" for subject, found in problems]
        super().__init__("\n".join(lines))


def publishing_lock() -> None:
    """Wait until nobody else changes what is public, to the end of the transaction.

    Every verb that does takes it first, so what it checked still holds when it acts, and no
    two of them wait for each other.
    """
    SiteVersion.objects.select_for_update().get(pk=SiteVersion.ONLY)


@transaction.atomic
def publish(*, revisions: Sequence[Revision], actor: Actor, reason: str, now: datetime) -> None:
    """Make open revisions public, each in place of the one published before.

    Their words changed today, unless they came with a day of their own from a content file.
    Checks every page the change touches. Raises `CannotPublish` (and changes nothing) if one of
    them would be broken or a public label would not be what its positions give, ValueError if
    a revision is not open.
    """
    documents = [revision.document_id for revision in revisions]
    before = Revision.objects.published().filter(document__in=documents)
    before.transition(to=State.SUPERSEDED, ended_at=now, ended_by=actor, ended_because=reason)
    opened = Revision.objects.open().filter(pk__in=[revision.pk for revision in revisions])
    today = Value(timezone.localtime(now).date(), output_field=DateField())
    moved = opened.transition(
        to=State.PUBLISHED,
        published_at=now,
        published_by=actor,
        published_because=reason,
        changed_on=Coalesce("changed_on", today),
    )
    if moved != len(revisions):
        raise ValueError("One of these revisions is not open, so it cannot be published.")
    changed = list(Document.objects.filter(pk__in=documents))
    derive_all(changed)
    _settle(changed)
    SiteVersion.objects.bump(action=Action.PUBLISH, actor=actor, reason=reason, now=now)
    for revision in revisions:
        revision.refresh_from_db()


@transaction.atomic
def withdraw(*, document: Document, actor: Actor, reason: str, now: datetime) -> None:
    """Take what is published from the public, for a reason readers will see.

    A claim keeps its address, struck through; an article's address answers 410.
    Raises ValueError if nothing is published, or the reason is empty or praises.
    """
    if not reason.strip():
        raise ValueError("A withdrawal needs a reason: readers will see it.")
    if refused := plain_words(reason):
        raise ValueError(f"The reason of a withdrawal: {refused[0].message}")
    public = document.revisions.published()
    began = public.values_list("published_at", flat=True).first()
    if began and now < began:
        # The clock was set back. The change needs a moment of its own in the readers' history.
        now = began + timedelta(microseconds=1)
    moved = public.transition(
        to=State.WITHDRAWN, ended_at=now, ended_by=actor, ended_because=reason
    )
    if not moved:
        raise ValueError(f"'{document.key}' is not published, so it cannot be withdrawn.")
    images.index(document, ())
    derive_all([document])
    SiteVersion.objects.bump(action=Action.WITHDRAW, actor=actor, reason=reason, now=now)


@transaction.atomic
def rebuild(*, reason: str, now: datetime) -> int:
    """Make anew everything that is derived: document columns, mentions, uses of images.

    Changes no revision. Gives how many documents there are.
    """
    derive_all(Document.objects.all())
    context = public_context()
    live = Revision.objects.published().of(*PAGES)
    images.clear()
    for revision in live.select_related("document"):
        _index(revision, _explained(revision, context))
    # The next number is the one after the last change, even if the site's version fell behind.
    last = Change.objects.order_by("-number").values_list("number", flat=True).first() or 0
    SiteVersion.objects.filter(number__lt=last).update(number=last)
    SiteVersion.objects.bump(action=Action.PUBLISH, actor=None, reason=reason, now=now)
    return Document.objects.count()


def check_labels(context: Context) -> None:
    """Raise `CannotPublish` if a public label is not what its positions give.

    As when a source turns out to be a laboratory study, and its claims can't stand any more.
    """
    if found := list(misjudged(_judged(), context)):
        raise CannotPublish(found)


def _judged() -> RevisionQuerySet:
    assessed = [kind for kind in KINDS if kind.is_assessed]
    return Revision.objects.published().of(*assessed).select_related("document")


def misjudged(revisions: Iterable[Revision], context: Context) -> Iterator[tuple[str, Problem]]:
    """Find the labels among revisions that are not what their positions give."""
    for revision in revisions:
        entry = revision.entry
        try:
            entry.kind.noun(entry, context)
        except Refused as refused:
            yield entry.subject, Problem(refused.code, refused.message, field=refused.field)
            continue
        label, stored = entry.kind.assess(entry, context), revision.label
        if (label is None) != (stored is None) or (label and stored and label.differs(stored)):
            lines = [found.line if found else "" for found in (stored, label)]
            message = f"The label is stored as '{lines[0]}', its positions give '{lines[1]}'."
            message = f"{message} Save it again."
            yield entry.subject, Problem("label-outdated", message, field="level")


def _settle(documents: Collection[Document]) -> None:
    """Check all that documents touch, and note what their pages show now.

    Other labels and pages are as they were when they were checked themselves.
    """
    ids = {document.pk for document in documents}
    public = Revision.objects.published().with_document()
    # What was just read is not asked for again, nor what nothing can show or rest on.
    own = list(public.filter(document__in=ids))
    kinds = {document.kind for document in documents}
    shown, judged = [it for it in own if it.document.kind.texts], list(_assessed(own))
    if any(kind.context_name for kind in kinds):
        touched = public.of(*PAGES).filter(mentions__document__in=ids)
        shown += touched.exclude(document__in=ids).distinct()
    if SOURCE in kinds:
        # Apart from their own: asked for either, a database looks at every claim.
        resting = Position.objects.filter(source__in=ids).order_by().values("revision")
        judged += _assessed(public.filter(pk__in=resting).exclude(document__in=ids))
    entries = [revision.entry for revision in (*shown, *judged)]
    context = context_for(entries) if len(entries) <= FEW else public_context()
    explained, problems = _look(shown, judged, context)
    if problems:
        # What was not found may be there all the same; and a hint names what there is.
        explained, problems = _look(shown, judged, public_context())
    if problems:
        raise CannotPublish(problems)
    for revision in shown:
        if revision.document_id in ids:
            _index(revision, explained[revision.pk])


def _assessed(revisions: Iterable[Revision]) -> Iterator[Revision]:
    yield from (row for row in revisions if row.document.kind.is_assessed)


def _look(
    pages: Iterable[Revision], judged: Iterable[Revision], context: Context
) -> tuple[dict[int, Explained], list[tuple[str, Problem]]]:
    """Explain pages, and say what is wrong with them, or first with the labels of claims."""
    if found := list(misjudged(judged, context)):
        return {}, found
    explained = {page.pk: _explained(page, context) for page in pages}
    broken = ((page, _broken(page, explained[page.pk])) for page in pages)
    return explained, [(page.subject, one) for page, found in broken for one in found]


def _explained(revision: Revision, context: Context) -> Explained:
    return revision.document.kind.explain(revision.entry, context)


def _broken(revision: Revision, explained: Explained) -> Iterator[Problem]:
    for name, page in explained.items():
        yield from (problem for problem in page.problems if problem.is_error)
        yield from images.lost(page.figures, revision.fields[name])


def _index(revision: Revision, explained: Explained) -> None:
    """Note which documents and images a published revision shows."""
    shown, figures = shows(explained.values())
    ids = _ids(shown)
    revision.mentions.all().delete()
    Mention.objects.bulk_create(
        Mention(revision=revision, document_id=ids[subject], order=order)
        for order, subject in enumerate(shown)
        if subject in ids
    )
    images.index(revision.document, figures)


def outdated_mentions(context: Context) -> list[str]:
    rows = Revision.objects.published().of(*PAGES).select_related("document")
    found = []
    for revision in rows.prefetch_related("mentions__document", "document__image_uses__image"):
        shown, figures = shows(_explained(revision, context).values())
        mentions = tuple(mention.document.subject for mention in revision.mentions.all())
        uses = {use.image.key for use in revision.document.image_uses.all()}
        if mentions != shown or uses != {*figures}:
            found.append(revision.subject)
    return found


def shows(pages: Collection[Explanation]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the subjects that pages show and the keys of their images, each once, in order."""
    claims = (f"claims/{item.claim.key}" for page in pages for item in page.claims)
    records = (f"records/{record.key}" for page in pages for record in page.records)
    sources = (f"sources/{key}" for page in pages for key in page.sources)
    figures = (key for page in pages for key in page.figures)
    return tuple(dict.fromkeys([*claims, *records, *sources])), tuple(dict.fromkeys(figures))


def _ids(subjects: Collection[str]) -> dict[str, int]:
    # By kind too: the two are looked up together.
    kinds = {BY_PATH[subject.partition("/")[0]] for subject in subjects}
    keys = [subject.partition("/")[2] for subject in subjects]
    rows = Document.objects.filter(kind__in=kinds, key__in=keys).only("kind", "key")
    return {document.subject: document.pk for document in rows}
