"""Sources: a document that takes positions, and what we say about it."""

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.evidence.claims import Source
from explainer.evidence.context import Context
from explainer.evidence.levels import Seen, SourceKind
from explainer.evidence.lint.run import lint_prose
from explainer.kinds.base import Entry, Folder, Kind, Pages, in_field
from explainer.kinds.schema import Address, Choice, Field, Flag, Text, Year
from explainer.text.problems import Problem


class SourceOf(Kind):
    """Its title is quoted as its authors wrote it, so it is held to no rule of ours."""

    name, path, label = "source", "sources", "Source"
    reader_names = ("Source", "source", "sources")
    folders = (Folder("sources"),)
    body = "appraisal"
    context_name = "sources"
    touches_all = True
    priority = 0
    missing_body = "Write our appraisal of the source."
    schema = (
        Field("title", Text(500), "Title", required=True),
        Field("authors", Text(500), "Authors"),
        Field("publisher", Text(300), "Journal or publisher"),
        Field("kind", Choice(SourceKind), "What sort of document it is", required=True),
        Field("year", Year(), "Year", "In figures, as in 2023."),
        Field(
            "url", Address(500), "Web address", "The whole of it, beginning with https://."
        ),
        Field(
            "doi",
            Text(200, pattern=r"10\.[0-9]{4,9}/\S+", cure="Write it bare: 10.1000/xyz."),
            "DOI", "The number alone, as in 10.1000/xyz.",
        ),
        Field(
            "sells_treatment", Flag(), "Who wrote it sells the treatment", "Readers are told.",
            required=True,
        ),
        Field("seen", Choice(Seen), "How far we read it", "Readers are told.", required=True),
        Field(
            "appraisal", Text(0, lines=8, is_dialect=True), "Our appraisal",
            "Markdown. Design, size, who paid, what it can and cannot show.", required=True,
        ),
    )  # fmt: skip
    layout = (
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
    list_fields = ("kind", "year")
    list_filters = ("kind", "seen")
    create_fields = tuple(field.name for field in schema)
    key_fields = ("title", "year")

    def public_title(self, fields: Mapping[str, Any]) -> str:
        # A title may promise what we do not, so it is quoted, after what it is.
        return f"{SourceKind(fields['kind']).words}: “{self.title(fields)}”"

    def noun(self, entry: Entry, context: Context) -> Source:
        fields = entry.fields
        return Source(
            entry.key,
            fields["title"],
            SourceKind(fields["kind"]),
            Seen(fields["seen"]),
            fields["sells_treatment"],
            fields["publisher"],
        )

    def unique(self, entry: Entry) -> Iterator[tuple[str, str, str]]:
        if doi := entry.fields["doi"]:
            yield "doi", "DOI", doi

    def lint(self, entry: Entry, context: Context, pages: Pages | None = None) -> Iterator[Problem]:
        yield from in_field("appraisal", lint_prose(entry.fields["appraisal"], context))


SOURCE = SourceOf()
