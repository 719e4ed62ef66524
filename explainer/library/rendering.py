"""The seam: revisions become the explanations a page shows.

Its `_safe` alone calls `mark_safe`: for what the sanitiser returned with our own pictures put in
their places, and for a label as the renderer of texts writes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Position
from explainer.evidence.context import AssessedClaim, Context, Figure, Term, resolve
from explainer.evidence.coverage import account
from explainer.evidence.dialect import parse
from explainer.evidence.labels import Label
from explainer.evidence.levels import Finding, denies
from explainer.evidence.pipeline import Explanation, explain
from explainer.evidence.render import anchor, verdict
from explainer.kinds import CLAIM, SOURCE, TERM, Entry, Kind, answers, comparison, steps
from explainer.library import as_of
from explainer.library.context import context_of, entries_of, known, shown
from explainer.library.edition import compared, per_edition
from explainer.library.images import figures_of
from explainer.library.models import Revision
from explainer.library.pictures import with_drawings
from explainer.text.readability import sentences
from explainer.text.remembered import remembered

TEXTS = 4096
"""Reasons whose first sentence is remembered; a site of ten treatments has fewer."""

EXPLAINED = 48
"""Explained pages that are remembered: all articles of the site, or some MB."""

Figures = tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """A position as a page lists it: with its source's revision, and whether it decided.

    `alone` is the label that going by it alone would give; a seller's word for a promise has none.
    """

    position: Position
    source: Revision
    decides: bool
    borrowed: bool
    alone: Label | None


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim in the list at the end of a page: its sentence, its verdict and one line why.

    `why` is the text of why it has its label; all of it stands on its own page.
    """

    assessed: AssessedClaim
    why: str

    @property
    def key(self) -> str:
        return self.assessed.claim.key

    @property
    def anchor(self) -> str:
        return anchor(self.key)

    @property
    def url(self) -> str:
        return CLAIM.address(self.key)

    @property
    def withdrawn(self) -> bool:
        return bool(self.assessed.claim.withdrawn)

    @property
    def reason(self) -> str:
        """Give the first sentence of why it has its label."""
        return first_sentence(self.why)


@dataclass(frozen=True, slots=True)
class ClaimEntry(ListedClaim):
    """A claim as its own page shows it, with everything a reader may ask of it."""

    revision: Revision
    why_html: SafeString
    positions: tuple[PositionEntry, ...]

    @property
    def twin(self) -> list[str]:
        """Give treatment and slug of the same question about another treatment."""
        return self.assessed.claim.twin.split("/")

    @property
    def looked(self) -> dict[str, str]:
        return dict(self.revision.fields.get("looked") or ())

    @property
    def numbers(self) -> dict[str, str]:
        return dict(self.revision.fields.get("numbers") or ())

    @property
    def groups(self) -> list[tuple[str, list[PositionEntry]]]:
        """Part who looked into it from who only says or doubts it (method, section 2)."""
        looked = [one for one in self.positions if one.position.finding is not Finding.ASSERTS]
        says = [one for one in self.positions if one.position.finding is Finding.ASSERTS]
        theirs = [one.position for one in says if one.position.source.is_independent]
        doubted = any(denies(position.level) for position in theirs)
        title = "Who says or doubts it" if doubted else "Who says it"
        groups = (("Who looked into it", looked), (title, says))
        return [(title, items) for title, items in groups if items]


@dataclass(frozen=True, slots=True)
class Page:
    """A revision with texts, explained: short answer, body and claims."""

    revision: Revision
    summary: Explanation
    body: Explanation
    claims: tuple[ListedClaim, ...]

    @property
    def summary_html(self) -> SafeString:
        return trusted(self.summary)

    @property
    def body_html(self) -> SafeString:
        return trusted(self.body)

    @property
    def groups(self) -> tuple[answers.Group, ...]:
        """Give the body cut at its questions, those with answers apart from the rest."""
        return answers.groups_of(self.body)


Cut = (
    comparison.Cell | comparison.Comparison | answers.Section
    | steps.Steps | steps.Step | steps.Answer | steps.Passage
)  # fmt: skip
"""What holds a piece of sanitised HTML, cut from it whole, or less some of its paragraphs."""


def trusted(explanation: Explanation | Cut) -> SafeString:
    """Hand sanitised HTML, or a piece that was cut from it whole, to a template."""
    # The sanitiser is the last step before this; drawings are this project's own templates.
    return _safe(with_drawings(explanation.html))


def label_html(label: Label, href: str = "", name: str = "") -> SafeString:
    """Write a label for a template: of the claim called `name`, or a word of the scale."""
    asked, line = label.asked(name) if name else "", (label.lead, label.verdict, label.reason)
    return _safe(verdict(label.modifier, line, asked, href))


def _safe(html: str) -> SafeString:
    """Tell templates that HTML was sanitised, or that the renderer of labels has escaped it."""
    return mark_safe(html)  # noqa: S308 - nowhere else


def sentence_html(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Write a sentence, in italics what somebody else says."""
    italic = (format_html("<i>{}</i>", words) if said else words for words, said in pieces)
    return format_html_join("", "{}", ((words,) for words in italic))


def claim_line(entry: ListedClaim) -> SafeString:
    """Write a claim of a page's list: the sentence, which leads to its own page, and why.

    A page may have seventy: a template would take longer for them than for all the rest.
    """
    claim, sentence = entry.assessed.claim, sentence_html(entry.assessed.claim.pieces)
    return format_html(
        '<li id="{}"><a href="{}">{}</a> {} {}</li>',
        entry.anchor,
        entry.url,
        format_html("<s>{}</s>", sentence) if claim.withdrawn else sentence,
        label_html(entry.assessed.label),
        claim.withdrawn or entry.reason,
    )


def explain_page(revision: Revision) -> Page:
    """Explain a revision that was published, in two queries whatever the number of claims.

    It shows the claims, records and sources that publishing found in it, and the sources that
    those name today. While staff look at the past, images stand at the addresses that answer staff;
    readers see of a past page only the images that its page of today shows.
    """
    entries = [*_with_sources(known(document__mentions__revision=revision)), *glossary()]
    return _page(revision, entries, for_staff=as_of.by_staff.get())


def explain_short_answer(revision: Revision) -> SafeString:
    """Explain a published page's short answer alone, for a page that leads to it."""
    text = revision.fields["summary"]
    keys = named(text)
    shown = known(document__mentions__revision=revision, document__key__in=keys)
    return trusted(_explained_alone(text, tuple(_with_sources(shown, keys))))


def explain_apart(revision: Revision) -> Page:
    """Explain a published page that is shown in pieces, without its list of claims.

    Headings have no ids, and labels lead to the claims' own pages.
    """
    entries = (*_with_sources(known(document__mentions__revision=revision)), *glossary())
    summary, body = (
        _explained_alone(revision.fields[name], entries) for name in ("summary", "body")
    )
    return Page(revision, summary, body, ())


@remembered
def named(text: str) -> tuple[str, ...]:
    """Give the keys that the marks and blocks of a text name, in its order."""
    found = list[str]()
    for token in parse(text, judged=False).tokens:
        found += token.meta.get("keys", ())
        found += (child.meta["key"] for child in token.children or [] if "key" in child.meta)
    return tuple(found)


def _with_sources(shown: list[Entry], words: Iterable[str] = ()) -> list[Entry]:
    """Add the sources that entries name, and sources and terms of the keys `words`."""
    keys = {*words, *(key for entry in shown for key in entry.kind.sources(entry.fields))}
    kinds = (SOURCE, TERM) if words else (SOURCE,)
    rows = Revision.objects.published().of(*kinds).filter(document__key__in=keys)
    return [*shown, *entries_of(rows)]


def preview_page(revision: Revision, also: Iterable[Revision] = (), prefix: str = "") -> Page:
    """Explain a draft against what pages may show today, images at staff's addresses.

    `also` stand in for public revisions, or beside them; `prefix` keeps its ids apart.
    """
    entries = {entry.subject: entry for entry in (*shown(), *(row.entry for row in also))}
    return _page(revision, list(entries.values()), for_staff=True, prefix=prefix)


def _page(revision: Revision, entries: list[Entry], *, for_staff: bool, prefix: str = "") -> Page:
    whys = {entry.key: entry.fields["why"] for entry in entries if entry.kind is CLAIM}
    kind, figures = revision.document.kind, Figures()
    texts = tuple(revision.entry.fields[name] for name in kind.texts)
    if "![" in "".join(texts):
        figures = tuple(figures_of(None if for_staff else revision.document).values())
    summary, body = _explained(kind, texts, tuple(entries), figures, prefix)
    assessed = {item.claim.key: item for item in (*summary.claims, *body.claims)}
    claims = (ListedClaim(item, whys[key]) for key, item in assessed.items())
    return Page(revision, summary, body, tuple(claims))


@lru_cache(maxsize=EXPLAINED)
def _explained(
    kind: Kind, texts: tuple[str, ...], entries: tuple[Entry, ...], figures: Figures, prefix: str
) -> tuple[Explanation, Explanation]:
    """Explain short answer and body; from the same words, of theirs too, comes the same page."""
    context = replace(context_of(entries), figures={figure.key: figure for figure in figures})
    entry = Entry(kind, "", dict(zip(kind.texts, texts, strict=True)))
    # What readers see was judged before; a preview has its problems from elsewhere.
    page = kind.explain(entry, context, prefix, judged=False)
    return page["summary"], page["body"]


@lru_cache(maxsize=EXPLAINED)
def _explained_alone(text: str, entries: tuple[Entry, ...]) -> Explanation:
    return explain(text, context_of(entries), prefix=None, judged=False)


def explain_claim(revision: Revision) -> ClaimEntry:
    """Explain one revision of a claim, in two queries.

    Glossary words of its reason are linked, for the claim has this page to itself. Raises
    ValueError while a draft leaves open what decides its label.
    """
    keys = [position["source"] for position in revision.fields["positions"]]
    sources = Revision.objects.published().of(SOURCE).filter(document__key__in=keys)
    by_key = {row.document.key: row for row in sources.with_document()}
    claim = CLAIM.noun(revision.entry, context_of(row.entry for row in by_key.values()))
    why = _reason_html(revision.fields["why"], glossary())
    return _claim(revision, AssessedClaim(claim, adjudicate(claim)), why, by_key)


@lru_cache(maxsize=TEXTS // 4)
def _reason_html(why: str, words: tuple[Entry, ...]) -> SafeString:
    terms = Context(terms=context_of(words).terms)
    return trusted(explain(why, terms, prefix=None, linked=(), judged=False))


def explain_markdown(text: str, context: Context | None = None) -> SafeString:
    """Explain a text that shares its page with others: its headings have no ids to meet theirs."""
    return trusted(explain(text, context or Context(), prefix=None, judged=False))


def terms() -> dict[str, Term]:
    return dict(context_of(glossary()).terms)


@per_edition
def glossary() -> tuple[Entry, ...]:
    """Read the words that any text may link."""
    return tuple(entries_of(Revision.objects.published().of(TERM)))


compared(glossary, lambda entries: [(entry.key, entry.fields) for entry in entries])


@lru_cache(maxsize=TEXTS)
def first_sentence(why: str, most: int = 0) -> str:
    """Give the first sentence of why a claim has its label, as plain words.

    More of the first paragraph follows as long as all of it has at most so many characters.
    """
    # The text is the whole key, and nothing else decides: what is remembered cannot be stale.
    # No HTML is made of it, which would cost more than all else.
    blocks = account(resolve(parse(why, judged=False), Context()).tokens).blocks
    first, *others = sentences(" ".join(blocks[0].text.split())) if blocks else ("",)
    for sentence in others:
        if len(first) + len(sentence) >= most:
            break
        first = f"{first} {sentence}"
    return first


def _claim(
    revision: Revision,
    assessed: AssessedClaim,
    why: SafeString,
    sources: Mapping[str, Revision],
) -> ClaimEntry:
    positions = tuple(
        PositionEntry(
            position,
            sources[position.source.key],
            decides=position in assessed.verdict.deciding,
            borrowed=assessed.claim.borrows(position),
            alone=None
            if assessed.claim.discounts(position)
            else Label(position.level, assessed.claim.bearing),
        )
        for position in assessed.claim.positions
    )
    return ClaimEntry(assessed, revision.fields["why"], revision, why, positions)
