"""The form of a claim."""

from typing import Any

from django.forms.boundfield import BoundField

from explainer.evidence.levels import ANY_PRODUCT, Bearing, Kind, Level, Reason, Topic
from explainer.library.models import Treatment
from explainer.library.words import CLAIM, Words
from explainer.staff.editor.fields import Choice, Markdown, Text, words_of
from explainer.staff.editor.forms import EntryForm, Group
from explainer.staff.editor.positions import positions
from explainer.staff.editor.problems import Told
from explainer.staff.editor.sources import all_sources

BEARINGS = (
    (str(Bearing.PROMISE), "A promise: it speaks for the treatment"),
    (str(Bearing.WARNING), "A warning: it asks for more care"),
)


class ClaimForm(EntryForm):
    """The words of a claim and its positions. The label is worked out, never chosen."""

    NAMES = CLAIM
    GROUPS = (
        (
            "The claim",
            "One sentence that can be right or wrong, and what it is about.",
            ("statement", "topic", "kind", "bearing", "product"),
        ),
        (
            "Who says what",
            "The label comes from these positions: for a promise the most doubtful one decides, "
            "for a warning the most serious one. To change a label, change what its sources say. "
            "Give each source the label that its own wording or findings support. A source that is "
            "not in the list has to be added and published first.",
            (),
        ),
        (
            "The label",
            "Most claims need neither of the first two lines. A more cautious label and its reason "
            "go together: give both or neither.",
            ("reason", "level", "level_reason"),
        ),
        ("For the reader", "What stands under the claim.", ("why", "would_change", "ask")),
    )

    statement = Text(
        rows=3,
        label="Statement",
        help_text="One whole sentence. Read alone, it still has to say how sure we are.",
    )
    topic = Choice(words_of(Topic), label="Topic", help_text="The page it belongs to.")
    kind = Choice(words_of(Kind), label="What it is about")
    bearing = Choice(BEARINGS, label="Which way it pulls")
    product = Choice(
        label="Product", empty="Choose one", help_text="What was given, or the whole treatment."
    )
    reason = Choice(
        words_of(Reason),
        label="Why it is unsupported",
        empty="It is not unsupported",
        help_text="Needed if the label is Unsupported, and only then.",
    )
    level = Choice(
        words_of(Level, "word"),
        label="More cautious label, if you choose one",
        empty="None: the positions decide",
        help_text="Only towards more caution: more doubt about a promise, a warning more serious.",
    )
    level_reason = Text(
        rows=2, label="Reason for the more cautious label", help_text="Readers see it."
    )
    why = Markdown(
        rows=8,
        label="Why it has this label",
        help_text="Markdown. What was studied, in how many people, and what was found.",
    )
    would_change = Text(
        rows=2, label="What would change the label", help_text="The study that is missing."
    )
    ask = Text(
        rows=2,
        label="Question for the clinic",
        help_text="What a reader can ask. Every unsupported promise needs one; it ends with “?”.",
    )

    def __init__(
        self, data: Any = None, *, treatment: Treatment, initial: Words | None = None
    ) -> None:
        held = initial or {}
        super().__init__(data, initial=held)
        rows = held.get("positions", [])
        products = _products(treatment, [held, *rows])
        self.fields["product"].offer(products)  # type: ignore[attr-defined]
        self.positions = positions(data, rows, products)

    def clean(self) -> dict[str, Any]:
        """Take a claim without a product to speak of the treatment as a whole."""
        given = self.cleaned_data
        given["product"] = given.get("product") or ANY_PRODUCT
        self.positions.claim_product = given["product"]
        return given

    def is_valid(self) -> bool:
        """True if the fields and every position can be stored."""
        own = super().is_valid()
        return self.positions.is_valid() and own

    def words(self) -> Words:
        """Give what was typed, positions too."""
        return {**super().words(), "positions": self.positions.words()}

    def place(self, field: str) -> BoundField | None:
        """Find the field of a problem, in its row for one of a position."""
        name, _, inner = field.partition(".")
        if name != "positions":
            return super().place(field)
        if not self.positions.forms:
            return None
        order, _, column = inner.partition(".")
        places = self.positions.places
        row = places[int(order)] if order and int(order) < len(places) else 0
        if row >= len(self.positions.forms):
            return None  # a crafted form may have no rows at all
        form = self.positions.forms[row]
        return form[column] if column in form.fields else form["source"]

    def show(self, told: Any) -> None:
        """Put problems to the fields, and to the rows of positions."""
        everything: tuple[Told, ...] = tuple(told)
        super().show(everything)
        for form in self.positions.forms:
            form.show(everything)

    @property
    def refusals(self) -> list[tuple[str, str, str]]:
        """What keeps the words from being stored, positions too."""
        return [*super().refusals, *self.positions.refusals]

    @property
    def known_sources(self) -> list[tuple[str, str]]:
        """Every source, for those who type its key."""
        return all_sources()

    def _group(self, title: str, told: str, names: Any) -> Group:
        group = super()._group(title, told, names)
        return group if names else Group(title, told, (), positions=True)


def _products(treatment: Treatment, held: list[Words]) -> list[tuple[str, str]]:
    """Give the products of a treatment, and those that are named although it lost them."""
    known = {**treatment.product_names}
    known.setdefault(ANY_PRODUCT, f"{treatment.name} in general")
    for words in held:
        if key := words.get("product"):
            known.setdefault(key, f"{key} (not a product of this treatment)")
    return list(known.items())
