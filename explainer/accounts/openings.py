"""What a form of an account showed when it was opened; so a stale one is found, and what was typed.

Knows nothing of forms or rights: it is handed values and gives them back. The form
carries them signed, so that nobody makes up what it showed (requirement A15).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.signing import BadSignature, Signer
from django.db.models import Max

from explainer.library.models import AuditEntry

Values = Mapping[str, Any]
"""What fields hold, by name: texts, yes or no, and roles by their sorted keys."""

_SIGNER = Signer(salt="entry.openings")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form of an account showed, and the newest entry of the audit log at that moment."""

    account: int
    name: str
    values: Values
    entry: int


def opening(of: User, values: Values) -> Opening:
    """Note what a form shows of an account now."""
    newest = AuditEntry.objects.aggregate(newest=Max("number"))["newest"] or 0
    return Opening(account=of.pk, name=of.get_username(), values=dict(values), entry=newest)


def sealed(one: Opening) -> str:
    """Write an opening so that a form can carry it."""
    return _SIGNER.sign_object(asdict(one), compress=True)


def unsealed(carried: str, of: User) -> Opening | None:
    """Read what a form carries; None if it is missing, made up or of another account."""
    try:
        found = Opening(**_SIGNER.unsign_object(carried))
    except BadSignature:
        return None
    return found if found.account == of.pk else None


def changed_by(since: Opening, name_now: str) -> list[str]:
    """Name who changed an account since a form of it was opened, as the audit log has it."""
    subjects = {f"accounts/{since.name}", f"accounts/{name_now}"}
    entries = AuditEntry.objects.filter(
        number__gt=since.entry, subject__in=subjects, action="account changed"
    )
    return sorted(set(entries.values_list("by_name", flat=True)))


def in_words(value: object) -> str:
    """Say what a field holds to the person who reads the form."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        roles = Group.objects.filter(pk__in=value).order_by("name")
        return ", ".join(roles.values_list("name", flat=True)) or "none"
    return f"“{value}”" if value else "empty"
