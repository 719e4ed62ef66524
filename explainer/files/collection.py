"""A whole content folder as frozen records, with everything that does not fit.

Joins the files: do keys point somewhere, does anything stand twice? Needs no
database, so authors can check their work anywhere. What a text may say is
judged later, by `checking` with the evidence core.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from explainer.evidence.context import Context
from explainer.evidence.problems import Problem, did_you_mean
from explainer.files.build import Keys, Record, build
from explainer.files.folder import File, read_files
from explainer.files.frontmatter import parse
from explainer.files.records import (
    ArticleFile,
    ClaimFile,
    Finding,
    Origin,
    SourceFile,
    TermFile,
    TreatmentFile,
    findings,
)
from explainer.library.schema import Part, read_fields


@dataclass(frozen=True, slots=True)
class Content:
    """Every record of a content folder that can be built, by key."""

    treatments: Mapping[str, TreatmentFile]
    sources: Mapping[str, SourceFile]
    claims: Mapping[str, ClaimFile]
    articles: Mapping[str, ArticleFile]
    glossary: Mapping[str, TermFile]
    pages: Mapping[str, ArticleFile]

    @property
    def texts(self) -> Mapping[str, ArticleFile]:
        """All that becomes an article: topics, overviews and pages of the site."""
        overviews = {key: treatment.overview for key, treatment in self.treatments.items()}
        return {**self.articles, **overviews, **self.pages}

    @property
    def knowledge(self) -> Context:
        """What the texts of this content may refer to."""
        return Context(
            claims={key: record.claim for key, record in self.claims.items()},
            sources={key: record.source for key, record in self.sources.items()},
            terms={key: record.term for key, record in self.glossary.items()},
            treatment_names=tuple(
                name for record in self.treatments.values() for name in (record.name, *record.also)
            ),
        )


def read(folder: Path) -> tuple[Content, tuple[Finding, ...]]:
    """Read a content folder; gives what can be built and all that is wrong with the rest."""
    files, misplaced = read_files(folder)
    found = list(misplaced)
    keys = Keys({part: frozenset(file.key for file in files if file.part is part) for part in Part})
    for part in Part:
        # Claims need treatments and sources, which `Part` names before them.
        built = keys.records.setdefault(part, {})
        for file in (file for file in files if file.part is part):
            record = _record(file, keys)
            if isinstance(record, list):
                found += findings(file.path, record)
            else:
                built[file.key] = record
    content = Content(**{str(part): MappingProxyType(keys.records[part]) for part in Part})
    found += _without_treatment(files, keys)
    found += _duplicates(content)
    return content, tuple(sorted(found, key=lambda at: (at.path, at.problem.line)))


def _record(file: File, keys: Keys) -> Record | list[Problem]:
    document = parse(file.data)
    if isinstance(document, Problem):
        return [document]
    values, problems = read_fields(file.part, document)
    if problems:
        return list(problems)
    origin = Origin(file.path, document.text, document.lines, document.body_line)
    return build(file.part, origin, file.key, values, document.body, keys)


def _without_treatment(files: Iterable[File], keys: Keys) -> Iterator[Finding]:
    # Said once a folder: thirty claims of one misspelt treatment have one cure.
    known = keys.files[Part.TREATMENTS]
    folders = {
        (file.part, file.key.partition("/")[0])
        for file in files
        if file.part in (Part.CLAIMS, Part.ARTICLES)
    }
    for part, treatment in sorted(folders):
        if treatment not in known:
            message = (
                f"There is no treatments/{treatment}.md.{did_you_mean(treatment, known)} "
                "Add it or rename the folder."
            )
            yield Finding(f"{part}/{treatment}", Problem("unknown-treatment", message))


def _duplicates(content: Content) -> Iterator[Finding]:
    terms = (
        (record.origin, word)
        for record in content.glossary.values()
        for word in (record.term.term, *record.term.also)
    )
    yield from _shared("term", "word", terms)
    claims = ((record.origin, record.claim.statement) for record in content.claims.values())
    yield from _shared("statement", "statement", claims)
    dois = ((record.origin, record.doi) for record in content.sources.values() if record.doi)
    yield from _shared("doi", "DOI", dois)


def _shared(field: str, name: str, said: Iterable[tuple[Origin, str]]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for origin, words in said:
        other = first.setdefault(words.lower(), origin.path)
        if other != origin.path:
            message = f"The {name} '{words}' is also in {other}. Keep one."
            problem = Problem("said-twice", message, origin.line(field), field)
            yield Finding(origin.path, problem)
