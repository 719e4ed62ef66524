"""Records: who did what and when; no label.

A dated act of a regulator, court, parliament or professional body, what was done in trials, what
a trial or review of a licensed option found, or a price that somebody asked: never what came of
something that is sold under claims (method, section 3).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from explainer.evidence.claims import Record, Source
from explainer.evidence.context import Context
from explainer.evidence.levels import Role, SourceKind
from explainer.evidence.lint import vocabulary
from explainer.evidence.lint.run import lint_prose
from explainer.evidence.lint.sentences import plain_words
from explainer.evidence.lint.titles import check_record, check_title
from explainer.kinds.base import Entry, Folder, Kind, Pages, in_field, unknown_source
from explainer.kinds.schema import KEY, Day, Field, Text
from explainer.text.folding import fold
from explainer.text.problems import Problem, Refused
from explainer.text.readability import sentences

RECORDS = (
    SourceKind.REGULATOR, SourceKind.PROFESSIONAL_BODY, SourceKind.TRIAL, SourceKind.REVIEW,
    SourceKind.PRESS,
)  # fmt: skip
"""Kinds of sources that can put on record an act, what was done in trials, and, but for
the press, what a licensed option did; a price, which is an act of who asks it, any source can."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})(?: \d{{1,2}},?)? (\d{{4}})\b")


_PRICE = re.compile(r"(?:\$|£|€|\b(?:USD|GBP|EUR|PLN|TRY|Rs)\b\.?)\s?\d")
_POOLED = re.compile(r"\b\d+ (?:[\w-]+ ){0,2}trials\b")
_ACTED = re.compile(r"\bthe (?!US\b|UK\b|EU\b)([A-Z]{2,6})\b")


class RecordKind(Kind):
    """One sentence on who did what and when, with the source that shows it."""

    name, path, label = "record", "records", "Record"
    reader_names = ("Record", "record", "records")
    folders = (Folder("records", 2),)
    body = "body"
    title_field = "statement"
    context_name = "records"
    is_shown = True
    is_withdrawable = True
    needs_treatment = True
    priority = 2
    missing_body = "Write what it means for the reader."
    template = "record.html"
    list_description = "Acts of regulators, courts and professional bodies, with who and when."
    schema = (
        Field(
            "name", Text(60), "Name",
            "What it is about in a few words, for lists and titles; without it the statement.",
        ),
        Field(
            "statement", Text(400, lines=3), "Statement",
            "One sentence that says who did what, and when. A text that shows it prints it whole.",
            required=True,
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
        ("The act", "Who did what and when.", ("name", "statement", "source", "date", "says")),
        ("For the reader", "What stands on the record's own page.", ("body",)),
    )
    create_fields = ("name", "statement", "source", "date", "says")
    key_fields = ("name", "statement")

    def short_title(self, fields: Mapping[str, Any]) -> str:
        return fields.get("name") or self.title(fields)

    def noun(self, entry: Entry, context: Context) -> Record:
        fields = entry.fields
        source = context.sources.get(fields["source"])
        if source is None:
            message = f"There is no source '{fields['source']}'. Add it, or correct the key."
            raise Refused("source", message, "unknown-source")
        said, day = fields["statement"], fields["date"]
        who = _who(source, said)
        return Record(entry.key, said, source, who, day, entry.withdrawn, fields["name"])

    def mark(self, entry: Entry, context: Context) -> str:
        return f"({self.noun(entry, context).mark}.)"

    def sources(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return (fields["source"],)

    def unique(self, entry: Entry) -> Iterator[tuple[str, str, str]]:
        yield "statement", "statement", entry.fields["statement"]

    def references(self, entry: Entry, context: Context) -> Iterator[Problem]:
        key = entry.fields["source"]
        source = context.sources.get(key)
        if source is None:
            yield unknown_source(key, context, "source")
        elif not _has_price(entry.fields["statement"]) and (
            source.sells_treatment or source.kind not in RECORDS
        ):
            what = (
                "sells the treatment"
                if source.sells_treatment
                else f"is of the kind '{source.kind}'"
            )
            message = f"'{key}' {what}, so it puts nothing on record. Name a regulator, a court, "
            message += (
                "a professional body or a trial; what a seller says is a claim, but for a price."
            )
            yield Problem("no-official-source", message, field="source", params={"key": key})

    def lint(self, entry: Entry, context: Context, pages: Pages | None = None) -> Iterator[Problem]:
        fields, record = entry.fields, self.noun(entry, context)
        yield from in_field("name", check_title(fields["name"]))
        yield from in_field("statement", _unsaid(record))
        tells, sold = _tells(record, context), _sold(record, context)
        priced = _has_price(record.statement)
        found = check_record(record.statement, sold=sold, tells=tells, priced=priced)
        yield from in_field("statement", found)
        yield from in_field("name", check_record(fields["name"], priced=priced))
        yield from in_field("says", check_record(fields["says"], tells=tells, priced=priced))
        yield from in_field("body", check_record(fields["body"], priced=priced))
        for name in ("statement", "says"):
            yield from in_field(name, plain_words(fields[name]))
        yield from in_field("body", lint_prose(fields["body"], context))


def _names(source: Source) -> tuple[str, ...]:
    """Give what its publisher is called: US Drug Office, and DO or what it puts in brackets."""
    name, _, short = source.publisher.partition(",")[0].partition("(")
    initials = "".join(word[0] for word in name.split() if word.istitle())
    names = (name.strip(), short.strip(" )"), initials if len(initials) > 1 else "")
    return tuple(filter(None, names)) or (source.title,)


def _who(source: Source, statement: str) -> str:
    """Name who acted as the statement does, the shortest way: the FDA, a trial, a journal never."""
    said = [name for name in _names(source) if _has(statement, name)]
    if said:
        return min(said, key=len)
    is_study = source.kind in (SourceKind.TRIAL, SourceKind.REVIEW)
    if not is_study and (acted := _ACTED.search(statement)):
        return acted[1]
    what = _role(statement)
    if what is None or source.kind is SourceKind.REGULATOR:
        return _names(source)[0]
    article = "an" if what[0][0] in "aeiou" else "a"
    return what[0] if what[0].endswith("s") else f"{article} {what[0]}"


def _role(statement: str) -> re.Match[str] | None:
    roles = vocabulary.TRADERS if _has_price(statement) else vocabulary.OFFICIALS
    return roles.search(fold(statement))


def _has_price(statement: str) -> bool:
    """Say if it tells who asked a sum; a sum alone is no price."""
    asked = vocabulary.PRICING.search(fold(statement))
    return asked is not None and _PRICE.search(statement) is not None


def _has(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(text)) is not None


def _unsaid(record: Record) -> Iterator[Problem]:
    """Find out if the statement is one sentence that says who and when, as it is on record."""
    if len(sentences(record.statement)) > 1 or not record.statement.endswith("."):
        # Who and when stand in brackets after its full stop.
        message = "The statement is not one sentence that ends with a full stop. Make it one."
        yield Problem("statement-not-one-sentence", message)
    year, month = record.date[:4], MONTHS[int(record.date[5:7]) - 1]
    months = [name for name, of in _MONTH.findall(record.statement) if of == year]
    if not _has(record.statement, year) or (months and month not in months):
        message = f"The statement does not say when: name {month} {year}, or the year {year} alone;"
        yield Problem("no-year-said", f"{message} or correct the date, {record.date}.")
    named = any(_has(record.statement, name) for name in _names(record.source))
    if not named and not _role(record.statement):
        message = f"The statement does not say who: name '{record.who}', or say what it is, "
        yield Problem("nobody-named", f"{message}such as a court, a regulator or a trial.")


def _option(record: Record, context: Context) -> frozenset[str]:
    """Give the names of the licensed option that it belongs to, if it belongs to one."""
    own = context.treatments.get(record.key.partition("/")[0])
    return own.names if own and own.role is Role.OPTION else frozenset()


def _tells(record: Record, context: Context) -> bool:
    """Say if it may tell a result: of a licensed option it names; a review, of trials it counts."""
    named = any(_has(record.statement, name) for name in _option(record, context))
    pools = record.source.kind is not SourceKind.REVIEW or _POOLED.search(record.statement)
    tells = record.source.kind in RECORDS and record.source.kind is not SourceKind.PRESS
    return bool(named and pools and tells and not record.source.sells_treatment)


def _sold(record: Record, context: Context) -> frozenset[str]:
    """Give the names of what is sold under claims, but for those that an option has too."""
    treatments = context.treatments.values()
    sold = {name for it in treatments if it.role is Role.EXPLAINED for name in it.names}
    return frozenset(sold - _option(record, context))


RECORD = RecordKind()
