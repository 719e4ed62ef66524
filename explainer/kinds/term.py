"""Glossary terms: a word explained in everyday language."""

from collections.abc import Iterator

from explainer.evidence.context import Context, Term
from explainer.evidence.lint.run import lint_prose
from explainer.evidence.lint.titles import check_definition, check_name
from explainer.kinds.base import Entry, Folder, Kind, Pages, in_field
from explainer.kinds.schema import Field, Text, Words
from explainer.text.problems import Problem


class TermKind(Kind):
    """Articles link the word where it first appears."""

    name, path, label = "term", "glossary", "Glossary term"
    reader_names = ("Glossary", "glossary word", "glossary words")
    folders = (Folder("glossary"),)
    body = "definition"
    title_field = "term"
    context_name = "terms"
    touches_all = True
    priority = 0
    missing_body = "Write the definition."
    schema = (
        Field("term", Text(120), "Word", required=True),
        Field("also", Words(), "Other forms of the word", "One a line, such as the plural."),
        Field(
            "definition", Text(0, lines=5, is_dialect=True), "What it means",
            "One or two sentences a reader without medical training understands. "
            "It says what the word means, not what a treatment does.", required=True,
        ),
    )  # fmt: skip
    layout = (
        ("The word", "Articles link it where it first appears.", ("term", "also", "definition")),
    )
    create_fields = ("term", "also", "definition")
    key_fields = ("term",)

    def address(self, key: str) -> str:
        return f"/glossary/#term-{key}"

    def noun(self, entry: Entry, context: Context) -> Term:
        return Term(entry.key, entry.fields["term"], tuple(entry.fields["also"]))

    def unique(self, entry: Entry) -> Iterator[tuple[str, str, str]]:
        for word in (entry.fields["term"], *entry.fields["also"]):
            yield "term", "word", word

    def lint(self, entry: Entry, context: Context, pages: Pages | None = None) -> Iterator[Problem]:
        definition = entry.fields["definition"]
        yield from in_field("term", check_name(entry.fields["term"]))
        for order, word in enumerate(entry.fields["also"]):
            yield from in_field(f"also.{order}", check_name(word))
        yield from in_field("definition", check_definition(definition, context.names))
        yield from in_field("definition", lint_prose(definition, context))


TERM = TermKind()
