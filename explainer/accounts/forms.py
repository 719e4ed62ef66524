"""The form of an account, which leaves the site an administrator."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Permission, User
from django.db.models import Q

from explainer.accounts.people import administrators, facts
from explainer.library.permissions import Right

LAST = (
    "This is the last account that can manage the others. "
    "Give somebody else the role 'administrator' first."
)


class PersonForm(UserChangeForm):
    """Changes an account; refuses to leave the site without an administrator."""

    before: dict[str, object]
    """What the account was when its row was locked, for the audit log."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Two who demote each other in the same moment come one after the other.
        list(User.objects.select_for_update().order_by("pk"))
        self.instance.refresh_from_db()
        self.before = facts(self.instance)
        others = administrators().exclude(pk=self.instance.pk)
        is_one = administrators().filter(pk=self.instance.pk).exists()
        if is_one and not self._stays_one(cleaned) and not others.exists():
            raise forms.ValidationError(LAST, code="last_administrator")
        return cleaned

    def _stays_one(self, cleaned: dict[str, Any]) -> bool:
        def value(name: str) -> Any:
            return cleaned.get(name, getattr(self.instance, name))

        roles = cleaned.get("groups", self.instance.groups.all())
        app, _, name = Right.ADMINISTER.partition(".")
        right = Permission.objects.filter(content_type__app_label=app, codename=name)
        may = value("is_superuser") or right.filter(Q(group__in=roles) | Q(user=self.instance))
        return bool(value("is_active") and value("is_staff") and may)
