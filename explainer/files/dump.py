"""From the library back to content files.

What staff have not edited comes out byte for byte as it went in; the rest in
the canonical form. Only what is public is written: a draft is not content yet,
and a withdrawn claim must not come back by a load.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from explainer.files.folder import SUFFIX, misplaced
from explainer.files.serialise import write
from explainer.library import columns
from explainer.library.models import (
    Article,
    ArticleVersion,
    ClaimVersion,
    GlossaryTerm,
    Source,
    Treatment,
)
from explainer.library.schema import Part


class CannotDump(Exception):
    """The library cannot be written to this place; nothing was written."""


def dump(folder: Path) -> tuple[str, ...]:
    """Write every content file into a folder; gives their paths.

    Raises `CannotDump` if the folder is not empty, or if a key of the library
    would make a file outside its place.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotDump(f"'{folder}' is not an empty folder. Choose a new one.")
    files = dict(_files())
    for path in files:
        if wrong := misplaced(path):
            raise CannotDump(f"'{path}' cannot be written. {wrong}")
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return tuple(sorted(files))


def canonical(held: object) -> str:
    """Give the canonical file of a row or a version.

    An overview's version gives its treatment's file, and so does the treatment.
    Raises TypeError for what is no content.
    """
    match held:
        case Treatment():
            return write(Part.TREATMENTS, *columns.treatment_values(held, _overview(held)))
        case Source():
            return write(Part.SOURCES, *columns.source_values(held))
        case GlossaryTerm():
            return write(Part.GLOSSARY, *columns.term_values(held))
        case ClaimVersion():
            return write(Part.CLAIMS, *columns.claim_values(held))
        case ArticleVersion():
            return _canonical_article(held)
    raise TypeError(f"{type(held).__name__} is not content.")


def part_of(version: ArticleVersion) -> Part:
    """Say which kind of file holds an article: topic, overview or page."""
    article = version.article
    if article.treatment_id is None:
        return Part.PAGES
    return Part.ARTICLES if article.topic else Part.TREATMENTS


def _canonical_article(version: ArticleVersion) -> str:
    part = part_of(version)
    if part is Part.TREATMENTS and version.article.treatment:
        return write(part, *columns.treatment_values(version.article.treatment, version))
    return write(part, *columns.article_values(version))


def _overview(treatment: Treatment) -> ArticleVersion:
    versions = ArticleVersion.objects.filter(article__key=treatment.key)
    # Without a public overview the file lacks its words, which reading it back reports;
    # words that were withdrawn must not come back by a load.
    return versions.published().first() or ArticleVersion(
        article=Article(key=treatment.key), summary="", body=""
    )


def _files() -> Iterator[tuple[str, str]]:
    overviews = _public_articles(Part.TREATMENTS)
    for treatment in Treatment.objects.all():
        overview = overviews.get(treatment.key)
        both = overview and not treatment.edited and overview.file_text == treatment.file_text
        yield (
            f"{Part.TREATMENTS}/{treatment.key}{SUFFIX}",
            (both and treatment.file_text) or canonical(treatment),
        )
    for part, model in ((Part.SOURCES, Source), (Part.GLOSSARY, GlossaryTerm)):
        for row in model._default_manager.all():
            kept = not row.edited and row.file_text
            yield f"{part}/{row.key}{SUFFIX}", kept or canonical(row)
    claims = ClaimVersion.objects.published().select_related("claim")
    for version in claims.prefetch_related("positions__source"):
        yield f"{Part.CLAIMS}/{version.claim.key}{SUFFIX}", version.file_text or canonical(version)
    for part in (Part.ARTICLES, Part.PAGES):
        for key, version in _public_articles(part).items():
            yield f"{part}/{key}{SUFFIX}", version.file_text or canonical(version)


def _public_articles(part: Part) -> Mapping[str, ArticleVersion]:
    versions = ArticleVersion.objects.published().select_related("article__treatment")
    return {version.article.key: version for version in versions if part_of(version) is part}
