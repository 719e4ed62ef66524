"""The versions that the library holds, by key, and new drafts beside them.

Makes identities and drafts; makes nothing public and changes no version.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from explainer.files.records import ArticleFile, ClaimFile
from explainer.library import columns
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    Position,
    ReferenceVersion,
    Save,
    Source,
    Treatment,
)

TextVersion = ClaimVersion | ArticleVersion


def row_versions(part: str) -> dict[str, list[ReferenceVersion]]:
    """Give the versions of one kind of reference rows by subject, newest first."""
    held: dict[str, list[ReferenceVersion]] = defaultdict(list)
    for version in ReferenceVersion.objects.filter(what__startswith=f"{part}/").order_by("-number"):
        held[version.what].append(version)
    return held


def offer_row(newest: ReferenceVersion, words: dict[str, Any], text: str, at: datetime) -> None:
    """Store a file's words as a draft after a row's newest version, for staff to decide."""
    saved = Save.objects.filter(subject=newest.what).last_numbers().get(newest.what, 0)
    number = max(newest.number, saved) + 1
    ReferenceVersion.objects.create(
        what=newest.what, number=number, words=words, file_text=text, created_at=at
    )


class Shelf:
    """Every version by the key of its claim or article, newest first.

    Takes six queries when made, none to look something up. The reference rows
    that drafts point to must be there before it is made.
    """

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._saved = Save.objects.last_numbers()
        self._treatments = {row.key: row for row in Treatment.objects.all()}
        self._sources = {row.key: row for row in Source.objects.all()}
        self._claims: dict[str, list[ClaimVersion]] = defaultdict(list)
        self._articles: dict[str, list[ArticleVersion]] = defaultdict(list)
        for claim in ClaimVersion.objects.select_related("claim").order_by("-number"):
            self._claims[claim.claim.key].append(claim)
        for article in ArticleVersion.objects.select_related("article").order_by("-number"):
            self._articles[article.article.key].append(article)

    def versions(self, record: ClaimFile | ArticleFile) -> list[TextVersion]:
        """Give the versions under a record's key, newest first."""
        shelf = self._claims if isinstance(record, ClaimFile) else self._articles
        return [*shelf.get(record.key, [])]

    def draft(self, record: ClaimFile | ArticleFile) -> TextVersion:
        """Store a record's words as the newest version of its key, as a draft."""
        if isinstance(record, ClaimFile):
            return self._draft_claim(record)
        return self._draft_article(record)

    def _draft_claim(self, record: ClaimFile) -> ClaimVersion:
        before = self._claims[record.key]
        identity = before[0].claim if before else self._new_claim(record)
        version = ClaimVersion(claim=identity, **columns.claim_columns(record))
        self._store(version, record, len(before) and before[0].number)
        rows = columns.position_rows(record, version, self._sources)
        Position.objects.bulk_create(rows)
        return version

    def _draft_article(self, record: ArticleFile) -> ArticleVersion:
        before = self._articles[record.key]
        identity = before[0].article if before else self._new_article(record)
        version = ArticleVersion(article=identity, **columns.article_columns(record))
        self._store(version, record, len(before) and before[0].number)
        return version

    def _store(self, version: TextVersion, record: ClaimFile | ArticleFile, newest: int) -> None:
        version.number = max(newest, self._saved.get(version.subject, 0)) + 1
        version.created_at = self._at
        version.file_text = record.origin.text
        version.save()

    def _new_claim(self, record: ClaimFile) -> Claim:
        treatment = self._treatments[record.claim.treatment]
        return Claim.objects.get_or_create(key=record.key, defaults={"treatment": treatment})[0]

    def _new_article(self, record: ArticleFile) -> Article:
        treatment = self._treatments[record.treatment] if record.treatment else None
        what = {"treatment": treatment, "topic": record.topic or ""}
        return Article.objects.get_or_create(key=record.key, defaults=what)[0]
