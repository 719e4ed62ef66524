"""The head of each page: title, description, address, way back up; one function a kind of page."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from explainer.evidence.labels import BRACKETED
from explainer.evidence.levels import SourceKind
from explainer.kinds import Kind
from explainer.library import as_of
from explainer.library.models import Revision
from explainer.library.rendering import ClaimEntry, Page
from explainer.public.claim_list import Filter
from explainer.public.navigation import Navigation, NavLink
from explainer.public.question_sheet import Sheet

CLAIMS = ("All claims", "/claims/")
SOURCES = ("Sources", "/sources/")
GLOSSARY = ("Glossary", "/glossary/")
CHANGES = ("What changed", "/changes/")

LONGEST_DESCRIPTION = 400
"""Search engines show less; cutting earlier would part a sentence from its label."""

_SENTENCE = re.compile(rf'\S.*?[.?!]["\')]*(?: {BRACKETED})?(?=\s|$)')


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself.

    `path` is the canonical one; `crumbs` end with the page itself and are empty
    on the home page; an unlisted page asks search engines not to list it.
    """

    title: str
    description: str
    path: str
    crumbs: tuple[NavLink, ...] = ()
    listed: bool = True
    kind: str = "website"

    @property
    def canonical(self) -> str:
        return absolute(self.path)


def absolute(path: str) -> str:
    """Turn a path of this site into a whole address, whatever host was asked."""
    return f"{settings.SITE_URL}{path}"


def trail(*steps: tuple[str, str]) -> tuple[NavLink, ...]:
    return tuple(NavLink(path, name) for name, path in (("Home", "/"), *steps))


def described(text: str) -> str:
    """Cut a visible text to whole sentences, each with its label.

    The first sentence always stays, however long: half a sentence may say more
    than the whole one.
    """
    whole = ""
    for sentence in _SENTENCE.findall(text) or [text]:
        longer = f"{whole} {sentence}".strip()
        if whole and len(longer) > LONGEST_DESCRIPTION:
            break
        whole = longer
    return whole


def of_home(article: Page) -> Head:
    return Head(article.revision.title, described(article.summary.text), "/")


def of_article(article: Page, links: Navigation) -> Head:
    link = links.at(article.revision.document.get_absolute_url())
    overview = links.overview(link.treatment) if link.topic else None
    above = [(overview.name, overview.path)] if overview else []
    return Head(
        title=article.revision.document.kind.public_title(article.revision.fields),
        description=described(article.summary.text),
        path=link.path,
        crumbs=trail(*above, (link.name, link.path)),
        kind="article",
    )


def of_sheet(sheet: Sheet, questions: Revision) -> Head:
    name = sheet.treatment.name
    above = questions.document.get_absolute_url()
    path = f"{above}{sheet.treatment.key}/"
    return Head(
        title=f"Questions to ask about {name}",
        description=(
            f"One sheet of questions about {name} to print and take to a clinic, "
            "made from the promises that no good evidence supports."
        ),
        path=path,
        crumbs=trail((questions.title, above), (name, path)),
    )


def of_claims(chosen: Filter, number: int) -> Head:
    title, path = CLAIMS
    later = number > 1 and not chosen.active
    return Head(
        title=f"{title}, page {number}" if later else title,
        description=(
            "Every claim on this site with its evidence label. "
            "Filter them by treatment, topic, label or source."
            + (f" This is page {number}." if later else "")
        ),
        path=f"{path}{chosen.query(number)}" if later else path,
        crumbs=trail(CLAIMS),
        listed=not chosen.active,
    )


def of_changes(number: int) -> Head:
    title, path = CHANGES
    later = f", page {number}" if number > 1 else ""
    return Head(
        title=f"{title}{later}",
        description=(
            "Every change to what this site says, newest first: "
            f"which label became which, and why{later}."
        ),
        path=f"{path}?page={number}" if later else path,
        crumbs=trail(CHANGES),
    )


def of_claim(entry: ClaimEntry, treatment: str) -> Head:
    """A claim's title starts with its label, so that a cut title cannot lose it."""
    claim, label = entry.assessed.claim, entry.assessed.label
    return Head(
        title=f"{label.word}: {claim.name or claim.statement}",
        description=f"{claim.statement} {label.sentence} {label.explanation}",
        path=entry.url,
        crumbs=trail(CLAIMS, (claim.name or f"A claim about {treatment}", entry.url)),
        listed=not entry.withdrawn,
        kind="article",
    )


def of_sources() -> Head:
    return _list(
        SOURCES,
        "Every source this site cites: what kind it is, whether it sells the treatment, "
        "and how far we read it.",
    )


def of_source(source: Revision) -> Head:
    """One source, its title quoted: it may promise what we do not. Keys keep namesakes apart."""
    document, fields = source.document, source.fields
    kind = SourceKind(fields["kind"]).words
    dated = f"{kind}, {fields['year']}" if fields["year"] else kind
    path = document.get_absolute_url()
    return Head(
        title=f"{document.kind.public_title(fields)} ({document.key})",
        description=(
            f"How we read and judge “{source.title}” ({dated}, {document.key}), "
            "and what it says about each claim."
        ),
        path=path,
        crumbs=trail(SOURCES, (dated, path)),
    )


def of_list(kind: Kind) -> Head:
    return _list(_step_to(kind), kind.list_description)


def of_document(revision: Revision, mark: str) -> Head:
    kind, path = revision.document.kind, revision.document.get_absolute_url()
    title, short = kind.public_title(revision.fields), kind.short_title(revision.fields)
    crumbs = trail(_step_to(kind), (short, path))
    gone = revision.is_withdrawn
    about, said = (f"Withdrawn: {words}" if gone else words for words in (short, title))
    said = f"{described(said)} {mark}".strip()
    return Head(about, said, path, crumbs, listed=not gone, kind="article")


def of_glossary() -> Head:
    return _list(GLOSSARY, "The medical words on this site, explained in everyday language.")


def is_overdue(revision: Revision) -> bool:
    """Say if a review is overdue on the day that is looked at: from the day after it was due."""
    due = revision.review_due
    return due is not None and due < timezone.localdate(as_of.moment.get())


def _list(step: tuple[str, str], description: str) -> Head:
    return Head(step[0], description, step[1], trail(step))


def _step_to(kind: Kind) -> tuple[str, str]:
    return kind.reader_names[2].capitalize(), f"/{kind.path}/"
