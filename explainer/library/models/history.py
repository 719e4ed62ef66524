"""What happened: accepted saves, audit entries, and public changes with the site's version.

Their tables only grow; triggers (`library.triggers`) refuse to change or delete a row.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from explainer.library import as_of
from explainer.library.models.document import Document


class Save(models.Model):
    """The words of an open revision as one accepted save left them.

    Kept when the draft itself is discarded, so its number is not used again. `number` and
    `lock_version` name the revision and the save; `fields` holds the words, note and correction
    among them. `from_number` and `from_lock_version` name the save whose words a draft was begun
    with, if it was.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="saves")
    number = models.PositiveIntegerField()
    lock_version = models.PositiveIntegerField()
    fields = models.JSONField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_number = models.PositiveIntegerField(null=True)
    from_lock_version = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["document", "number", "lock_version"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["document", "number", "lock_version"], name="save_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} revision {self.number}, save {self.lock_version}"


class AuditEntry(models.Model):
    """One thing that somebody did: who, when (UTC), what, before and after.

    `digest` is a hash over this entry and the digest of the one before, so that a changed or
    missing entry shows. `actor_name` stays what the account was called then; a failed log-in has
    a name and no account.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=230, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    comment = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["subject", "-number"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.number}: {self.action} {self.subject}"


class AuditHead(models.Model):
    """One row: the number and digest of the newest entry, so that a cut-off end shows."""

    ONLY = 1

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="audit_head_is_one_row")]

    def __str__(self) -> str:
        return f"Audit entry {self.number}"


class Action(models.TextChoices):
    """What a public change did."""

    PUBLISH = "publish", "Published"
    WITHDRAW = "withdraw", "Withdrawn"


class SiteVersionQuerySet(models.QuerySet["SiteVersion"]):
    """Reads and raises the one row."""

    def current(self) -> "SiteVersion":
        return self.get(pk=SiteVersion.ONLY)

    def bump(self, *, action: Action, actor: User | None, reason: str, now: datetime) -> None:
        """Raise the number by one and record who changed what, inside the change itself."""
        self.filter(pk=SiteVersion.ONLY).update(number=F("number") + 1, changed_at=now)
        Change.objects.create(
            number=self.current().number, action=action, actor=actor, reason=reason, at=now
        )


class SiteVersion(models.Model):
    """One row. Everything cached is keyed by its number; never lowered."""

    ONLY = 1

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    objects = SiteVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("write", "May write: start, save, submit and discard drafts"),
            ("review", "May approve what somebody else wrote, or send it back"),
            ("publish", "May publish what is approved, schedule, withdraw, raise caution"),
            ("administer", "May manage staff accounts and read the audit log"),
        ]
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="site_version_is_one_row")]

    def __str__(self) -> str:
        return f"Site version {self.number}"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes by when they happened."""

    def so_far(self) -> Self:
        when = as_of.moment.get()
        return self.filter(at__lte=when) if when else self.all()


class Change(models.Model):
    """One public change: who, when, why. The revisions it published carry its time.

    `actor` is empty for what came from content files.
    """

    number = models.PositiveBigIntegerField(unique=True)
    action = models.CharField(max_length=10, choices=Action.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Site version {self.number}: {self.action}"
