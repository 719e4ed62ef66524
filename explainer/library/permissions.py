"""Who may do what: rights, the roles that hold them, and the refusal.

The two-person rule is not a right: it binds everybody, administrators too.
"""

from enum import StrEnum

from django.contrib.auth.models import User


class Right(StrEnum):
    """What somebody may be allowed to do; the values are Django permissions."""

    WRITE = "library.write"
    """Start, save, submit and discard drafts."""
    REVIEW = "library.review"
    """Approve what somebody else wrote, or send it back."""
    PUBLISH = "library.publish"
    """Publish what is approved, schedule, withdraw, raise the caution of a label."""
    ADMINISTER = "library.administer"
    """Manage staff accounts and read the audit log."""


ROLES = dict(zip(Right, ("author", "reviewer", "publisher", "administrator"), strict=True))
"""The role, a group of staff named as in the admin, that holds each right and no other."""


class NotAllowed(Exception):
    """Somebody tried what they have no right to, or what takes a second person."""


def may(who: User, right: Right) -> bool:
    return who.is_active and who.is_staff and who.has_perm(right)


def demand(who: User, right: Right) -> None:
    """Raise `NotAllowed`, naming the role to ask for, unless somebody holds a right."""
    if not may(who, right):
        raise NotAllowed(
            f"This needs the role '{ROLES[right]}', which {who.get_username()} does not have. "
            "An administrator can give it."
        )
