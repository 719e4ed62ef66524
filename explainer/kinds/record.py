"""Records: a dated act of a regulator, court, parliament or professional body; no label.

What was done and by whom, never what a treatment does: that is a claim (method, section 3).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.evidence.context import Context
from explainer.evidence.levels import SourceKind
from explainer.evidence.lint.run import lint_prose
from explainer.evidence.lint.sentences import plain_words
from explainer.evidence.lint.titles import check_record
from explainer.evidence.problems import Problem
from explainer.kinds.base import Entry, Folder, Kind, in_field, unknown_source
from explainer.kinds.schema import KEY, Day, Field, Text

OFFICIAL = (SourceKind.REGULATOR, SourceKind.PROFESSIONAL_BODY)
"""Kinds of sources that can put an act on record."""


class RecordKind(Kind):
    """One sentence on who did what and when, with the source that shows it."""

    name, path, label = "record", "records", "Record"
    reader_names = ("Record", "record", "records")
    folders = (Folder("records", 2),)
    body = "body"
    title_field = "statement"
    needs_treatment = True
    priority = 2
    missing_body = "Write what it means for the reader."
    template = "record.html"
    list_description = "Acts of regulators, courts and professional bodies, with who and when."
    schema = (
        Field(
            "statement", Text(400, lines=3), "Statement",
            "One sentence that says who did what, and when.", required=True,
        ),
        Field(
            "source", Text(120, pattern=KEY.pattern, cure="Write the key of a source."), "Source",
            "The key of the source that shows it, as in the list of sources.", required=True,
        ),
        Field("date", Day(), "Date", "The day of the act, as in 2026-11-20.", required=True),
        Field(
            "says", Text(lines=2), "What it says", "One sentence in our words.", required=True
        ),
        Field(
            "body", Text(0, lines=6, is_dialect=True), "What it means for you", required=True
        ),
    )  # fmt: skip
    layout = (
        ("The act", "Who did what and when.", ("statement", "source", "date", "says")),
        ("For the reader", "What stands on the record's own page.", ("body",)),
    )
    create_fields = ("statement", "source", "date", "says")
    key_fields = ("statement",)

    def sources(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (fields["source"],)

    def unique(self, entry: Entry) -> Iterator[tuple[str, str, str]]:
        yield "statement", "statement", entry.fields["statement"]

    def references(self, entry: Entry, context: Context) -> Iterator[Problem]:
        key = entry.fields["source"]
        source = context.sources.get(key)
        if source is None:
            yield unknown_source(key, context, "source")
        elif source.kind not in OFFICIAL:
            message = f"'{key}' is no regulator or professional body, so it puts no act on record."
            yield Problem("no-official-source", message, field="source", params={"key": key})

    def lint(self, entry: Entry, context: Context) -> Iterator[Problem]:
        fields = entry.fields
        if (year := fields["date"][:4]) not in fields["statement"]:
            message = f"The statement does not say when: name the year {year}."
            yield Problem("no-year-said", message, field="statement")
        for name in ("statement", "says", "body"):
            yield from in_field(name, check_record(fields[name]))
        for name in ("statement", "says"):
            yield from in_field(name, plain_words(fields[name]))
        yield from in_field("body", lint_prose(fields["body"], context))


RECORD = RecordKind()
