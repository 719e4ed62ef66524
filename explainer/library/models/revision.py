"""Revisions: the numbered states of a document's words; what was public never changes."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import DateTimeField, F, Func, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Greatest, Lower
from django.utils import timezone

from explainer.evidence.labels import Label
from explainer.evidence.levels import ANY_PRODUCT, Level
from explainer.kinds import Entry, Kind
from explainer.kinds.schema import Fields, in_order
from explainer.library import as_of
from explainer.library.dates import start_of
from explainer.library.models.document import Document


class State(models.TextChoices):
    """Where a revision stands between its author and the public."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN = (State.DRAFT, State.IN_REVIEW)
ENDED = (State.SUPERSEDED, State.WITHDRAWN)
FIXED = (State.PUBLISHED, *ENDED)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions; only `library.publishing` makes one public or ends it."""

    def of(self, *kinds: Kind) -> Self:
        return self.filter(document__kind__in=kinds)

    def published(self) -> Self:
        """Give what the public sees, or saw at the moment looked at: all that "public" means."""
        when = as_of.moment.get()
        if when is None:
            return self.filter(state=State.PUBLISHED)
        not_ended = Q(ended_at__isnull=True) | Q(ended_at__gt=when)
        return self.filter(not_ended, published_at__lte=when)

    def withdrawn(self) -> Self:
        """Give what was taken from the public, and is not public again: the last of each."""
        when = as_of.moment.get()
        ended = self.filter(state=State.WITHDRAWN)
        if when is not None:
            ended = ended.filter(ended_at__lte=when)
        public = Revision.objects.published().filter(document=models.OuterRef("document"))
        later = ended.filter(
            document=models.OuterRef("document"), number__gt=models.OuterRef("number")
        )
        return ended.filter(~models.Exists(public), ~models.Exists(later))

    def ever_published(self) -> Self:
        """Give what is or was public, up to the moment that is looked at."""
        when = as_of.moment.get()
        return self.filter(
            published_at__isnull=False, **{"published_at__lte": when} if when else {}
        )

    def with_document(self) -> Self:
        """Read each with its document, and leave the bytes of its content file where they are."""
        return self.select_related("document").defer("file_text")

    def with_texts(self, *names: str) -> Any:
        """Add `text_NAME` for fields that are read of many rows, so that their bodies stay away.

        Typed `Any`, for the types know no column that is named while the program runs.
        """
        return self.annotate(**{f"text_{name}": KT(f"fields__{name}") for name in names})

    def saying(self, name: str, values: Iterable[str]) -> Self:
        """Give those that may hold one of some values in a field, in whatever case.

        Found by an index of the field's first signs, so some hold another: look at each. A capital
        beyond ASCII is another letter to SQLite.
        """
        begin = [Lower(Value(value.replace("*", "")[:SIGNS])) for value in values]
        rows = Revision.objects.alias(said=FieldOf("fields", key=name)).filter(said__in=begin)
        # Apart: beside other conditions a database does not see how few these leave.
        return self.filter(pk__in=rows.order_by().values("pk"))

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def transition(self, *, to: State, **columns: Any) -> int:
        """Move revisions between states. Called by `explainer.library.publishing` alone."""
        if ended_at := columns.get("ended_at"):
            # A clock that was set back must not keep anybody from publishing or withdrawing.
            end = Value(ended_at, output_field=DateTimeField())
            columns["ended_at"] = Greatest(end, F("published_at"))
        return self.update(state=to, **columns)


class MenuOf(Func):
    """The menu that a page stands in, as its index has it: with the name written out."""

    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return self.as_sql(compiler, connection, template="JSON_EXTRACT(%(expressions)s, '$.menu')")

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s ->> 'menu')")


_WRITTEN = Cast("fields", models.TextField())
SIGNS = 60
"""How much of a field is in its index: enough to leave few to look at."""
INDEXED = ("name", "statement", "doi", "kind", "twin")
"""Fields by which publishing looks for other documents, each in an index of its own."""


class FieldOf(Func):
    """How a field begins, as its index has it: with the name written out, in small letters."""

    output_field = models.TextField()
    _begin = f"LOWER(SUBSTR(REPLACE(%s, '*', ''), 1, {SIGNS}))"

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        read = self._begin % "JSON_EXTRACT(%(expressions)s, '$.%(key)s')"
        return self.as_sql(compiler, connection, template=read)

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        read = self._begin % "(%(expressions)s ->> '%(key)s')"
        return self.as_sql(compiler, connection, template=read)


def _person() -> Any:
    # People are kept as long as what they did: a user is disabled, never deleted.
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


_CHECKS = {
    "revision_public_means_published_at": Q(state__in=FIXED, published_at__isnull=False)
    | Q(state__in=OPEN, published_at__isnull=True),
    "revision_level_is_known": Q(level__in=["", *map(str, Level)]),
    # The two people it takes; content files are published by nobody.
    "revision_approval_is_whole": Q(approved_at__isnull=True, approved_by__isnull=True)
    | Q(approved_at__isnull=False, approved_by__isnull=False),
    "revision_approved_by_another": Q(approved_by__isnull=True)
    | Q(author__isnull=True)
    | ~Q(approved_by=F("author")),
    "revision_public_means_approved": Q(state__in=OPEN)
    | Q(approved_at__isnull=False)
    | Q(published_by__isnull=True)
    | Q(emergency=True),
    "revision_public_means_reviewed": Q(state__in=OPEN)
    | Q(published_by__isnull=True)
    | Q(emergency=True)
    | (~Q(reviewed_by="") & Q(review_due__isnull=False)),
    # One person alone may only raise the caution of a label that was public before.
    "revision_emergency_is_caution": Q(emergency=False) | Q(number__gt=1) & ~Q(level=""),
    "revision_scheduled_means_approved": Q(publish_at__isnull=True) | Q(approved_at__isnull=False),
    "revision_review_is_whole": Q(reviewed_by="", reviewed_at__isnull=True)
    | (~Q(reviewed_by="") & ~Q(reviewer_qualification="") & Q(reviewed_at__isnull=False)),
    # Dates in order, and an end together with its reason.
    "revision_due_after_review": Q(review_due__isnull=True)
    | Q(reviewed_at__isnull=True)
    | Q(review_due__gt=F("reviewed_at")),
    "revision_ended_means_ended_at": Q(state__in=ENDED, ended_at__isnull=False)
    | Q(state__in=(*OPEN, State.PUBLISHED), ended_at__isnull=True),
    "revision_ends_after_it_began": Q(ended_at__isnull=True) | Q(ended_at__gte=F("published_at")),
    "revision_withdrawn_has_reason": ~Q(state=State.WITHDRAWN) | ~Q(ended_because=""),
}
"""What the database checks of each row, by the constraint's name."""


class Revision(models.Model):
    """One numbered state of the words of a document.

    `fields` holds the words by name, as the kind's schema knows them; `level` and `ground` the
    label that they lead to, empty while it can't be decided and for kinds without labels. People
    are empty for what came from content files. `lock_version` counts the accepted saves, and a
    save must name the count it began from. `note` says what changed and why, as readers will see it
    (published as `published_because`); `correction` that something was wrong. An approval
    belongs to the words as they were then: any later save takes it back. `emergency` marks what
    one person published because it only made the site more cautious. `published_at` is set if
    and only if the revision is or was public; `changed_on` is the day that readers are told as
    that of its words, which a content file may name.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    fields = models.JSONField(default=dict)
    level = models.CharField(max_length=20, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    file_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField()
    author = _person()
    lock_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = _person()
    note = models.CharField(max_length=500, blank=True)
    correction = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = _person()
    approved_at = models.DateTimeField(null=True)
    approved_by = _person()
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewer_qualification = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateField(null=True)
    review_due = models.DateField(null=True)
    publish_at = models.DateTimeField(null=True)
    scheduled_by = _person()
    emergency = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    published_by = _person()
    changed_on = models.DateField(null=True)
    published_because = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = _person()
    ended_because = models.CharField(max_length=500, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state=State.PUBLISHED),
                name="revision_one_published",
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=OPEN), name="revision_one_open"
            ),
            *(models.CheckConstraint(condition=_CHECKS[name], name=name) for name in _CHECKS),
        ]
        indexes = [
            models.Index(MenuOf("fields"), name="revision_by_menu"),
            *(
                models.Index(FieldOf("fields", key=name), name=f"revision_by_{name}")
                for name in INDEXED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} revision {self.number}"

    WORDS = ("document__kind", "document__key", _WRITTEN, "state", "ended_at", "ended_because")
    """The columns that an entry is made of; its fields as the database writes them down."""

    @classmethod
    def entry_of(
        cls, kind: Kind, key: str, fields: Fields | str, state: str, ended_at: Any, because: str
    ) -> Entry:
        """Make an entry; of fields as they are written down it is the same one each time."""
        withdrawn = because if _is_withdrawn(state, ended_at) else ""
        if isinstance(fields, str):
            return _entry_of_text(kind, key, fields, withdrawn)
        return Entry(kind, key, in_order(kind.schema, fields), withdrawn)

    @property
    def entry(self) -> Entry:
        of, ended = self.document, (self.state, self.ended_at, self.ended_because)
        return self.entry_of(of.kind, of.key, self.fields, *ended)

    @property
    def subject(self) -> str:
        return self.document.subject

    @property
    def title(self) -> str:
        return self.document.kind.title(self.fields) or self.document.key

    @property
    def label(self) -> Label | None:
        return self.document.kind.stored_label(
            self.fields, self.level, self.ground, withdrawn=self.is_withdrawn
        )

    @property
    def words_changed_at(self) -> datetime | None:
        """When its words changed, for readers: not when a database was filled with them.

        The moment of publishing, or the start of an earlier day that a content file names.
        """
        day, public = self.changed_on, self.published_at
        if day is None or public is None or timezone.localtime(public).date() == day:
            return public
        return start_of(day)

    @property
    def is_withdrawn(self) -> bool:
        """True if it was taken from the public, by the moment that is looked at."""
        return _is_withdrawn(self.state, self.ended_at)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_approved(self) -> bool:
        return self.state == State.IN_REVIEW and self.approved_at is not None


def _is_withdrawn(state: str, ended_at: datetime | None) -> bool:
    when = as_of.moment.get()
    ended = ended_at is not None and (when is None or ended_at <= when)
    return state == State.WITHDRAWN and ended


@lru_cache(maxsize=2048)
def _entry_of_text(kind: Kind, key: str, text: str, withdrawn: str) -> Entry:
    # Some hundreds for each page; nobody writes into what an entry holds.
    return Entry(kind, key, in_order(kind.schema, json.loads(text)), withdrawn)


class Position(models.Model):
    """A source that a revision's positions name, so that the database holds the key.

    What the source says stands in the revision's fields.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="positions")
    order = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="positions")
    product = models.CharField(max_length=120, default=ANY_PRODUCT)

    class Meta:
        ordering = ["revision", "order"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["revision", "order"], name="position_order_once"),
            models.UniqueConstraint(
                fields=["revision", "source", "product"], name="position_once_a_product"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} in {self.revision_id}"
