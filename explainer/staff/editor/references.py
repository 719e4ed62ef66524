"""The forms of reference rows: sources, glossary terms and treatments."""

from typing import ClassVar

from django import forms

from explainer.evidence.levels import Role, Seen, SourceKind
from explainer.library.words import REFERENCES
from explainer.staff.editor.fields import Choice, Lines, Markdown, Pairs, Text, Year, words_of
from explainer.staff.editor.forms import EntryForm, Groups

ROLES = (
    (str(Role.EXPLAINED), "Explained here, topic by topic"),
    (str(Role.OPTION), "Only named beside the others, as something else one can do"),
)


class SourceForm(EntryForm):
    """A source and what we say about it."""

    NAMES = REFERENCES["sources"][1]
    GROUPS: ClassVar[Groups] = (
        (
            "The document",
            "So that a reader can find it.",
            ("title", "authors", "publisher", "year", "url", "doi"),
        ),
        (
            "How we judge it",
            "What sort of document it is decides how far it can carry a claim: case reports and "
            "laboratory studies never make an effect in people plausible.",
            ("kind", "sells_treatment", "seen", "appraisal"),
        ),
    )

    title = Text(limit=500, label="Title")
    authors = Text(limit=500, label="Authors")
    publisher = Text(limit=300, label="Journal or publisher")
    year = Year(label="Year", help_text="In figures, as in 2023.")
    url = Text(
        limit=500, label="Web address", help_text="The whole of it, beginning with https://."
    )
    doi = Text(limit=200, label="DOI", help_text="The number alone, as in 10.1000/xyz.")
    kind = Choice(words_of(SourceKind), label="What sort of document it is")
    sells_treatment = forms.BooleanField(
        required=False, label="Who wrote it sells the treatment", help_text="Readers are told."
    )
    seen = Choice(words_of(Seen), label="How far we read it", help_text="Readers are told.")
    appraisal = Markdown(
        rows=8,
        label="Our appraisal",
        help_text="Markdown. Design, size, who paid, what it can and cannot show.",
    )


class TermForm(EntryForm):
    """A word explained in everyday language."""

    NAMES = REFERENCES["glossary"][1]
    GROUPS: ClassVar[Groups] = (("The word", "Articles link it where it first appears.", NAMES),)

    term = Text(limit=120, label="Word")
    also = Lines(label="Other forms of the word", help_text="One a line, such as the plural.")
    definition = Markdown(
        rows=5,
        label="What it means",
        help_text="One or two sentences a reader without medical training understands. "
        "It says what the word means, not what a treatment does.",
    )


class TreatmentForm(EntryForm):
    """A treatment, its names and its products. Its overview is an article of its own."""

    NAMES = REFERENCES["treatments"][1]
    GROUPS: ClassVar[Groups] = (("The treatment", "The title of its overview is its name.", NAMES),)

    name = Text(limit=120, label="Name")
    also = Lines(label="Other names that patients meet", help_text="One a line.")
    role = Choice(ROLES, label="What the site does with it")
    products = Pairs(
        label="Products",
        help_text="One a line, as “key: name”. Claims and positions name the key, so keep the "
        "keys that are there; a key has lower case letters, digits and hyphens.",
    )


FORMS: dict[str, type[EntryForm]] = {
    "sources": SourceForm,
    "glossary": TermForm,
    "treatments": TreatmentForm,
}
"""The form of each kind of reference row, as subjects name the kinds."""
