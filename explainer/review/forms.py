"""What a step asks of the person who takes it: one form for each step.

A form only reads what was typed; whether it will do is for the library's verbs, whose refusals
come back to the field they are about.
"""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from explainer.evidence.levels import Bearing, Level, Reason, caution, label_words
from explainer.library.models import Revision
from explainer.library.workflow import NAME_LENGTH, REASON_LENGTH, Reviewer


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


def _line(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "vTextField", **attributes})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class StepForm(forms.Form):
    """A step; by itself it asks nothing."""

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data


class Comment(StepForm):
    """A comment that may be left out."""

    comment = forms.CharField(label="Comment (if you like)", widget=_text(), required=False)


class Mending(StepForm):
    """What is to be mended, for the author."""

    comment = forms.CharField(
        label="What is to be mended",
        widget=_text(),
        required=False,
        help_text="Its author reads this.",
    )


class Approval(StepForm):
    """Who reviewed the words, as readers will see it, and when they are due again."""

    reviewed_by = forms.CharField(
        label="Your name, as readers will see it",
        max_length=NAME_LENGTH,
        required=False,
        widget=_line(autocomplete="name"),
    )
    reviewer_qualification = forms.CharField(
        label="Your qualification, as readers will see it",
        max_length=NAME_LENGTH,
        required=False,
        widget=_line(),
    )
    review_due = forms.DateField(label="Next review due on", widget=_day())
    comment = forms.CharField(label="Comment (if you like)", widget=_text(2), required=False)

    def arguments(self) -> dict[str, Any]:
        names = ("reviewed_by", "reviewer_qualification", "review_due")
        reviewer = Reviewer(*(self.cleaned_data[name] for name in names))
        return {"reviewer": reviewer, "comment": self.cleaned_data["comment"]}


class Together(StepForm):
    """What is published in the same step, as its page named it."""

    def arguments(self) -> dict[str, Any]:
        return {"names": self.data.getlist("with") if isinstance(self.data, QueryDict) else []}


class Time(StepForm):
    """When to publish, in UTC."""

    publish_at = forms.DateField(label="Day", widget=_day())
    publish_time = forms.TimeField(
        label="Time (UTC)", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def arguments(self) -> dict[str, Any]:
        day, time = self.cleaned_data["publish_at"], self.cleaned_data["publish_time"]
        return {"when": datetime.combine(day, time, tzinfo=UTC)}


class NoTime(StepForm):
    """To take a time back."""

    def arguments(self) -> dict[str, Any]:
        return {"when": None}


class Withdrawal(StepForm):
    """Why something is taken from the public."""

    def __init__(self, data: QueryDict | None, _: Revision | None) -> None:
        super().__init__(data)

    reason = forms.CharField(
        label="Why, in words that readers will see",
        max_length=REASON_LENGTH,
        required=False,
        widget=_text(),
        help_text="Say what was wrong. It stays on the page and in the list of changes.",
    )


class Caution(StepForm):
    """A more cautious label than a public claim's, and why."""

    level = forms.ChoiceField(label="The label from now on", widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label="If it is unsupported: why",
        required=False,
        choices=[("", "–"), *((str(reason), reason.words) for reason in Reason)],
    )
    because = forms.CharField(
        label="What you know now, in words that readers will see",
        max_length=REASON_LENGTH,
        widget=_text(),
    )

    def __init__(self, data: QueryDict | None, public: Revision | None) -> None:
        super().__init__(data)
        level: Any = self.fields["level"]
        level.choices = more_cautious(public) if public else []

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "level": Level(self.cleaned_data["level"])}


def more_cautious(claim: Revision) -> list[tuple[str, str]]:
    level, bearing = Level(claim.level), Bearing(claim.fields["bearing"])
    return [
        (str(other), label_words(other, bearing))
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


def in_a_year(today: date) -> date:
    """Give the same day a year later; the day before for 29 February."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)
