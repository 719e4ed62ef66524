"""The head of each page: title, description, address, way back up; one function a kind of page."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from explainer.evidence.dialect import PartKind
from explainer.evidence.labels import BRACKETED
from explainer.evidence.levels import SourceKind
from explainer.evidence.render import HELP_TITLE, PART_TITLES
from explainer.kinds import Kind
from explainer.library import as_of
from explainer.library.models import Revision
from explainer.library.rendering import ClaimEntry, Page
from explainer.public import cards
from explainer.public.cards import Card
from explainer.public.claim_list import Filter
from explainer.public.labels import Tally
from explainer.public.navigation import Navigation, NavLink
from explainer.public.question_sheet import Sheet

CLAIMS = ("All claims", "/claims/")
SOURCES = ("Sources", "/sources/")
GLOSSARY = ("Glossary", "/glossary/")
CHANGES = ("What changed", "/changes/")
CHECK = ("Check a promise", "/check/")
SEARCH = ("Search", "/search/")

FIRST_PAGE = "index"
"""What the home page is called where an address needs a name: /index.md."""

LONGEST_TITLE, LONGEST_DESCRIPTION = 60, 155
"""Signs that search engines show; what they cut off could be a label."""

LONGEST_ABSTRACT = 400
"""Signs of what machines are told that show no line of results."""

_REASONS = "Who says so, who looked into it, and what would change the label."

_SENTENCE = re.compile(rf'\S.*?[.?!]["\')]*(?: {BRACKETED})?(?=\s|$)')


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself.

    `path` is the canonical one; `crumbs` end with the page itself and are empty
    on the home page; an unlisted page asks search engines not to list it. `abstract` is
    what its own text says at its head, for machines; `card` the picture that goes with its
    address where that is shared.
    """

    title: str
    description: str
    path: str
    crumbs: tuple[NavLink, ...] = ()
    listed: bool = True
    kind: str = "website"
    abstract: str = ""
    card: Card | None = None

    @property
    def window_title(self) -> str:
        """Give the title with the site's name, if both are short enough to be shown."""
        whole = f"{self.title} | {settings.SITE_NAME}"
        return whole if len(whole) <= LONGEST_TITLE else self.title

    @property
    def picture(self) -> str:
        """Give the whole address of the card, or nothing while there is none."""
        if self.card is None or not self.card.is_drawn:
            return ""
        return absolute(reverse("card", args=[self.card.key]))

    @property
    def canonical(self) -> str:
        return absolute(self.path)

    @property
    def markdown(self) -> str:
        """Give the path of the page's copy for machines."""
        return copy_at(self.path)


def copy_at(path: str) -> str:
    """Turn the path of a page, which may have a query, into that of its Markdown copy."""
    path, sign, query = path.partition("?")
    return f"/{path.strip('/') or FIRST_PAGE}.md{sign}{query}"


def absolute(path: str) -> str:
    """Turn a path of this site into a whole address, whatever host was asked."""
    return f"{settings.SITE_URL}{path}"


def trail(*steps: tuple[str, str]) -> tuple[NavLink, ...]:
    return tuple(NavLink(path, name) for name, path in (("Home", "/"), *steps))


def described(text: str, instead: str = "", longest: int = LONGEST_DESCRIPTION) -> str:
    """Cut a visible text to whole sentences, each with its label.

    If the first one is too long, `instead` stands for it; without one it stays, however long:
    half a sentence may say more than the whole one.
    """
    whole = ""
    for sentence in _SENTENCE.findall(text) or [text]:
        longer = f"{whole} {sentence}".strip()
        if len(longer) > longest and (whole or instead):
            break
        whole = longer
    return whole or instead


TITLES_OF_ADVICE = (PART_TITLES[PartKind.GUIDANCE], HELP_TITLE)


def of_home(article: Page) -> Head:
    summary = article.summary.text
    abstract = described(summary, longest=LONGEST_ABSTRACT)
    title = article.revision.title
    return Head(title, described(summary), "/", abstract=abstract, card=Card(title))


def of_article(article: Page, links: Navigation, tally: Tally) -> Head:
    """A short answer of which one sentence alone would fit gives way to what the page counts."""
    link = links.of(article.revision)
    overview = links.overview(link.treatment) if link.topic else None
    above = [(overview.name, overview.path)] if overview else []
    title = article.revision.document.kind.public_title(article.revision.fields)
    summary = article.summary.text
    for words in TITLES_OF_ADVICE:
        # A title without a stop would run into the advice below it.
        summary = summary.replace(f"{words} ", "")
    return Head(
        title=title,
        description=_short_answer(summary) or _contents(title, tally),
        path=link.path,
        crumbs=trail(*above, (link.name, link.path)),
        kind="article",
        abstract=described(summary, longest=LONGEST_ABSTRACT),
        card=cards.of_article(title, tally),
    )


def _short_answer(summary: str) -> str:
    told = described(summary)
    alone = told == next(iter(_SENTENCE.findall(summary)), "") != summary.strip()
    # One claim out of several is no answer, and other pages may open with the same.
    return "" if alone or len(told) > LONGEST_DESCRIPTION else told


def _contents(title: str, tally: Tally) -> str:
    called = title if title.endswith(("?", "!")) else f"{title}."
    inside = f"{tally.sentence}." if tally.total else "What is on record, and what to ask."
    return f"{called} {inside}"


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


def of_bag() -> Head:
    """The sheet of what one reader kept: nobody else looks for it."""
    return Head(
        title="Your list",
        description="The claims and questions that you kept, with their labels of today.",
        path="/bag/",
        crumbs=trail(("Your list", "/bag/")),
        listed=False,
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


def of_map() -> Head:
    title, path = "Map of all claims", f"{CLAIMS[1]}map/"
    description = (
        "Every claim on this site as one mark, by topic and evidence label, "
        "and how many promises were studied in people or are only said by clinics."
    )
    return Head(title, description, path, trail(CLAIMS, (title, path)))


def of_changes(number: int, treatment: NavLink | None = None) -> Head:
    """Describe the list of changes; that of one treatment leads search engines to the whole."""
    title, path = CHANGES
    later = f", page {number}" if number > 1 else ""
    of = f": {treatment.name}" if treatment else ""
    return Head(
        title=f"{title}{of}{later}",
        description=(
            "Every change to what this site says, newest first: "
            f"which label became which, and why{later}."
        ),
        path=f"{path}?page={number}" if later and not treatment else path,
        crumbs=trail(CHANGES),
        listed=treatment is None,
    )


def of_claim(entry: ClaimEntry, treatment: str) -> Head:
    """A claim's title starts with its label, so that a cut title cannot lose it."""
    claim, label = entry.assessed.claim, entry.assessed.label
    said = f"{claim.statement} {label.sentence}"
    named = f"{claim.name}: {label.word.lower()}{label.reason} {_REASONS}" if claim.name else ""
    return Head(
        title=f"{label.word}: {claim.name or claim.statement}",
        description=described(f"{said} {label.explanation}", named and described(named)),
        abstract=said,
        card=None if entry.withdrawn or not claim.name else cards.of_claim(claim.name, label),
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
    named = (document.kind.public_title(fields), dated, kind)
    titles = [f"{name} ({document.key})" for name in named]
    begins, ends = "How we read and judge", "and what it says about each claim."
    whole = f"{begins} “{source.title}” ({dated}, {document.key}), {ends}"
    return Head(
        title=_first_that_fits(LONGEST_TITLE, *titles, document.key),
        description=_first_that_fits(
            LONGEST_DESCRIPTION, whole, f"{begins} one source ({dated}, {document.key}), {ends}"
        ),
        path=path,
        crumbs=trail(SOURCES, (dated, path)),
    )


def _first_that_fits(longest: int, *texts: str) -> str:
    return next((text for text in texts if len(text) <= longest), texts[-1])


def of_check(*, listed: bool) -> Head:
    """Describe the empty form, which is listed, or what was made of one reader's text."""
    title, path = CHECK
    description = (
        "Paste what a clinic told you: each promise we know is underlined, with its label and a "
        "question to ask. Nothing you paste is kept."
    )
    return Head(title, description, path, trail(CHECK), listed=listed)


def of_search() -> Head:
    title, path = SEARCH
    description = "Find claims, pages, words and sources on this site by what you would call them."
    return Head(title, description, path, trail(SEARCH), listed=False)


def of_list(kind: Kind) -> Head:
    return _list(_step_to(kind), kind.list_description)


def of_document(revision: Revision, mark: str) -> Head:
    kind, path = revision.document.kind, revision.document.get_absolute_url()
    title, short = kind.public_title(revision.fields), kind.short_title(revision.fields)
    crumbs = trail(_step_to(kind), (short, path))
    gone = revision.is_withdrawn
    about, said = (f"Withdrawn: {words}" if gone else words for words in (short, title))
    told = described(f"{said} {mark}".strip(), f"{short}. {mark}" if mark and not gone else "")
    return Head(about, told, path, crumbs, listed=not gone, kind="article")


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
