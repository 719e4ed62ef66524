"""What is kept of staff's work: every accepted save, and every step as an audit entry.

Both tables only grow; triggers (migration 0003) refuse to change or delete a row.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SaveQuerySet(models.QuerySet["Save"]):
    """Saves, and the version numbers they hold."""

    def last_numbers(self) -> dict[str, int]:
        """Give the highest version number that was saved, by subject.

        A discarded draft's number is not used again: its saves keep it.
        """
        numbers = self.order_by().values_list("subject").annotate(models.Max("number"))
        return dict(numbers)


class Save(models.Model):
    """The words of an open version as one accepted save left them.

    Kept when the draft itself is discarded. `subject`, `number` and `count` name
    the claim, article or row, the version and the save; `words` holds the
    fields by name, as `explainer.library.words` reads and writes them. `from_number` and
    `from_count` name the save whose words a draft was begun with, if it was.
    """

    subject = models.CharField(max_length=230)
    number = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    words = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_number = models.PositiveIntegerField(null=True)
    from_count = models.PositiveIntegerField(null=True)

    objects = SaveQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "number", "count"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number", "count"], name="save_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} version {self.number}, save {self.count}"


class AuditEntry(models.Model):
    """One thing that somebody did: who, when (UTC), what, before and after.

    `digest` is a hash over this entry and the digest of the one before, so that a
    changed or missing entry shows (requirements A17 and D22). `by_name` stays
    what the account was called then; a failed log-in has a name and no account.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=150, blank=True)
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
