"""The head of each kind of page: one function a kind."""

from explainer.evidence.levels import SourceKind, Topic
from explainer.library.models import ArticleVersion, Source
from explainer.library.rendering import ArticleExplanation, ClaimEntry
from explainer.public.claim_list import Filter
from explainer.public.labels import WITHDRAWN
from explainer.public.pages import Crumb, Page, described, trail
from explainer.public.question_sheet import Sheet

CLAIMS = ("All claims", "/claims/")
SOURCES = ("Sources", "/sources/")
GLOSSARY = ("Glossary", "/glossary/")
CHANGES = ("What changed", "/changes/")


def of_home(article: ArticleExplanation) -> Page:
    """The home page has no way back up."""
    return Page(article.version.title, described(article.summary.text), "/")


def of_article(article: ArticleExplanation) -> Page:
    """An article is described by its short answer, labels included."""
    version = article.version
    return Page(
        title=version.title,
        description=described(article.summary.text),
        path=version.article.get_absolute_url(),
        crumbs=_trail_of(version),
        kind="article",
    )


def of_sheet(sheet: Sheet, questions: ArticleVersion) -> Page:
    """A sheet of questions stands below the page of questions."""
    name = sheet.treatment.name
    above = questions.article.get_absolute_url()
    path = f"{above}{sheet.treatment.key}/"
    return Page(
        title=f"Questions to ask about {name}",
        description=(
            f"One sheet of questions about {name} to print and take to a clinic, "
            "made from the promises that no good evidence supports."
        ),
        path=path,
        crumbs=trail((questions.title, above), (name, path)),
    )


def of_register(chosen: Filter, number: int) -> Page:
    """Only the whole register is listed by search engines, page by page."""
    title, path = CLAIMS
    later = number > 1 and not chosen.active
    return Page(
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


def of_changes(number: int) -> Page:
    """Every change for readers, page by page."""
    title, path = CHANGES
    later = f", page {number}" if number > 1 else ""
    return Page(
        title=f"{title}{later}",
        description=(
            "Every change to what this site says, newest first: "
            f"which label became which, and why{later}."
        ),
        path=f"{path}?page={number}" if later else path,
        crumbs=trail(CHANGES),
    )


def of_claim(entry: ClaimEntry) -> Page:
    """A claim's title starts with its label, so that a cut title cannot lose it."""
    claim = entry.judged.claim
    words = WITHDRAWN.words if entry.withdrawn else entry.judged.words
    explained = WITHDRAWN.explanation if entry.withdrawn else entry.judged.explanation
    return Page(
        title=f"Claim labelled “{words}”: {claim.statement}",
        description=f"{claim.statement} Evidence: {words}. {explained}",
        path=entry.url,
        crumbs=trail(CLAIMS, (f"A claim about {entry.version.claim.treatment.name}", entry.url)),
        listed=not entry.withdrawn,
        kind="article",
    )


def of_sources() -> Page:
    """The list of sources."""
    return Page(
        title=SOURCES[0],
        description=(
            "Every source this site cites: what kind it is, whether it sells the treatment, "
            "and how far we read it."
        ),
        path=SOURCES[1],
        crumbs=trail(SOURCES),
    )


def of_source(source: Source) -> Page:
    """One source, its title quoted: it may promise what we do not. Keys keep namesakes apart."""
    path = f"{SOURCES[1]}{source.key}/"
    kind = SourceKind(source.kind).words
    dated = f"{kind}, {source.year}" if source.year else kind
    return Page(
        title=f"{kind}: “{source.title}” ({source.key})",
        description=(
            f"How we read and judge “{source.title}” ({dated}, {source.key}), "
            "and what it says about each claim."
        ),
        path=path,
        crumbs=trail(SOURCES, (dated, path)),
    )


def of_glossary() -> Page:
    """The words explained."""
    return Page(
        title=GLOSSARY[0],
        description="The medical words on this site, explained in everyday language.",
        path=GLOSSARY[1],
        crumbs=trail(GLOSSARY),
    )


def _trail_of(version: ArticleVersion) -> tuple[Crumb, ...]:
    article = version.article
    here = article.get_absolute_url()
    if article.treatment is None:
        return trail((version.title, here))
    overview = (article.treatment.name, f"/{article.treatment.key}/")
    if not article.topic:
        return trail(overview)
    return trail(overview, (Topic(article.topic).words, here))
