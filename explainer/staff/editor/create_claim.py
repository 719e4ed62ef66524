"""The form that begins a claim: enough to work out a label; the rest is for its draft.

Shown on a page of its own, and alone in the dialog beside an article.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import User

from explainer.evidence.levels import Kind, Level, Topic
from explainer.library import beginning
from explainer.library.models import Treatment
from explainer.library.models.versions import Version
from explainer.library.words import Words
from explainer.staff.editor.claims import BEARINGS
from explainer.staff.editor.create_forms import NewForm
from explainer.staff.editor.fields import Choice, Text, words_of
from explainer.staff.editor.forms import Groups
from explainer.staff.editor.sources import all_sources


class NewClaim(NewForm):
    """A new claim with its first position, in a page of its own or in the article's dialog."""

    NAMES = ("statement", "topic", "kind", "bearing")
    FROM = ("statement",)
    GROUPS: ClassVar[Groups] = (
        (
            "The claim",
            "One sentence that can be right or wrong, and what it is about.",
            ("statement", "treatment", "topic", "kind", "bearing", "key"),
        ),
        (
            "Who says it",
            "The first position; more can be added in the next step.",
            ("source", "source_level", "says"),
        ),
    )
    statement = Text(
        rows=3, label="Statement", help_text="One whole sentence, honest when read alone."
    )
    treatment = Choice(label="Treatment")
    topic = Choice(words_of(Topic), label="Topic")
    kind = Choice(words_of(Kind), label="What it is about")
    bearing = Choice(BEARINGS, label="Which way it pulls")
    source = Choice(label="Source", empty="None yet")
    source_level = Choice(words_of(Level, "word"), label="Going by this source alone")
    says = Text(rows=2, label="What it says", help_text="One sentence in our words.")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        names = Treatment.objects.values_list("key", "name")
        self.fields["treatment"].offer(names)  # type: ignore[attr-defined]
        self.fields["source"].offer(all_sources())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A claim needs its treatment; a position needs its source."""
        given = super().clean()
        if not given.get("treatment") and "treatment" not in self.errors:
            self.add_error("treatment", "Which treatment is it about? Choose one.")
        spoken = given.get("source_level") or given.get("says")
        if spoken and not given.get("source") and "source" not in self.errors:
            self.add_error("source", "Whose position is this? Choose the source.")
        return given

    def words(self) -> Words:
        """Give what was typed, with the position if there is one."""
        given = self.cleaned_data
        position = {
            "source": given["source"],
            "level": given["source_level"],
            "product": "",
            "says": given["says"],
        }
        return {**super().words(), "positions": [position] if given["source"] else []}

    def begin(self, by: User, at: datetime) -> Version:
        """Store the first version of the claim."""
        key = f"{self.cleaned_data['treatment']}/{self.cleaned_data['key']}"
        return beginning.begin_claim(key=key, given=self.words(), by=by, at=at)
