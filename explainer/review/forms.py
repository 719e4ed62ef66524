"""What a step asks of the person who takes it: one form for each step.

A form only reads what was typed; whether it will do is for the library's verbs, whose refusals
come back to the field they are about.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.forms.utils import from_current_timezone
from django.http import QueryDict

from explainer.evidence.labels import Label
from explainer.evidence.levels import Bearing, Level, Reason, caution
from explainer.kinds.schema import Fields
from explainer.library import emergency
from explainer.library.dates import in_a_year
from explainer.library.models import Revision
from explainer.library.reviewer import (
    REASON_LENGTH,
    Incomplete,
    Reviewer,
    refuse_due,
    unsaid,
)
from explainer.review.mending import mended
from explainer.review.remarks import remarks


def _text(label: str, rows: int = 3, **options: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return forms.CharField(label=label, widget=box, **{"required": False, **options})


def _name(label: str, **attributes: str) -> forms.CharField:
    line = forms.TextInput(attrs={"class": "vTextField", **attributes})
    return forms.CharField(label=label, required=False, widget=line)


def _day(label: str) -> forms.DateField:
    box = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=box)


class StepForm(forms.Form):
    """A step; by itself it asks nothing. `today` is there where a day is judged."""

    today: date | None = None

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data


class HandingOver(StepForm):
    """A comment that may be left out, and what the words of a change still lacked."""

    comment = _text("Comment (if you like)")

    def clean(self) -> dict[str, Any]:
        self.mended: dict[str, Fields] = {}
        for subject, form in mended(self.data):
            if not form.is_valid():
                found = (f"{form[name].label}: {' '.join(it)}" for name, it in form.errors.items())
                raise forms.ValidationError(f"{subject}: {' '.join(found)}")
            self.mended[subject] = form.cleaned_data
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "mended": self.mended}


class Mending(StepForm):
    """What is to be mended, for the author: of all of it, and beside the words themselves."""

    comment = _text(
        "What is to be mended",
        help_text="Its author reads this, and what you wrote beside single words above.",
    )

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "remarks": list(remarks(self.data))}


class Approval(StepForm):
    """Who reviewed the words, as readers will see it, and when they are due again."""

    reviewed_by = _name("Your name, as readers will see it", autocomplete="name")
    reviewer_qualification = _name("Your qualification, as readers will see it")
    review_due = _day("Next review due on")
    read_unlabelled = forms.BooleanField(
        label="I read every word, and each sentence without a label one by one", required=False
    )
    comment = _text("Comment (if you like)", 2)

    def clean(self) -> dict[str, Any]:
        """Say all that is missing at once, each at its field; the rules are the library's."""
        cleaned = self.cleaned_data
        words = (cleaned.get(name) or "" for name in ("reviewed_by", "reviewer_qualification"))
        missing = [*unsaid(*words, read_unlabelled=cleaned.get("read_unlabelled", False))]
        try:
            if self.today and (due := cleaned.get("review_due")):
                refuse_due(due, self.today)
        except Incomplete as refused:
            missing.append(refused)
        for found in missing:
            if found.field not in self.errors:
                self.add_error(found.field, str(found))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        names = ("reviewed_by", "reviewer_qualification", "review_due", "read_unlabelled")
        reviewer = Reviewer(*(self.cleaned_data[name] for name in names))
        return {"reviewer": reviewer, "comment": self.cleaned_data["comment"]}


CHANGED = (
    "The clock is changed that night ({zone}): this time does not exist, or comes twice. Choose "
    "another."
)


class Time(StepForm):
    """When to publish, by the clock where the site is."""

    publish_at = _day("Day")
    publish_time = forms.TimeField(
        label="Time", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def arguments(self) -> dict[str, Any]:
        return {"when": self.cleaned_data["when"]}

    def clean(self) -> dict[str, Any]:
        """Give the moment; refuses an hour that the clock leaves out or has twice that night."""
        cleaned = super().clean() or {}
        if {"publish_at", "publish_time"} <= cleaned.keys():
            typed = datetime.combine(cleaned["publish_at"], cleaned["publish_time"])
            try:
                cleaned["when"] = from_current_timezone(typed)
            except forms.ValidationError:
                self.add_error("publish_time", CHANGED.format(zone=settings.TIME_ZONE))
        return cleaned


class LookingAgain(Approval):
    """Who read public words again; pressing its button says that each of them was read."""

    field_order = ("reviewed_by", "reviewer_qualification", "review_due")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["read_unlabelled"], self.fields["comment"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["read_unlabelled"] = True
        return super().clean()

    def arguments(self) -> dict[str, Any]:
        self.cleaned_data["comment"] = ""
        return {"reviewer": super().arguments()["reviewer"]}

    @property
    def is_filled_in(self) -> bool:
        """True if nothing is left to type, so that its one button is all there is to it."""
        return not self.errors and all(self.initial.get(name) for name in self.fields)


class EmergencyForm(StepForm):
    """A step that one person alone may take with what is public; `words` is its field for why."""

    title: ClassVar[str]
    template: ClassVar[str]
    words: ClassVar[str]
    done: ClassVar[str]
    verb: ClassVar[Callable[..., Any]]

    def __init__(self, data: QueryDict | None, public: Revision | None) -> None:
        super().__init__(data)
        if data is not None:
            # Asked once the words were read, or it would be ticked without a thought.
            label = "Readers may read this without a label"
            self.fields["meant"] = forms.BooleanField(label=label, required=False)


class Withdrawal(EmergencyForm):
    """Why something is taken from the public."""

    title, template, words = "Withdraw", "withdraw", "reason"
    done = "Withdrawn: readers see your reason now."
    verb = staticmethod(emergency.withdraw)
    reason = _text(
        "Why, in words that readers will see",
        max_length=REASON_LENGTH,
        help_text="Say what was wrong. It stays on the page and in the list of changes.",
    )


class Caution(EmergencyForm):
    """A more cautious label than a public claim's, and why."""

    title, template, words = "Make the label more cautious", "caution", "because"
    done = "The label is more cautious now. Its words wait to be mended."
    verb = staticmethod(emergency.downgrade_label)
    level = forms.ChoiceField(label="The label from now on", widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label="If it is unsupported: why",
        required=False,
        choices=[("", "–"), *((str(reason), reason.words) for reason in Reason)],
    )
    because = _text(
        "What you know now, in words that readers will see", max_length=REASON_LENGTH, required=True
    )

    def __init__(self, data: QueryDict | None, public: Revision | None) -> None:
        super().__init__(data, public)
        level: Any = self.fields["level"]
        level.choices = more_cautious(public) if public else []

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "level": Level(self.cleaned_data["level"])}


def more_cautious(claim: Revision) -> list[tuple[str, str]]:
    level, bearing = Level(claim.level), Bearing(claim.fields["bearing"])
    return [
        (str(other), Label(other, bearing).word)
        for other in Level
        if caution(other, bearing) > caution(level, bearing)
    ]


def first_answers(actor: User, today: date) -> dict[str, Any]:
    """Fill an approval in with this reviewer's last one, and a review in twelve months."""
    last = Revision.objects.filter(approved_by=actor).order_by("-approved_at").first()
    return {
        "reviewed_by": last.reviewed_by if last else actor.get_full_name(),
        "reviewer_qualification": last.reviewer_qualification if last else "",
        "review_due": in_a_year(today),
    }
