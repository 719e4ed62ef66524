"""The register of claims: what a reader's filter means and what it finds.

The filter is plain GET parameters. Values nobody knows are reported back and
left out; nothing a reader types reaches the database unchecked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef

from explainer.evidence.levels import Bearing, Level, Topic
from explainer.library.models import ClaimVersion, Position, Source, Treatment
from explainer.library.models.versions import VersionQuerySet
from explainer.public.labels import Label, label_of
from explainer.public.pagination import turned

LONGEST_ECHO = 60


class Facet(StrEnum):
    """What the register can be filtered by; the values are the parameters' names."""

    TREATMENT = "treatment"
    TOPIC = "topic"
    LEVEL = "level"
    BEARING = "bearing"
    SOURCE = "source"

    @property
    def words(self) -> str:
        """The field's name on the page."""
        return _FACET_WORDS[self]


_FACET_WORDS = {
    Facet.TREATMENT: "Treatment",
    Facet.TOPIC: "Topic",
    Facet.LEVEL: "Label",
    Facet.BEARING: "Promise or warning",
    Facet.SOURCE: "Source",
}

_COLUMNS = {
    Facet.TREATMENT: "claim__treatment__key",
    Facet.TOPIC: "topic",
    Facet.LEVEL: "level",
    Facet.BEARING: "bearing",
}

Vocabulary = Mapping[Facet, Mapping[str, str]]
"""The values a filter may take, with the words they are shown as."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a field, with the number of claims it would show."""

    value: str
    words: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the filter form."""

    facet: Facet
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the register."""

    version: ClaimVersion

    @property
    def label(self) -> Label:
        """The claim's label."""
        return label_of(Level(self.version.level), Bearing(self.version.bearing))

    @property
    def topic(self) -> str:
        """The topic the claim belongs to."""
        return Topic(self.version.topic).words

    @property
    def url(self) -> str:
        """The claim's own address."""
        return f"/claims/{self.version.claim.key}/"


@dataclass(frozen=True, slots=True)
class Filter:
    """A reader's choice. `unknown` holds (field, what was typed) of values nobody knows."""

    chosen: Mapping[Facet, str]
    unknown: tuple[tuple[Facet, str], ...] = ()

    @property
    def active(self) -> bool:
        """True if the register is not shown whole, or was asked for something unknown."""
        return bool(self.chosen or self.unknown)

    def query(self, page: int) -> str:
        """Write the address of a page of what this filter finds."""
        parameters = [(facet.value, value) for facet, value in self.chosen.items()]
        parameters += [("page", str(page))] if page > 1 else []
        return f"?{urlencode(parameters)}" if parameters else "?"


def vocabulary() -> Vocabulary:
    """Find the values each field may take, in two queries."""
    return {
        Facet.TREATMENT: dict(Treatment.objects.order_by("name").values_list("key", "name")),
        Facet.TOPIC: {topic.value: topic.words for topic in Topic},
        Facet.LEVEL: {level.value: level.word for level in Level},
        Facet.BEARING: {Bearing.PROMISE.value: "Promises", Bearing.WARNING.value: "Warnings"},
        Facet.SOURCE: dict(Source.objects.order_by("title").values_list("key", "title")),
    }


def read_filter(parameters: Mapping[str, str], known: Vocabulary) -> Filter:
    """Understand the parameters of a request; empty ones mean "all"."""
    chosen, unknown = {}, []
    for facet in Facet:
        value = parameters.get(facet.value, "")
        if value in known[facet]:
            chosen[facet] = value
        elif value:
            unknown.append((facet, _echo(value)))
    return Filter(chosen, tuple(unknown))


def found(chosen: Filter, *, without: Facet | None = None) -> VersionQuerySet:
    """Give the published claims a filter finds, leaving one field out of account if asked."""
    versions = ClaimVersion.objects.published()
    for facet, value in chosen.chosen.items():
        if facet is without:
            continue
        if facet is Facet.SOURCE:
            taken = Position.objects.filter(version=OuterRef("pk"), source__key=value)
            versions = versions.filter(Exists(taken))
        else:
            versions = versions.filter(**{_COLUMNS[facet]: value})
    return versions


def page_of(chosen: Filter, number: str) -> Page:
    """Give one page of what a filter finds; raises Http404 for a page that isn't there."""
    versions = found(chosen).select_related("claim__treatment").order_by("claim__key")
    page = turned(versions, number)
    page.object_list = [Row(version) for version in page.object_list]
    return page


def fields(chosen: Filter, known: Vocabulary) -> tuple[Field, ...]:
    """Build the form's fields, counting each value under the other fields' choice."""
    return tuple(_field(facet, chosen, known[facet]) for facet in Facet)


def _field(facet: Facet, chosen: Filter, known: Mapping[str, str]) -> Field:
    numbers = _numbers(facet, found(chosen, without=facet).order_by())
    options = (
        Option(value, words, numbers.get(value, 0), chosen.chosen.get(facet) == value)
        for value, words in known.items()
    )
    return Field(facet, tuple(option for option in options if option.number or option.chosen))


def _numbers(facet: Facet, versions: VersionQuerySet) -> dict[str, int]:
    if facet is Facet.SOURCE:
        positions = Position.objects.filter(version__in=versions).order_by()
        counted = positions.values_list("source__key").annotate(Count("version", distinct=True))
        return dict(counted)
    return dict(versions.values_list(_COLUMNS[facet]).annotate(Count("pk")))


def _echo(value: str) -> str:
    return "".join(sign for sign in value if sign.isprintable())[:LONGEST_ECHO]
