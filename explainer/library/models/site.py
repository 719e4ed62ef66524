"""The site's version, a number that rises with every public change, and those changes."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from explainer.library import as_of


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
