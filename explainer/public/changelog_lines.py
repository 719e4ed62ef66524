"""The public changes of single things: a claim, a page, a source, a word, a treatment.

Only versions that are or were public are read. A claim is never told without
its label; if it has another one today, that is told too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from explainer.evidence.levels import Bearing, Level, SourceKind
from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion, State
from explainer.library.models.versions import FIXED, Version, VersionQuerySet
from explainer.library.nouns import PUBLIC_STATES
from explainer.public.labels import WITHDRAWN, Label, label_of

Moment = tuple[datetime, str]
"""When something changed and why: what things that changed together have in common."""


class What(Enum):
    """What sort of thing changed: its name, one and many."""

    CLAIM = ("Claim", "claim", "claims")
    PAGE = ("Page", "page", "pages")
    SOURCE = ("Source", "source", "sources")
    TREATMENT = ("Treatment", "treatment", "treatments")
    WORD = ("Glossary", "glossary word", "glossary words")

    @property
    def title(self) -> str:
        """How a line names it."""
        return self.value[0]

    def counted(self, number: int) -> str:
        """Say how many: "1 claim", "308 claims"."""
        return f"{number} {self.value[1 if number == 1 else 2]}"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed.

    `subject` and `number` name the version; `name` is the claim's statement, the
    title or the term as it was then; `url` is empty if nothing stands there
    now. `because` is its own reason, for what changed together may have several.
    Only claims have labels: the one before (None the first time), the one
    after, and today's.
    """

    what: What
    subject: str
    number: int
    name: str
    url: str
    new: bool
    withdrawn: bool
    correction: bool
    because: str
    before: Label | None = None
    after: Label | None = None
    today: Label | None = None

    @property
    def relabelled(self) -> bool:
        """True if the label is another one than before."""
        return self.before is not None and self.before != self.after

    @property
    def outdated(self) -> bool:
        """True if the claim has another label today."""
        return self.today != self.after

    @property
    def event(self) -> str:
        """What happened, in words."""
        if self.withdrawn:
            return "Withdrawn"
        if self.new:
            return "First published"
        if self.relabelled:
            return "Label changed"
        return "Changed, with the same label" if self.after else "Changed"


def lines_of(times: Sequence[datetime]) -> dict[Moment, list[Line]]:
    """Find everything that changed at some times, by moment, in three queries."""
    happened = Q(published_at__in=times) | Q(state=State.WITHDRAWN, ended_at__in=times)
    found: dict[Moment, list[Line]] = {}
    for moment, line in (*_claims(happened), *_articles(happened), *_rows(happened)):
        found.setdefault(moment, []).append(line)
    return found


def _claims(happened: Q) -> Iterator[tuple[Moment, Line]]:
    known = ClaimVersion.objects.filter(claim=OuterRef("claim"))
    told = Concat("state", Value(" "), "level", Value(" "), "bearing", output_field=CharField())
    versions = ClaimVersion.objects.filter(happened, state__in=FIXED).annotate(
        key=F("claim__key"),
        earlier=_last(known.filter(number__lt=OuterRef("number"), state__in=FIXED), told),
        latest=_last(known.filter(state__in=PUBLIC_STATES), told),
    )
    for version in versions.defer("why", "file_text", "would_change").order_by("key", "number"):
        own = label_of(Level(version.level), Bearing(version.bearing))
        before, today = _label(version.earlier), _label(version.latest)
        url = f"/claims/{version.key}/"
        for moment, common in _events(version, version.earlier is not None):
            labels = (own, WITHDRAWN) if common["withdrawn"] else (before, own)
            yield (
                moment,
                Line(
                    What.CLAIM,
                    f"claims/{version.key}",
                    name=version.statement,
                    url=url,
                    before=labels[0],
                    after=labels[1],
                    today=today,
                    **common,
                ),
            )


def _articles(happened: Q) -> Iterator[tuple[Moment, Line]]:
    known = ArticleVersion.objects.filter(article=OuterRef("article"))
    versions = ArticleVersion.objects.filter(happened, state__in=FIXED).annotate(
        earlier=Exists(known.filter(number__lt=OuterRef("number"), state__in=FIXED)),
        stands=Exists(known.published()),
    )
    rows = versions.select_related("article").defer("summary", "body", "file_text")
    for version in rows.order_by("article__key", "number"):
        url = version.article.get_absolute_url() if version.stands else ""
        for moment, common in _events(version, version.earlier):
            yield (
                moment,
                Line(What.PAGE, version.subject, name=version.title, url=url, **common),
            )


def _rows(happened: Q) -> Iterator[tuple[Moment, Line]]:
    known = ReferenceVersion.objects.filter(what=OuterRef("what"), number__lt=OuterRef("number"))
    overview = ArticleVersion.objects.published().annotate(
        row=Concat(Value("treatments/"), "article__key")
    )
    versions = ReferenceVersion.objects.filter(happened, state__in=FIXED).annotate(
        earlier=Exists(known.filter(state__in=FIXED)),
        stands=Exists(overview.filter(row=OuterRef("what"))),
    )
    for version in versions.defer("file_text").order_by("what", "number"):
        part, _, key = version.what.partition("/")
        what, name, url = _NAMED[part](version, key)
        for moment, common in _events(version, version.earlier):
            yield moment, Line(what, version.what, name=name, url=url, **common)


def _source(version: Any, key: str) -> tuple[What, str, str]:
    # A source's title may promise what we do not, so it is quoted, after what it is.
    kind = SourceKind(version.words["kind"]).words
    return What.SOURCE, f"{kind}: “{version.words['title']}”", f"/sources/{key}/"


def _term(version: Any, key: str) -> tuple[What, str, str]:
    return What.WORD, version.words["term"], f"/glossary/#term-{key}"


def _treatment(version: Any, key: str) -> tuple[What, str, str]:
    return What.TREATMENT, version.words["name"], f"/{key}/" if version.stands else ""


_NAMED = {"sources": _source, "glossary": _term, "treatments": _treatment}


def _events(version: Version, known: bool) -> Iterator[tuple[Moment, dict[str, Any]]]:
    """Give what became of one version: it was published, and perhaps withdrawn."""
    common = {"number": version.number, "correction": False, "new": False, "withdrawn": False}
    assert version.published_at is not None  # noqa: S101 - the database's own constraint
    told = version.note or version.published_because
    published = {"new": not known, "correction": version.correction, "because": told}
    yield (version.published_at, version.published_because), {**common, **published}
    if version.state == State.WITHDRAWN:
        assert version.ended_at is not None  # noqa: S101 - the database's own constraint
        withdrawn = {"withdrawn": True, "because": version.ended_because}
        yield (version.ended_at, version.ended_because), {**common, **withdrawn}


def _last(versions: VersionQuerySet, told: Concat) -> Subquery:
    return Subquery(versions.order_by("-number").annotate(told=told).values("told")[:1])


def _label(told: str | None) -> Label | None:
    if told is None:
        return None
    state, level, bearing = told.split()
    return WITHDRAWN if state == State.WITHDRAWN else label_of(Level(level), Bearing(bearing))
