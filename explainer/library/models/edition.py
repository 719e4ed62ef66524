"""The site's edition, a number that rises with every public change, and those changes."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q


class Action(models.TextChoices):
    """What a public change did."""

    PUBLISH = "publish", "Published"
    WITHDRAW = "withdraw", "Withdrawn"
    REVISE = "revise", "Reference rows revised"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Reads and raises the one row."""

    def current(self) -> "Edition":
        """Give the edition in force; the second migration makes its row."""
        return self.get(pk=Edition.ONLY)

    def rise(self, *, action: Action, by: User | None, reason: str, at: datetime) -> None:
        """Raise the number by one and record who changed what, inside the change itself."""
        self.filter(pk=Edition.ONLY).update(number=F("number") + 1, changed_at=at)
        Change.objects.create(
            edition=self.current().number, action=action, by=by, reason=reason, at=at
        )


class Edition(models.Model):
    """One row. Everything cached is keyed by its number; never lowered."""

    ONLY = 1

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("write", "May write: start, save, submit and discard drafts"),
            ("review", "May approve what somebody else wrote, or send it back"),
            ("publish", "May publish what is approved, schedule, withdraw, raise caution"),
            ("administer", "May manage staff accounts and read the audit log"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="edition_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"


class Change(models.Model):
    """One public change: who, when, why. The versions it published carry its time.

    `by` is empty for what came from content files.
    """

    edition = models.PositiveBigIntegerField(unique=True)
    action = models.CharField(max_length=10, choices=Action.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-edition"]

    def __str__(self) -> str:
        return f"Edition {self.edition}: {self.action}"
