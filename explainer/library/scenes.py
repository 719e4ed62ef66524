"""What readers see of a page or a version at one moment, in a form that can be compared.

Reads what is public now, so the same question before and after a change shows the
change. Not a page: it has no address bar, no navigation and no sources.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, prefetch_related_objects
from django.utils.safestring import SafeString

from explainer.evidence import comparison
from explainer.evidence.pipeline import explain
from explainer.evidence.problems import Problem
from explainer.evidence.render import WITHDRAWN
from explainer.evidence.text import visible_text
from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion
from explainer.library.models.versions import Version
from explainer.library.nouns import knowledge
from explainer.library.rendering import (
    SUMMARY_PREFIX,
    ClaimEntry,
    explain_article,
    explain_claim,
    explain_markdown,
    trusted,
)

Labels = Mapping[str, int]
"""How many claims carry a label, by the label's words."""

TITLES = ("title", "term", "name")
BODIES = ("appraisal", "definition")
"""The fields of a reference row that name it, and those that a page shows as text."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A public page: its labels and its visible text; `columns` for the comparison alone."""

    title: str = ""
    labels: Labels = field(default_factory=dict)
    text: str = ""
    columns: Labels = field(default_factory=dict)
    uneven: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A version as readers see it; `claim` is set for a claim whose label can be decided."""

    title: str
    texts: tuple[SafeString, ...] = ()
    claim: ClaimEntry | None = None


def side_of(version: Version, also: Sequence[ClaimVersion], prefix: str) -> Side:
    """Show a version, as if the claims in `also` were public; `prefix` keeps its ids apart."""
    if isinstance(version, ArticleVersion):
        known = knowledge(also)
        summary = explain(version.summary, known, prefix=prefix + SUMMARY_PREFIX, linked=())
        body = explain(version.body, known, prefix=prefix, linked=summary.linked)
        return Side(version.title, (trusted(summary), trusted(body)))
    if isinstance(version, ClaimVersion):
        return Side(version.statement, claim=_entry(version))
    if isinstance(version, ReferenceVersion):
        texts = (version.words[name] for name in BODIES if version.words.get(name))
        return Side(_title(version), tuple(explain_markdown(text) for text in texts))
    raise TypeError(f"{type(version).__name__} is shown on no page.")


def scenes_of(versions: Sequence[Version]) -> dict[str, Scene]:
    """Give the public pages that versions can change, by address, as they are now."""
    scenes = {
        version.article.get_absolute_url(): _of_article(version) for version in _texts(versions)
    }
    for version in versions:
        held = version.siblings.published().first()
        if held is not None and not isinstance(version, ArticleVersion):
            scenes.setdefault(_address(held), _of_entry(held))
    return scenes


def _texts(versions: Sequence[Version]) -> Iterator[ArticleVersion]:
    """Give the public articles that versions are, or whose claims they are.

    A row's words can stand anywhere (a glossary word, a source's title), so for a row
    it is every article.
    """
    rows = ArticleVersion.objects.published().select_related("article__treatment")
    if not any(isinstance(version, ReferenceVersion) for version in versions):
        own = [v.article_id for v in versions if isinstance(v, ArticleVersion)]
        claims = [v.claim_id for v in versions if isinstance(v, ClaimVersion)]
        touched = Q(article__in=own) | Q(article__appearances__claim__in=claims)
        rows = rows.filter(touched).distinct()
    yield from rows.order_by("article__key")


def _of_article(version: ArticleVersion) -> Scene:
    page = explain_article(version)
    texts = [version.title, page.summary.text, page.body.text]
    texts += [line for entry in page.claims for line in _lines(entry)]
    texts += [source.title for source in page.sources]
    scene = Scene(version.title, Counter(map(_label, page.claims)), "\n".join(texts))
    if version.article.key != comparison.PAGE:
        return scene
    cut = comparison.read(page.body)
    return Scene(scene.title, scene.labels, scene.text, dict(cut.words), cut.problems)


def _of_entry(version: Version) -> Scene:
    if not isinstance(version, ClaimVersion):
        side = side_of(version, (), "")
        return Scene(side.title, {}, "\n".join([side.title, *map(visible_text, side.texts)]))
    entry = _entry(version)
    if entry is None:
        return Scene(version.statement, {}, version.statement)
    return Scene(version.statement, {_label(entry): 1}, "\n".join(_lines(entry)))


def _entry(version: ClaimVersion) -> ClaimEntry | None:
    prefetch_related_objects([version], "positions__source")
    try:
        return explain_claim(version)
    except ValueError:
        # A draft may leave open what decides its label.
        return None


def _label(entry: ClaimEntry) -> str:
    return WITHDRAWN if entry.withdrawn else entry.judged.words


def _lines(entry: ClaimEntry) -> Iterator[str]:
    claim = entry.judged.claim
    yield f"{claim.statement} [{_label(entry)}]"
    yield visible_text(entry.why_html)
    for item in entry.positions:
        yield f"{item.source.title}: {item.position.says} [{item.position.level.word}]"
    yield from (text for text in (claim.level_reason, claim.would_change, claim.ask) if text)


def _title(version: ReferenceVersion) -> str:
    return next((str(version.words[name]) for name in TITLES if version.words.get(name)), "")


def _address(version: Version) -> str:
    part, _, key = version.subject.partition("/")
    if part == "glossary":
        return f"/glossary/#term-{key}"
    return f"/{key}/" if part == "treatments" else f"/{part}/{key}/"
