"""What a new site lacks before two people can work on it, read from what there is; changes nothing.

A step is done when the site shows it, never because somebody ticked it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User

from explainer.accounts.second_factor import has_factor, needs_factor
from explainer.library.models import AuditEntry
from explainer.library.permissions import ROLES, Right

MAY: Mapping[Right, str] = {
    Right.WRITE: "begins texts and claims, writes drafts, hands them over for review",
    Right.REVIEW: "reads what somebody else wrote; approves it, or sends it back with a comment",
    Right.PUBLISH: "makes approved words public, at once or at a set time; withdraws a page or "
    "makes a label more cautious, alone if it is urgent",
    Right.ADMINISTER: "invites people, gives roles, ends accounts, reads the audit log",
}
"""What each role may do, for people."""

HANDED_OVER, READ = ("submit",), ("approve", "send back")
"""The actions, as the audit log names them, by which two people have tried the way."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role, what it may do, and the names of the active staff who hold its right."""

    name: str
    may: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstRun:
    """The roles and who holds them, and the steps by name: done or not.

    `pair`: somebody writes, another reviews, somebody publishes. `factor`: whoever looks has what
    their role needs. `mail`: letters leave, and everybody has an address. `handed_over` and
    `read`: somebody tried the way, and another answered.
    """

    roles: tuple[Role, ...]
    steps: Mapping[str, bool]
    alone: bool

    @property
    def is_over(self) -> bool:
        """True once the site has what two people need to work; letters can wait."""
        return all(self.steps[name] for name in ("pair", "handed_over", "read"))


def look(user: User) -> FirstRun:
    """Say how far the site is set up, as `user` is to be told; five queries."""
    names, holders, without_mail = _team()
    writers, reviewers = holders[Right.WRITE], holders[Right.REVIEW]
    is_pair = any(one != other for one in writers for other in reviewers)
    steps = {
        "pair": is_pair and bool(holders[Right.PUBLISH]),
        "factor": has_factor(user) or not (settings.STAFF_SECOND_FACTOR and needs_factor(user)),
        "mail": bool(settings.EMAIL_HOST) and not without_mail,
        "handed_over": _was_done(HANDED_OVER),
        "read": _was_done(READ),
    }
    roles = (
        Role(ROLES[right], may, tuple(sorted(names[pk] for pk in holders[right])))
        for right, may in MAY.items()
    )
    return FirstRun(tuple(roles), steps, len(set().union(*holders.values())) < 2)


def _team() -> tuple[dict[int, str], Mapping[Right, set[int]], bool]:
    """Give active staff by id, who of them holds which right, and if somebody has no e-mail."""
    names: dict[int, str] = {}
    holders: Mapping[Right, set[int]] = defaultdict(set)
    without_mail = False
    team = User.objects.filter(is_active=True, is_staff=True)
    given = ("groups__permissions__codename", "user_permissions__codename")
    for person in team.only("username", "first_name", "last_name", "email", "is_superuser"):
        names[person.pk] = person.get_full_name() or person.get_username()
        without_mail |= not person.email
        for right in Right if person.is_superuser else ():
            holders[right].add(person.pk)
    for pk, *codenames in team.values_list("pk", *given):
        for right in Right:
            if right.partition(".")[2] in codenames:
                holders[right].add(pk)
    return names, holders, without_mail


def _was_done(actions: tuple[str, ...]) -> bool:
    return AuditEntry.objects.filter(action__in=actions, actor__isnull=False).exists()
