"""Accounts of staff: who can manage the others, what the audit log holds, the first account."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User, UserManager
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from explainer.library import audit
from explainer.library.audit import Facts
from explainer.library.permissions import Right

BACKEND = "django.contrib.auth.backends.ModelBackend"
DETAILS = {"first_name": "first name", "last_name": "last name", "email": "e-mail address"}
"""What is not in the audit log itself, as it could never be taken out again; its change is."""


def administrators() -> QuerySet[User]:
    able = User.objects.with_perm(Right.ADMINISTER, backend=BACKEND)
    no_password = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return able.filter(is_staff=True).exclude(no_password)


def facts(person: User) -> dict[str, object]:
    return {
        "name": person.get_username(),
        "active": person.is_active,
        "staff": person.is_staff,
        "superuser": person.is_superuser,
        "roles": sorted(person.groups.values_list("name", flat=True)),
        "permissions": sorted(person.user_permissions.values_list("codename", flat=True)),
    }


def log_entry(request: HttpRequest | None, action: str, before: Facts, after: Facts) -> None:
    """Record a log-in, a failure, a lock-out or a change of rights; no request for a command.

    A name that a stranger typed is brought to one line, or it could pass for another entry.
    """
    user = getattr(request, "user", None)
    name = str((after or before).get("name", ""))
    audit.record(
        user if isinstance(user, User) else None,
        action,
        timezone.now(),
        actor_name=name if request else "a command",
        subject=f"accounts/{name}" if name else "",
        before=_one_line(before) or None,
        after=_one_line(after) or None,
    )


def _one_line(facts: Facts) -> dict[str, object]:
    return {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in facts.items()
    }


class LoggedManager(UserManager["LoggedUser"]):
    """Makes a superuser and the audit entry of it together, or neither."""

    @transaction.atomic
    def create_superuser(self, *args: Any, **fields: Any) -> "LoggedUser":
        person = super().create_superuser(*args, **fields)
        log_entry(None, "account made", {}, facts(person))
        return person


class LoggedUser(User):
    """An account as the command `createsuperuser` sees it."""

    objects: ClassVar[LoggedManager] = LoggedManager()

    class Meta:
        proxy = True
        default_permissions = ()


class Invitation(models.Model):
    """What was offered to somebody who is to have an account; its link is signed, never kept.

    `roles` are names of groups, chosen by who invites. Settled without an account: taken back.
    """

    email = models.EmailField()
    roles = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None) | Q(settled_at__isnull=False),
                name="invitation_with_account_is_settled",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def facts(self) -> Facts:
        """What the audit log holds of it: no address, which could never be taken out again."""
        return {"name": str(self), "roles": sorted(self.roles)}
