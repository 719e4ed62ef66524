"""Facts of staff accounts: who can manage the others, and what is told of one."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from explainer.library.permissions import Right

BACKEND = "django.contrib.auth.backends.ModelBackend"
DETAILS = {"first_name": "first name", "last_name": "last name", "email": "e-mail address"}
"""What is not in the audit log itself, as it could never be taken out again; its change is."""


def administrators() -> QuerySet[User]:
    """Give everybody who can log in and manage accounts."""
    able = User.objects.with_perm(Right.ADMINISTER, backend=BACKEND)
    no_password = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return able.filter(is_staff=True).exclude(no_password)


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
