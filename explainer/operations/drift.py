"""Derived rows that no longer say what they are derived from, and how they are mended.

Derived are: which claims and images an article shows (from its texts), what a reference
row says (from its public version) and the edition (from the changes). A claim's label is
on a row that never changes: it can be told, not mended. No rendered page is stored.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from explainer.evidence.context import Context
from explainer.evidence.pipeline import Explanation, explain
from explainer.library import audit, publishing
from explainer.library.models import (
    Appearance,
    Article,
    ArticleVersion,
    Change,
    Edition,
    ImageUse,
    ReferenceVersion,
)
from explainer.library.models.reference import Reference
from explainer.library.nouns import knowledge
from explainer.library.releasing import take_turn
from explainer.library.words import REFERENCES, row_words

NOBODY = "check_library"
"""Who the audit log names for a repair."""

REASON = "Lists that follow from the texts were made anew."
_MOST_KEYS = 5


@dataclass(frozen=True, slots=True)
class Text:
    """A public article, explained."""

    version: ArticleVersion
    summary: Explanation
    body: Explanation

    @property
    def fields(self) -> tuple[tuple[str, str, Explanation], ...]:
        """Each text by its field: what was written, and what it explains to."""
        version = self.version
        return ("summary", version.summary, self.summary), ("body", version.body, self.body)


@dataclass(frozen=True, slots=True)
class Drift:
    """A derived row that is wrong; `article` or `row` is what it follows from."""

    subject: str
    message: str
    article: Article | None = None
    row: ReferenceVersion | None = None
    mendable: bool = True


def texts(known: Context) -> list[Text]:
    """Explain every public article once."""
    versions = ArticleVersion.objects.published().select_related("article")
    return [
        Text(version, explain(version.summary, known), explain(version.body, known))
        for version in versions.order_by("article__key")
    ]


def drifts(public: Sequence[Text]) -> list[Drift]:
    """Compare all that is derived with what it is derived from; changes nothing."""
    return [*_indexes(public), *_rows(), *_edition()]


@transaction.atomic
def repair(*, at: datetime) -> list[Drift]:
    """Make what drifted anew, raise the edition and say so in the audit log; give what it was.

    Raises `CannotPublish` (and changes nothing) if a reference row can't hold its words.
    """
    # Nobody may publish between the look and the repair.
    take_turn()
    # Rows first: what a text shows cannot be told by a row that holds nonsense.
    rows = _mended([*_rows(), *_edition()], at)
    return rows + _mended(_indexes(texts(knowledge())), at)


def _mended(drifts: Iterable[Drift], at: datetime) -> list[Drift]:
    found = [drift for drift in drifts if drift.mendable]
    if found:
        publishing.derive(
            articles=dict.fromkeys(drift.article for drift in found if drift.article),
            rows=[drift.row for drift in found if drift.row],
            reason=REASON,
            at=at,
        )
    for drift in found:
        audit.record(
            by=None,
            by_name=NOBODY,
            action="repair",
            subject=drift.subject,
            at=at,
            comment=drift.message,
        )
    return found


def _indexes(public: Sequence[Text]) -> Iterator[Drift]:
    shown = {text.version.article_id: publishing.shows(text.summary, text.body) for text in public}
    claims = _keys_of(Appearance.objects.order_by("order").values_list("article", "claim__key"))
    images = _keys_of(ImageUse.objects.values_list("article", "image__key"))
    noted = shown.keys() | claims.keys() | images.keys()
    for article in Article.objects.filter(pk__in=noted):
        told, pictured = shown.get(article.pk, ((), ()))
        drifted = [
            ("claims", _difference(claims[article.pk], told)),
            ("images", _difference(sorted(images[article.pk]), sorted(pictured))),
        ]
        for name, difference in drifted:
            if difference:
                message = f"The list of {name} that it shows {difference}."
                yield Drift(f"articles/{article.key}", message, article=article)


def _keys_of(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for article, key in pairs:
        found[article].append(key)
    return found


def _difference(noted: Sequence[str], shown: Sequence[str]) -> str:
    """Say how a list differs from what it should be, in words that follow its name."""
    lacking, left = set(shown) - set(noted), set(noted) - set(shown)
    if lacking or left:
        told = (("lacks", lacking), ("names", left))
        parts = [f"{verb} {_some(keys)}" for verb, keys in told if keys]
        return " and ".join(parts) + (", which its text does not show" if left else "")
    return "is in another order than its text" if list(noted) != list(shown) else ""


def _some(keys: Iterable[str]) -> str:
    ordered = sorted(keys)
    more = len(ordered) - _MOST_KEYS
    named = ", ".join(f"'{key}'" for key in ordered[:_MOST_KEYS])
    return f"{named} and {more} more" if more > 0 else named


def _rows() -> Iterator[Drift]:
    """Find reference rows that say something else than their public version."""
    public = {version.what: version for version in ReferenceVersion.objects.published()}
    rows: dict[str, Reference] = {
        f"{part}/{row.key}": row
        for part, (model, _) in REFERENCES.items()
        for row in model._default_manager.all()
    }
    for subject in sorted({*public, *rows}):
        row, version = rows.get(subject), public.get(subject)
        if version is None:
            message = "It is shown, but no version of it is public. Restore it from a backup."
            yield Drift(subject, message, mendable=False)
        elif row is None:
            yield Drift(subject, "Its row is missing, so no page shows it.", row=version)
        elif wrong := [n for n, words in row_words(row).items() if words != version.words.get(n)]:
            fields = ", ".join(wrong)
            yield Drift(subject, f"Pages show another '{fields}' than was published.", row=version)


def _edition() -> Iterator[Drift]:
    last = Change.objects.order_by("-edition").values_list("edition", flat=True).first() or 0
    if (number := Edition.objects.current().number) != last:
        yield Drift("edition", f"The edition is {number}, but the last change made it {last}.")
