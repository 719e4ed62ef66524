"""The rules of staff accounts: what is told of one, and that one administrator is left."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Permission, User
from django.db.models import QuerySet

from explainer.library.rights import Right

BACKEND = "django.contrib.auth.backends.ModelBackend"
LAST = (
    "This is the last account that can manage the others. "
    "Give somebody else the role 'administrator' first."
)


def administrators() -> QuerySet[User]:
    """Give everybody who can manage accounts."""
    able = User.objects.with_perm(Right.ADMINISTER, backend=BACKEND)
    return able.filter(is_staff=True)


def facts(of: User) -> dict[str, object]:
    """Tell what matters of an account: name, flags, roles and single permissions."""
    if not of.pk:
        return {}
    return {
        "name": of.get_username(),
        "active": of.is_active,
        "staff": of.is_staff,
        "superuser": of.is_superuser,
        "roles": sorted(of.groups.values_list("name", flat=True)),
        "permissions": sorted(of.user_permissions.values_list("codename", flat=True)),
    }


class PersonForm(UserChangeForm):
    """Changes an account; refuses to leave the site without an administrator.

    Has only the fields that the person who changes it may change; the admin sees to that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = facts(self.instance)

    def clean(self) -> dict[str, Any]:
        """Keep the last administrator (requirement A15)."""
        cleaned = super().clean() or {}
        # Two who demote each other at the same moment come one after the other.
        list(User.objects.select_for_update().filter(is_staff=True))
        others = administrators().exclude(pk=self.instance.pk)
        if self._administers_now() and not self._will_administer(cleaned) and not others.exists():
            raise forms.ValidationError(LAST, code="last_administrator")
        return cleaned

    def _administers_now(self) -> bool:
        return administrators().filter(pk=self.instance.pk).exists()

    def _will_administer(self, cleaned: dict[str, Any]) -> bool:
        flags = {
            name: cleaned.get(name, getattr(self.instance, name))
            for name in ("is_active", "is_staff", "is_superuser")
        }
        if not (flags["is_active"] and flags["is_staff"]):
            return False
        roles = cleaned.get("groups", self.instance.groups.all())
        app, name = Right.ADMINISTER.split(".")
        right = Permission.objects.filter(content_type__app_label=app, codename=name)
        return (
            flags["is_superuser"]
            or right.filter(group__in=[role.pk for role in roles]).exists()
            or right.filter(user=self.instance).exists()
        )
