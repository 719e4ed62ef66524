"""What claims, articles and reference rows share: versions whose public ones never change.

The database keeps the promise: partial unique constraints (one published, one
open) and triggers (migrations 0002 and 0003) that refuse any change to the words
of a version that was ever public. The queryset refuses first, with a message.
"""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Greatest


class State(models.TextChoices):
    """Where a version stands between an author's desk and the public."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN = (State.DRAFT, State.IN_REVIEW)
FIXED = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)


class HistoryIsFixed(Exception):
    """Someone tried to change or delete a version that is or was public."""


def _refuse(action: str) -> NoReturn:
    raise HistoryIsFixed(
        f"A version that is or was public cannot be {action}. Start a new version and publish it."
    )


class VersionQuerySet(models.QuerySet[Any]):
    """Versions; refuses to change those that are or were public."""

    def published(self) -> Self:
        """Give what the public sees. The only definition of "public"."""
        return self.filter(state=State.PUBLISHED)

    def open(self) -> Self:
        """Give the versions that are still being worked on."""
        return self.filter(state__in=OPEN)

    def _guard(self, action: str) -> None:
        if self.filter(state__in=FIXED).exists():
            _refuse(action)

    def update(self, **columns: Any) -> int:
        """Change open versions; raises `HistoryIsFixed` if any was public."""
        self._guard("changed")
        if columns.get("state") in FIXED:
            raise HistoryIsFixed("Only explainer.library.publishing makes a version public.")
        return super().update(**columns)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        """Change open versions; raises `HistoryIsFixed` if any was public."""
        keys = [version.pk for version in objs]
        self.filter(pk__in=keys)._guard("changed")
        return super().bulk_update(objs, fields, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts; raises `HistoryIsFixed` if any was public."""
        self._guard("deleted")
        return super().delete()

    def _transition(self, *, to: State, **columns: Any) -> int:
        """Move versions between states. Called by `explainer.library.publishing` alone."""
        if ended_at := columns.get("ended_at"):
            # A clock that was set back must not keep anybody from publishing or withdrawing.
            told = Value(ended_at, output_field=DateTimeField())
            columns["ended_at"] = Greatest(told, F("published_at"))
        return super().update(state=to, **columns)


VersionManager = models.Manager.from_queryset(VersionQuerySet)


def _person() -> Any:
    # People are kept as long as what they did: a user is disabled, never deleted.
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )


class Version(models.Model):
    """One numbered state of the words of a claim, an article or a reference row.

    People are empty for what came from content files. `author` started the
    version; `save_count` counts its accepted saves, and a save must name the
    count it began from. `note` says what changed and why, as readers will see it
    (published as `published_because`); `correction` says that something was
    wrong. An approval belongs to the words as they were then: any later save takes
    it back. `alone` marks what one person published because it only made the
    site more cautious (design, "Two people"). `published_at` is set if and only
    if the version is or was public.
    """

    IDENTITY: str
    """Name of the column that holds what this is a version of."""

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    file_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField()
    author = _person()
    save_count = models.PositiveIntegerField(default=0)
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
    alone = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    published_by = _person()
    published_because = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = _person()
    ended_because = models.CharField(max_length=500, blank=True)

    objects = VersionManager()

    class Meta:
        abstract = True
        ordering = ["-number"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store an open version; raises `HistoryIsFixed` for one that was public."""
        if self.pk and type(self).objects.filter(pk=self.pk, state__in=FIXED).exists():
            _refuse("changed")
        if self.state in FIXED:
            raise HistoryIsFixed("Only explainer.library.publishing makes a version public.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; raises `HistoryIsFixed` for a version that was public."""
        if self.state in FIXED:
            _refuse("deleted")
        return super().delete(*args, **kwargs)

    @property
    def subject(self) -> str:
        """What this is a version of, as saves and the audit log name it: claims/KEY."""
        raise NotImplementedError

    @property
    def siblings(self) -> VersionQuerySet:
        """All versions of the same claim or article, this one among them."""
        column = f"{self.IDENTITY}_id"
        found: VersionQuerySet = type(self).objects.filter(**{column: getattr(self, column)})
        return found

    @property
    def from_file(self) -> bool:
        """True if the words came from a content file and staff have not touched them."""
        return bool(self.file_text)


def version_constraints(name: str, identity: str, alone: Q) -> list[models.BaseConstraint]:
    """Give the constraints every table of versions carries (design, "Data"; requirement D12).

    `alone` says which versions one person alone may ever have made public.
    """
    return [*_places(name, identity), *_approvals(name, alone), *_dates(name)]


def _places(name: str, identity: str) -> list[models.BaseConstraint]:
    """Say how many versions there are of one thing, and which of them are public."""
    return [
        models.UniqueConstraint(fields=[identity, "number"], name=f"{name}_number_once"),
        models.UniqueConstraint(
            fields=[identity], condition=Q(state=State.PUBLISHED), name=f"{name}_one_published"
        ),
        models.UniqueConstraint(
            fields=[identity], condition=Q(state__in=OPEN), name=f"{name}_one_open"
        ),
        models.CheckConstraint(
            condition=Q(state__in=FIXED, published_at__isnull=False)
            | Q(state__in=OPEN, published_at__isnull=True),
            name=f"{name}_public_means_published_at",
        ),
    ]


def _approvals(name: str, alone: Q) -> list[models.BaseConstraint]:
    """Hold the two people it takes (requirement A3); content files are published by nobody."""
    return [
        models.CheckConstraint(
            condition=Q(approved_at__isnull=True, approved_by__isnull=True)
            | Q(approved_at__isnull=False, approved_by__isnull=False),
            name=f"{name}_approval_is_whole",
        ),
        models.CheckConstraint(
            condition=Q(approved_by__isnull=True)
            | Q(author__isnull=True)
            | ~Q(approved_by=F("author")),
            name=f"{name}_approved_by_another",
        ),
        models.CheckConstraint(
            condition=Q(state__in=OPEN)
            | Q(approved_at__isnull=False)
            | Q(published_by__isnull=True)
            | Q(alone=True),
            name=f"{name}_public_means_approved",
        ),
        models.CheckConstraint(
            condition=Q(state__in=OPEN)
            | Q(published_by__isnull=True)
            | Q(alone=True)
            | (~Q(reviewed_by="") & Q(review_due__isnull=False)),
            name=f"{name}_public_means_reviewed",
        ),
        models.CheckConstraint(condition=Q(alone=False) | alone, name=f"{name}_alone_is_caution"),
        models.CheckConstraint(
            condition=Q(publish_at__isnull=True) | Q(approved_at__isnull=False),
            name=f"{name}_scheduled_means_approved",
        ),
        models.CheckConstraint(
            condition=Q(reviewed_by="", reviewed_at__isnull=True)
            | (~Q(reviewed_by="") & ~Q(reviewer_qualification="") & Q(reviewed_at__isnull=False)),
            name=f"{name}_review_is_whole",
        ),
    ]


def _dates(name: str) -> list[models.BaseConstraint]:
    """Keep dates in order, and an end together with what is told of it."""
    return [
        models.CheckConstraint(
            condition=Q(review_due__isnull=True)
            | Q(reviewed_at__isnull=True)
            | Q(review_due__gt=F("reviewed_at")),
            name=f"{name}_due_after_review",
        ),
        models.CheckConstraint(
            condition=Q(state__in=(State.SUPERSEDED, State.WITHDRAWN), ended_at__isnull=False)
            | Q(state__in=(*OPEN, State.PUBLISHED), ended_at__isnull=True),
            name=f"{name}_ended_means_ended_at",
        ),
        models.CheckConstraint(
            condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("published_at")),
            name=f"{name}_ends_after_it_began",
        ),
        models.CheckConstraint(
            condition=~Q(state=State.WITHDRAWN) | ~Q(ended_because=""),
            name=f"{name}_withdrawn_has_reason",
        ),
    ]
