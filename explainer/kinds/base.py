"""What a kind of document is: its fields, its address, and how its words are judged.

One object for each kind stands in a module beside this one; nothing else in the project asks
which kind a document is. Plain Python over fields and the evidence core: no database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from explainer.evidence.context import Context
from explainer.evidence.labels import Label
from explainer.evidence.lint.contracts import About
from explainer.evidence.lint.run import lint_text
from explainer.evidence.pipeline import Explanation, explain
from explainer.evidence.render import SHORT_PREFIX
from explainer.kinds.schema import Field, Fields
from explainer.text.problems import Problem, did_you_mean

SUFFIX = ".md"

Pages = Mapping[str, Explanation]
"""The page of each text of a document, by field."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of content files: its name, and how many names a key below it has."""

    name: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one document, from wherever they come: a file, a form, a revision.

    `withdrawn` is the reason why it is public no more.
    """

    kind: "Kind"
    key: str
    fields: Fields = field(hash=False)
    withdrawn: str = ""

    @property
    def subject(self) -> str:
        """Its name among all documents: claims/KEY."""
        return f"{self.kind.path}/{self.key}"

    @property
    def title(self) -> str:
        return self.kind.title(self.fields) or self.key


class Kind:
    """One kind of document. Subclasses set the attributes and answer the questions below."""

    name: str
    """As the database holds it: "claim"."""
    path: str
    """The first part of its subjects and of staff's addresses: "claims"."""
    label: str
    """What staff call one of them: "Glossary term"."""
    reader_names: tuple[str, str, str]
    """What readers are told it is: a heading, one, many: ("Page", "page", "pages")."""
    folders: tuple[Folder, ...]
    """Where its content files lie."""
    schema: tuple[Field, ...]
    """Every field, in the order in which files have them; the body last."""
    body: str
    """The field that stands after a file's front matter."""
    texts: tuple[str, ...] = ()
    """The fields in the dialect that are shown as a page and may show claims and images."""
    title_field: str = "title"
    layout: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """The form's groups: heading, what it is for, and the names of its fields."""
    create_fields: tuple[str, ...] = ()
    """What the form for a new one asks, besides its key."""
    key_fields: tuple[str, ...] = ()
    """The fields whose words make a key, if none is typed."""
    chosen_anew: tuple[str, ...] = ()
    """Fields of these that whoever begins one chooses: a file's default is nobody's choice."""
    needs_treatment: bool = False
    """True if every key stands below a treatment's."""
    context_name: str = ""
    """The part of the evidence core's `Context` that its nouns are found in."""
    is_assessed: bool = False
    """True if a verdict decides its label."""
    is_shown: bool = False
    """True if texts print its one sentence by a mark: it may become public in one step with
    them, and keeps its address, struck through, when it is withdrawn."""
    is_withdrawable: bool = False
    """True if a public one can be taken from the public, with a reason that readers see."""
    touches_all: bool = False
    """True if its words may stand on any page: publishing one looks at all of them."""
    priority: int = 1
    """Order of publishing: what others refer to comes first."""
    missing_body: str = "Write its text."
    list_fields: tuple[str, ...] = ()
    """The fields that staff's list of them has a column for, besides what all lists have."""
    list_filters: tuple[str, ...] = ()
    """What staff's list can be filtered by, besides what all lists can."""
    template: str = ""
    """The public page of one of them, made by `public.views.document`; none for most."""
    list_template: str = "document_list.html"
    """The public list of all of them at /path/, if `template` is set."""
    list_description: str = ""
    """What readers and search engines are told of that list."""

    @property
    def front_matter(self) -> tuple[Field, ...]:
        return tuple(field for field in self.schema if field.name != self.body)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.schema if field.name == name), None)

    def field_label(self, name: str) -> str:
        """Give what staff call a field by dotted path; its own name if there is none."""
        field = self.field(name.partition(".")[0])
        return field.label if field else name.replace("_", " ").capitalize()

    def title(self, fields: Mapping[str, Any]) -> str:
        return str(fields.get(self.title_field) or "")

    def proposed(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the form for a new one may begin with, made from what it was given."""
        return {}

    def public_title(self, fields: Mapping[str, Any]) -> str:
        """Give the title as readers meet it where it stands alone."""
        return self.title(fields)

    def short_title(self, fields: Mapping[str, Any]) -> str:
        """Give what it is called in lists of links and titles."""
        return self.public_title(fields)

    def address(self, key: str) -> str:
        """Give the address where readers find it."""
        return f"/{self.path}/{key}/"

    def file_path(self, key: str) -> str:
        """Give the path of its content file below the content folder."""
        return f"{self.folder(key).name}/{key}{SUFFIX}"

    def folder(self, key: str) -> Folder:
        depth = key.count("/") + 1
        fits = (folder for folder in self.folders if folder.depth == depth)
        # A key of another depth gets a path that nothing takes for a content file's.
        return next(fits, self.folders[-1])

    def treatment(self, key: str) -> str:
        """Give the key of the treatment that it belongs to, if any."""
        return key.partition("/")[0] if "/" in key else ""

    def about(self, key: str) -> About:
        """Say what "it" means in its texts where no sentence says so."""
        return About.TREATMENT if self.treatment(key) else About.SITE

    def topic(self, key: str, fields: Mapping[str, Any]) -> str:
        """Give the topic it belongs to, if any."""
        return str(fields.get("topic") or "")

    def choices(self, name: str, treatment: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Give the (key, name) pairs that a field names, by dotted path, if there are such.

        `treatment` are the words of the treatment that the document belongs to.
        """
        return []

    def own_pages(self, treatments: Mapping[str, str]) -> dict[str, str]:
        """Give the keys that every treatment can have one of, with titles; of names by key."""
        return {}

    def way(self, key: str, fields: Mapping[str, Any]) -> str:
        """Say where readers find it, beside its address; nothing for what stands in no menu."""
        return ""

    def refuse_key(self, key: str) -> str:
        """Say why a well-formed key can't be used, or nothing if it can."""
        return ""

    def assess(self, entry: Entry, context: Context) -> Label | None:
        """Work out the label of one; None for what has none (yet)."""
        return None

    def judge(self, noun: Any) -> Label | None:
        """Work out the label of a noun; raises ValueError while it can't be decided."""
        return None

    def stored_label(
        self, fields: Mapping[str, Any], level: str, ground: str, *, withdrawn: bool = False
    ) -> Label | None:
        """Give the label of words whose level and ground were worked out before."""
        return None

    def noun(self, entry: Entry, context: Context) -> Any:
        """Build the evidence core's noun; raises `Refused` for what the method forbids."""
        return None

    def mark(self, entry: Entry, context: Context) -> str:
        """Give what follows its title in plain text, as a sentence in brackets; or nothing."""
        return ""

    def sources(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        """Give the keys of the sources that its fields name."""
        return ()

    def references(self, entry: Entry, context: Context) -> Iterator[Problem]:
        """Find keys in its fields that point nowhere."""
        yield from ()

    def unique(self, entry: Entry) -> Iterator[tuple[str, str, str]]:
        """Give (field, what staff call it, value) of what may stand once on the whole site."""
        yield from ()

    def lint(self, entry: Entry, context: Context, pages: Pages | None = None) -> Iterator[Problem]:
        """Judge its words; problems carry their field, and lines within it.

        `pages` are those of its texts, where they were made in this context already.
        """
        yield from ()

    def explain(
        self, entry: Entry, context: Context, prefix: str = "", *, judged: bool = True
    ) -> dict[str, Explanation]:
        """Make the page of each of its texts, by field; each links no word a former one linked.

        `prefix` keeps the ids apart where two of them stand on one page; `judged` is False for
        readers.
        """
        pages: dict[str, Explanation] = {}
        linked: tuple[str, ...] = ()
        for place, name in enumerate(self.texts):
            last = place == len(self.texts) - 1
            ids = prefix if last else prefix + SHORT_PREFIX
            pages[name] = explain(
                entry.fields[name], context, prefix=ids, linked=linked, judged=judged
            )
            linked = pages[name].linked
        return pages

    def alone(self, entry: Entry, context: Context) -> Pages:
        """Make the page of each of its texts by itself, as it is judged."""
        return {name: explain(entry.fields[name], context) for name in self.texts}


MAX_SUMMARY_WORDS = 60
"""Longest short answer; more is no longer short (method, section 6)."""


def lint_page(entry: Entry, context: Context, pages: Pages) -> Iterator[Problem]:
    """Judge a page's texts as an author is told of them, the short answer by its length too."""
    about = entry.kind.about(entry.key)
    for name in entry.kind.texts:
        report = lint_text(entry.fields[name], context, about=about, page=pages[name])
        yield from in_field(name, report.problems)
        if name == "summary":
            yield from in_field(name, too_long(sum(report.explanation.words.values())))


def too_long(words: int) -> Iterator[Problem]:
    """Hold the words of a short answer against their limit."""
    if words > MAX_SUMMARY_WORDS:
        message = (
            f"The short answer has {words} words. Keep it to {MAX_SUMMARY_WORDS}; a claim "
            "with empty brackets prints its whole statement."
        )
        yield Problem("long-summary", message)


def unknown_source(key: str, context: Context, field: str) -> Problem:
    hint = did_you_mean(key, context.sources)
    message = f"'{key}' is not in sources/.{hint} Add it, or correct the key."
    return Problem("unknown-source", message, field=field, params={"key": key})


def in_field(field: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give problems with the field they are about, where they do not name one."""
    for problem in problems:
        yield problem if problem.field else replace(problem, field=field)
