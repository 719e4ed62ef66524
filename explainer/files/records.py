"""What one content file says, as a frozen record, and where each part stands in it.

A record is the file's words in the shapes of the evidence core. It knows no
database row and no other file: `content` joins files, `loading` makes rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.evidence.claims import Claim, Source
from explainer.evidence.context import Term
from explainer.evidence.levels import Role, Topic
from explainer.evidence.problems import Problem, Refused
from explainer.library.fields import nearest_line

BODY = ""
"""The name of the text after the front matter, as problems carry it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from.

    `path` is relative to the content folder with forward slashes; `text` is the
    whole file; `lines` gives the line of each field; the body begins on `body_line`.
    """

    path: str
    text: str
    lines: Mapping[str, int]
    body_line: int

    def line(self, field: str) -> int:
        """Give the file's line on which a field's text, or the body, begins."""
        return nearest_line(self.lines, field) if field != BODY else self.body_line

    def place(self, problem: Problem, field: str) -> Problem:
        """Move a problem of a field's text, or of the body, to its line in the file."""
        return problem.moved(self.line(field) - 1, field)

    def refusal(self, refused: Refused, prefix: str = "") -> Problem:
        """Turn what a noun refused into a problem at the field it names."""
        line = nearest_line(self.lines, f"{prefix}{refused.field}")
        return refused.problem(line=line, prefix=prefix)


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article, a treatment's overview (topic None) or a page (treatment None too)."""

    origin: Origin
    key: str
    treatment: str | None
    topic: Topic | None
    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class TreatmentFile:
    """A treatment. Its summary and body are its overview."""

    origin: Origin
    key: str
    name: str
    also: tuple[str, ...]
    role: Role
    products: Mapping[str, str]
    summary: str
    body: str

    @property
    def overview(self) -> ArticleFile:
        """The article that the file holds besides the treatment's names."""
        return ArticleFile(
            self.origin, self.key, self.key, None, self.name, self.summary, self.body
        )


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source: what the core needs in `source`, how to find it, and our appraisal."""

    origin: Origin
    source: Source
    authors: str
    publisher: str
    year: int | None
    url: str
    doi: str
    appraisal: str

    @property
    def key(self) -> str:
        """The source's key."""
        return self.source.key


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A claim with its positions, and why it has its label."""

    origin: Origin
    claim: Claim
    why: str

    @property
    def key(self) -> str:
        """The claim's key, treatment/slug."""
        return self.claim.key


@dataclass(frozen=True, slots=True)
class TermFile:
    """A glossary term and its definition."""

    origin: Origin
    term: Term
    definition: str

    @property
    def key(self) -> str:
        """The term's key."""
        return self.term.key


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and the file it is in; prints as `file:line: message`."""

    path: str
    problem: Problem

    def __str__(self) -> str:
        mark = "" if self.problem.is_error else "warning: "
        return f"{self.path}:{self.problem.line or 1}: {mark}{self.problem.message}"


def findings(path: str, problems: tuple[Problem, ...] | list[Problem]) -> list[Finding]:
    """Give the problems of one file with its path."""
    return [Finding(path, problem) for problem in problems]
