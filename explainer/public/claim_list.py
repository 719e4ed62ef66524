"""The list of claims: what a reader's filter means and what it finds.

The filter is plain GET parameters. Values nobody knows are reported back and
left out; nothing a reader types reaches the database.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page

from explainer.evidence.claims import pieces_of
from explainer.evidence.labels import SCALE, Label
from explainer.evidence.levels import Bearing, Topic, Worded
from explainer.kinds import CLAIM, SOURCE, TREATMENT, Kind
from explainer.library.edition import per_edition
from explainer.library.models import Position, Revision
from explainer.public.labels import counted
from explainer.public.navigation import get_page

LONGEST_ECHO = 60
TEXTS = ("name", "statement", "topic", "bearing")


class Facet(Worded):
    """What claims can be filtered by; the values are the parameters' names."""

    TREATMENT = "treatment", "Treatment"
    TOPIC = "topic", "Topic"
    LEVEL = "level", "Label"
    BEARING = "bearing", "Promise or risk"
    SOURCE = "source", "Source"


PARAMETERS = (*Facet, "page")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a field; `number` of claims it would show, None where it would add up both."""

    value: str
    words: str
    number: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the list; `values` are what each facet finds it by."""

    key: str
    name: str
    pieces: list[tuple[str, bool]]
    treatment: str
    topic: Topic
    label: Label
    values: Mapping[Facet, set[str]]

    @property
    def url(self) -> str:
        return CLAIM.address(self.key)


@dataclass(frozen=True, slots=True)
class Filter:
    """A reader's choice. `unknown` holds (field, what was typed) of values nobody knows."""

    chosen: Mapping[Facet, str]
    unknown: tuple[tuple[Facet, str], ...] = ()

    @property
    def active(self) -> bool:
        return bool(self.chosen or self.unknown)

    def query(self, page: int) -> str:
        parameters = [(facet.value, value) for facet, value in self.chosen.items()]
        parameters += [("page", str(page))] if page > 1 else []
        return f"?{urlencode(parameters)}" if parameters else "?"

    def fits(self, row: Row, *, without: Facet | None = None) -> bool:
        return all(
            value in row.values[facet]
            for facet, value in self.chosen.items()
            if facet is not without
        )


@dataclass(frozen=True, slots=True)
class ClaimList:
    """Every published claim, and the words for the values each facet may take."""

    rows: tuple[Row, ...]
    words: Mapping[Facet, Mapping[str, str]]

    def read(self, parameters: Mapping[str, str]) -> Filter:
        """Understand the parameters of a request; empty ones mean "all"."""
        chosen, unknown = {}, []
        for facet in Facet:
            value = parameters.get(facet.value, "")
            if value in self.words[facet]:
                chosen[facet] = value
            elif value:
                unknown.append((facet, "".join(filter(str.isprintable, value))[:LONGEST_ECHO]))
        return Filter(chosen, tuple(unknown))

    def page(self, chosen: Filter, number: str) -> Page:
        """Give one page of what a filter finds; raises Http404 for a page that isn't there."""
        return get_page([row for row in self.rows if chosen.fits(row)], number)

    def fields(self, chosen: Filter) -> dict[Facet, list[Option]]:
        return {facet: list(self._options(facet, chosen)) for facet in Facet}

    def _options(self, facet: Facet, chosen: Filter) -> Iterator[Option]:
        rows = [row for row in self.rows if chosen.fits(row, without=facet)]
        # Promises and risks are never added up (method, section 1).
        apart = facet in (Facet.LEVEL, Facet.BEARING)
        apart = apart or len({row.label.bearing for row in rows}) < 2
        numbers = Counter(value for row in rows for value in row.values[facet])
        for value, words in self.words[facet].items():
            is_chosen = chosen.chosen.get(facet) == value
            if numbers[value] or is_chosen:
                fits = len(words) <= LONGEST_ECHO
                told = words if fits else f"{words[: LONGEST_ECHO - 1]}…"
                yield Option(value, told, numbers[value] if apart else None, is_chosen)

    def title(self, chosen: Filter) -> str:
        """Say how many promises and how many risks a filter finds."""
        found = Counter(row.label.bearing for row in self.rows if chosen.fits(row))
        names = ((Bearing.PROMISE, "promise"), (Bearing.WARNING, "risk"))
        numbers = [counted(found[bearing], name) for bearing, name in names if found[bearing]]
        return " and ".join(numbers) or "No claims"


@per_edition
def published_claims() -> ClaimList:
    """Find every published claim, in three queries.

    All are read, whatever the filter: each field counts under the choice of the others, and
    one pass over their few words costs less than a query for each field.
    """
    names = _names()
    claims = Revision.objects.published().of(CLAIM).with_texts(*TEXTS)
    sources: dict[int, set[str]] = defaultdict(set)
    positions = Position.objects.filter(revision__in=Revision.objects.published().of(CLAIM))
    for pk, source in positions.order_by().values_list("revision_id", "source__key"):
        sources[pk].add(source)
    columns = ("pk", "document__key", "level", "ground", *(f"text_{name}" for name in TEXTS))
    rows = []
    for pk, key, level, ground, *texts in claims.values_list(*columns):
        fields, treatment = dict(zip(TEXTS, texts, strict=True)), CLAIM.treatment(key)
        label = CLAIM.stored_label(fields, level, ground)
        if label is None:
            # The database holds that what is public has one.
            continue
        facets = {
            Facet.TREATMENT: {treatment},
            Facet.TOPIC: {fields["topic"]},
            Facet.LEVEL: {label.modifier},
            Facet.BEARING: {fields["bearing"]},
            Facet.SOURCE: sources[pk],
        }
        of, topic = names[TREATMENT].get(treatment, treatment), Topic(fields["topic"])
        rows.append(
            Row(key, fields["name"], pieces_of(fields["statement"]), of, topic, label, facets)
        )
    rows.sort(key=lambda row: row.key)
    words = {
        Facet.TREATMENT: names[TREATMENT],
        Facet.TOPIC: {topic.value: topic.words for topic in Topic},
        Facet.LEVEL: {label.modifier: label.word for label in SCALE},
        Facet.BEARING: {Bearing.PROMISE.value: "Promises", Bearing.WARNING.value: "Risks"},
        Facet.SOURCE: names[SOURCE],
    }
    return ClaimList(tuple(rows), words)


def _names() -> dict[Kind, dict[str, str]]:
    rows = Revision.objects.published().of(TREATMENT, SOURCE).with_texts("name", "title")
    columns = ("document__kind", "document__key", "text_name", "text_title")
    found: dict[Kind, list[tuple[str, str]]] = {TREATMENT: [], SOURCE: []}
    for kind, key, name, title in rows.values_list(*columns):
        found[kind].append((kind.title({"name": name, "title": title}), key))
    return {kind: {key: name for name, key in sorted(pairs)} for kind, pairs in found.items()}
