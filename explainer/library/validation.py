"""Everything an editor is told about one version, with the field and line it is in.

Puts the version through the very checks that content files go through: what
`check_content` would refuse as a file is refused here as a draft. Writes
nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from explainer.evidence import comparison
from explainer.evidence.context import Context
from explainer.evidence.levels import Role
from explainer.evidence.lint.run import lint_claim, lint_prose, lint_text
from explainer.evidence.problems import Problem
from explainer.files.build import Keys, Record, build
from explainer.files.check import too_long
from explainer.files.collection import Content
from explainer.files.dump import canonical, part_of
from explainer.files.frontmatter import parse
from explainer.files.records import (
    ArticleFile,
    ClaimFile,
    Origin,
    SourceFile,
    TermFile,
    TreatmentFile,
)
from explainer.files.serialise import write
from explainer.library.models import (
    ArticleVersion,
    ClaimVersion,
    GlossaryTerm,
    ReferenceVersion,
    Source,
    Treatment,
)
from explainer.library.models.versions import Version
from explainer.library.nouns import source_noun
from explainer.library.schema import Part, read_fields
from explainer.library.titles import check_names

BODIES = {
    Part.CLAIMS: "why",
    Part.SOURCES: "appraisal",
    Part.GLOSSARY: "definition",
}
"""What the text after a file's front matter is called as a field; elsewhere `body`."""


def inspect(version: Version, known: Context) -> tuple[Problem, ...]:
    """Say what is wrong with the words of a version.

    `known` is what its text may refer to. Lines count within the field; a
    problem of the whole has line 0. Errors keep a version from being published.
    """
    part = part_of_version(version)
    record = _record(part, version)
    if isinstance(record, Record):
        problems = [*_told(record, known), *_names(record, known), *_said_before(version)]
    else:
        problems = [replace(problem, line=0) for problem in record]
    if not version.note.strip():
        message = "Say what changed and why: readers see it in the history."
        problems.append(Problem("note-missing", message, field="note"))
    named = (replace(problem, field=problem.field or BODIES.get(part, "")) for problem in problems)
    return tuple(dict.fromkeys(named))


def part_of_version(version: Version) -> Part:
    """Say which kind of content file would hold a version."""
    if isinstance(version, ClaimVersion):
        return Part.CLAIMS
    if isinstance(version, ArticleVersion):
        return part_of(version)
    return Part(version.subject.partition("/")[0])


def _record(part: Part, version: Version) -> Record | list[Problem]:
    text = _file(part, version)
    document = parse(text.encode(errors="replace"))
    if isinstance(document, Problem):
        return [document]
    values, problems = read_fields(part, document)
    if problems:
        return list(problems)
    key = version.subject.partition("/")[2]
    origin = Origin(f"{part}/{key}.md", document.text, document.lines, document.body_line)
    return build(part, origin, key, values, document.body, _keys(version))


def _file(part: Part, version: Version) -> str:
    if not isinstance(version, ReferenceVersion):
        return canonical(version)
    words = dict(version.words)
    if part is Part.TREATMENTS:
        # Its overview is an article with versions of its own: a stand-in keeps its place.
        return write(part, {**words, "products": dict(words["products"]), "summary": "-"}, "-")
    return write(part, words, words.pop(BODIES[part]))


def _keys(version: Version) -> Keys:
    models: dict[Part, Any] = {
        Part.TREATMENTS: Treatment,
        Part.SOURCES: Source,
        Part.GLOSSARY: GlossaryTerm,
    }
    held = {part: model.objects.values_list("key", flat=True) for part, model in models.items()}
    files = {part: frozenset(held.get(part, ())) for part in Part}
    records: dict[Part, dict[str, Any]] = {Part.TREATMENTS: {}, Part.SOURCES: {}}
    if isinstance(version, ClaimVersion):
        records[Part.TREATMENTS] = {row.key: _treatment(row) for row in Treatment.objects.all()}
        # The version may be a copy in memory with other positions than the stored ones.
        cited = (position.source for position in version.positions.all())
        records[Part.SOURCES] = {row.key: _source(row) for row in cited}
    return Keys(files, records)


def _treatment(row: Treatment) -> TreatmentFile:
    origin = Origin(f"treatments/{row.key}.md", "", {}, 1)
    return TreatmentFile(
        origin, row.key, row.name, tuple(row.also), Role(row.role), row.product_names, "", ""
    )


def _source(row: Source) -> SourceFile:
    origin = Origin(f"sources/{row.key}.md", "", {}, 1)
    return SourceFile(
        origin, source_noun(row), row.authors, row.publisher, row.year, row.url, row.doi, ""
    )


def _told(record: Record, known: Context) -> Iterator[Problem]:
    match record:
        case ClaimFile():
            yield from lint_claim(record.claim, record.why, known)
        case ArticleFile():
            yield from _text(record, known)
        case SourceFile():
            yield from lint_prose(record.appraisal, known)
        case TermFile():
            yield from lint_prose(record.definition, known)
        case TreatmentFile() if record.summary != "-":
            yield from _text(record.overview, known)


def _text(record: ArticleFile, known: Context) -> Iterator[Problem]:
    summary, body = lint_text(record.summary, known), lint_text(record.body, known)
    yield from _in_field("summary", (*summary.problems, *too_long(summary)))
    yield from _in_field("body", body.problems)
    if record.key == comparison.PAGE:
        yield from _in_field("body", comparison.read(body.explanation).problems)


def _in_field(field: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    for problem in problems:
        yield replace(problem, field=field)


def _names(record: Record, known: Context) -> Iterator[Problem]:
    """Check titles and names as a folder's are, with nothing else in the folder."""
    kinds = {
        TreatmentFile: "treatments",
        SourceFile: "sources",
        ClaimFile: "claims",
        TermFile: "glossary",
        ArticleFile: "articles",
    }
    empty: Mapping[str, Any] = MappingProxyType({})
    parts = {str(part): empty for part in Part} | {kinds[type(record)]: {_key(record): record}}
    for finding in check_names(Content(**parts), known.treatment_names):
        yield replace(finding.problem, line=0)


def _key(record: Record) -> str:
    return record.term.key if isinstance(record, TermFile) else record.key


def _said_before(version: Version) -> Iterator[Problem]:
    """Find what must be said once on the whole site and is said elsewhere already."""
    if isinstance(version, ClaimVersion):
        same = ClaimVersion.objects.published().filter(statement__iexact=version.statement)
        if other := same.exclude(claim=version.claim_id).select_related("claim").first():
            message = f"The claim '{other.claim.key}' says the same. Keep one."
            yield Problem("said-twice", message, field="statement")
    elif isinstance(version, ReferenceVersion) and version.words.get("doi"):
        others = Source.objects.filter(doi__iexact=version.words["doi"])
        if other := others.exclude(key=version.subject.partition("/")[2]).first():
            message = f"The source '{other.key}' has the same DOI. Keep one."
            yield Problem("said-twice", message, field="doi")
    elif isinstance(version, ReferenceVersion) and version.subject.startswith("glossary/"):
        yield from _words_taken(version)


def _words_taken(version: ReferenceVersion) -> Iterator[Problem]:
    """Find words of a glossary term that another term explains already."""
    term = version.words
    own = {word.lower() for word in (term.get("term", ""), *term.get("also", ()))}
    for row in GlossaryTerm.objects.exclude(key=version.subject.partition("/")[2]):
        if taken := [word for word in (row.term, *row.also) if word.lower() in own]:
            message = f"The word '{taken[0]}' is also in '{row.key}'. Keep one."
            yield Problem("said-twice", message, field="term")
