"""Facts of staff accounts: who can manage the others, and what the audit log holds of one."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

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
