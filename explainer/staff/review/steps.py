"""Which steps somebody may take with an open version now, as panels of the review page.

The library's verbs decide; this only keeps buttons away that they would refuse, and
says why a step is somebody else's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Q
from django.forms import Form
from django.http import QueryDict

from explainer.library import drafts, readiness
from explainer.library.models import ClaimVersion, State
from explainer.library.models.versions import Version
from explainer.library.permissions import Right, may
from explainer.staff.history.presence import called
from explainer.staff.review import forms

FORMS: dict[str, type[Form]] = {
    "submit": forms.Comment,
    "take-back": forms.Nothing,
    "send-back": forms.Mending,
    "approve": forms.Approval,
    "publish": forms.Nothing,
    "schedule": forms.Time,
    "unschedule": forms.Nothing,
}
"""What each step asks, by the value of `do`."""

BUTTONS = {
    "submit": ("Hand over for review", "Submit for review"),
    "take-back": ("Take it back", "Take back as a draft"),
    "send-back": ("Send it back", "Send back to its author"),
    "approve": ("Approve", "Approve these words"),
    "publish": ("Publish", "Publish now"),
    "schedule": ("Publish later", "Schedule"),
    "unschedule": ("It is scheduled", "Do not publish at that time"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One step: its form, what it says, and the versions that go with it."""

    do: str
    form: Form
    text: str = ""
    first: bool = False

    @property
    def title(self) -> str:
        """What the step is called."""
        return BUTTONS[self.do][0]

    @property
    def button(self) -> str:
        """What its button says."""
        return BUTTONS[self.do][1]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page offers somebody: one sentence on what comes next, then the steps."""

    lead: str
    panels: tuple[Panel, ...]


def form_for(do: str, data: QueryDict | None, initial: dict[str, object]) -> Form:
    """Make the form of a step; the ids of its fields begin with the step."""
    return FORMS[do](data, initial=initial, auto_id=f"{do}-%s")


def offer(
    version: Version,
    by: User,
    today: date,
    *,
    needs: Sequence[ClaimVersion],
    faulty: bool,
    typed: QueryDict | None,
) -> Offer:
    """Say what somebody can do with an open version; `typed` is what they just posted."""
    lead, steps = _steps(version, by, needs)
    if faulty and steps and steps[0][0] == "submit":
        lead = "Next: put the problems below right. Then hand it over, so that somebody reviews it."
    panels = []
    for place, (do, text) in enumerate(steps):
        data = typed if typed is not None and typed.get("do") == do else None
        initial = forms.first_answers(by, today) if do == "approve" else {}
        panels.append(Panel(do, form_for(do, data, initial), text, first=place == 0))
    return Offer(lead, tuple(panels))


Steps = tuple[str, list[tuple[str, str]]]


def _steps(version: Version, by: User, needs: Sequence[ClaimVersion]) -> Steps:
    if version.state == State.DRAFT:
        return _of_draft(by)
    if readiness.is_approved(version):
        return _of_approved(version, by, needs)
    return _of_submitted(version, by)


def _of_draft(by: User) -> Steps:
    if may(by, Right.WRITE):
        return "Next: hand it over, so that somebody else reviews it.", [("submit", "")]
    return "This is a draft. Its author hands it over when it is ready.", []


def _of_submitted(version: Version, by: User) -> Steps:
    back = [("take-back", "To change it, take it back.")] if may(by, Right.WRITE) else []
    if not may(by, Right.REVIEW):
        return f"It waits for a reviewer. {_reviewers(version)}", back
    if by.pk in drafts.writers(version):
        lead = (
            "You wrote some of this yourself, so somebody else has to approve it: "
            f"two people see everything before readers do. {_reviewers(version)}"
        )
        return lead, back
    lead = "Next: read it, then approve it or send it back."
    return lead, [("approve", "Readers see your name under these words."), ("send-back", ""), *back]


def _of_approved(version: Version, by: User, needs: Sequence[ClaimVersion]) -> Steps:
    back = [("send-back", "")] if may(by, Right.REVIEW) else []
    back += [("take-back", "An approval is void then.")] if may(by, Right.WRITE) else []
    if not may(by, Right.PUBLISH):
        return "It is approved and waits for a publisher.", back
    missing = [need for need in needs if not readiness.is_approved(need)]
    if missing:
        return "It shows claims that nobody has approved yet. They come first: see below.", back
    time = ("schedule", "Choose a later time to publish by itself.")
    if version.publish_at:
        told = f"It will be published on {version.publish_at:%-d %B %Y at %H:%M} UTC."
        return told, [
            ("publish", ""),
            ("unschedule", told),
            ("schedule", "Or another time."),
            *back,
        ]
    return "Next: publish it.", [("publish", ""), time, *back]


def _reviewers(version: Version) -> str:
    """Say who could approve a version."""
    able = Q(is_superuser=True) | Q(
        groups__permissions__codename="review",
        groups__permissions__content_type__app_label="library",
    )
    people = User.objects.filter(able, is_active=True, is_staff=True)
    others = people.exclude(pk__in=drafts.writers(version)).distinct().order_by("username")
    names = ", ".join(called(person) for person in others)
    return (
        f"Who can: {names}."
        if names
        else "Nobody else may review yet: an administrator can see to that."
    )
