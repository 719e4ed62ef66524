"""What a step asks of the person who takes it: one form for each step.

A form only reads what was typed; whether it will do is for the library's verbs,
whose refusals come back to the field they are about.
"""

from datetime import UTC, date, datetime
from typing import Any

from django import forms

from explainer.evidence.levels import Bearing, Level, Reason, caution, label_words
from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion
from explainer.library.readiness import NAME_LENGTH, REASON_LENGTH

KINDS = (ClaimVersion, ArticleVersion, ReferenceVersion)


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class Nothing(forms.Form):
    """A step that asks nothing."""


class Comment(forms.Form):
    """A comment that may be left out."""

    comment = forms.CharField(label="Comment (if you like)", widget=_words(), required=False)


class Mending(forms.Form):
    """What is to be mended, for the author."""

    comment = forms.CharField(
        label="What is to be mended",
        widget=_words(),
        required=False,
        help_text="Its author reads this.",
    )


class Approval(forms.Form):
    """Who reviewed the words, as readers will see it, and when they are due again."""

    reviewed_by = forms.CharField(
        label="Your name, as readers will see it",
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "name"}),
    )
    reviewer_qualification = forms.CharField(
        label="Your qualification, as readers will see it",
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    review_due = forms.DateField(label="Next review due on", widget=_day())
    comment = forms.CharField(label="Comment (if you like)", widget=_words(2), required=False)


class Time(forms.Form):
    """When to publish, in UTC."""

    publish_at = forms.DateField(label="Day", widget=_day())
    publish_time = forms.TimeField(
        label="Time (UTC)", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    @property
    def when(self) -> datetime:
        """The moment that was chosen."""
        told = self.cleaned_data
        return datetime.combine(told["publish_at"], told["publish_time"], tzinfo=UTC)


class Withdrawal(forms.Form):
    """Why something is taken from the public."""

    reason = forms.CharField(
        label="Why, in words that readers will see",
        max_length=REASON_LENGTH,
        required=False,
        widget=_words(),
        help_text="Say what was wrong. It stays on the page and in the list of changes.",
    )


class Caution(forms.Form):
    """A more cautious label than a public claim's, and why; no choice if it is not public."""

    level = forms.ChoiceField(label="The label from now on", widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label="If it is unsupported: why",
        required=False,
        choices=[("", "–"), *((str(reason), reason.words) for reason in Reason)],
    )
    because = forms.CharField(
        label="What you know now, in words that readers will see",
        max_length=REASON_LENGTH,
        widget=_words(),
    )

    def __init__(self, *args: Any, held: ClaimVersion | None, **more: Any) -> None:
        super().__init__(*args, **more)
        level: Any = self.fields["level"]
        level.choices = list(more_cautious(held)) if held else []


def more_cautious(held: ClaimVersion) -> list[tuple[str, str]]:
    """Give the levels that are more cautious than a claim's, with their labels."""
    bearing = Bearing(held.bearing)
    now = caution(Level(held.level), bearing)
    return [
        (str(level), label_words(level, bearing))
        for level in Level
        if caution(level, bearing) > now
    ]


def first_answers(by: Any, today: date) -> dict[str, Any]:
    """Fill an approval in with this reviewer's last one, and a review in twelve months."""
    held = [
        version
        for model in KINDS
        if (version := model.objects.filter(approved_by=by).order_by("-approved_at").first())
    ]
    last = max(held, key=lambda version: version.approved_at, default=None)
    return {
        "reviewed_by": last.reviewed_by if last else by.get_full_name(),
        "reviewer_qualification": last.reviewer_qualification if last else "",
        "review_due": in_a_year(today),
    }


def in_a_year(today: date) -> date:
    """Give the same day a year later; the day before for 29 February."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)
