"""`manage.py seen_on ADDRESS MOMENT`: say what a patient saw on a public page."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from explainer.library.models.versions import Version
from explainer.library.past import PastClaim, PastPage, moment, page_on


class Command(BaseCommand):
    """Prints words, labels, versions and reviewers; changes nothing."""

    help = "Print what a public page showed at a moment, labels included."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the page's address and the moment."""
        parser.add_argument("address", help="such as /mesotherapy/safety/")
        parser.add_argument("moment", help="such as 2026-11-20T12:00, in UTC")

    def handle(self, **options: Any) -> None:
        """Print the page, or say why there is none: nothing was public, or it is not kept."""
        address = options["address"]
        try:
            at = moment(options["moment"])
            found = page_on(address, at)
        except ValueError as refused:
            raise CommandError(str(refused)) from None
        if found is None:
            raise CommandError(
                f"Nothing was public at {address} on {at:%Y-%m-%d %H:%M %Z}: who asked for it was "
                "told that there is no such page. Check the address and the time."
            )
        for line in told(found):
            self.stdout.write(line)


def told(page: PastPage) -> Iterator[str]:
    """Write a page as lines of plain text."""
    yield f"{page.path} as it was on {page.at:%Y-%m-%d %H:%M %Z}"
    if page.version:
        yield of_version(page.version)
    yield from ("", page.title)
    for text in page.texts:
        yield from ("", *([f"{text.title}:"] if text.title else []), *text.lines)
    if page.claims:
        yield from ("", "Claims on this page:")
    for claim in page.claims:
        yield from of_claim(claim)
    if page.left_out:
        yield from ("", f"Left out: {page.left_out}.")


def of_version(version: Version) -> str:
    """Say which version it is, since when, and who reviewed it."""
    line = f"Version {version.number}, public since {version.published_at:%Y-%m-%d %H:%M %Z}"
    if not version.reviewed_by:
        return f"{line}, not reviewed by a named person"
    reviewer = f"{version.reviewed_by}, {version.reviewer_qualification}"
    return f"{line}, reviewed by {reviewer}, on {version.reviewed_at}"


def of_claim(claim: PastClaim) -> Iterator[str]:
    """Write a claim with its label, and what each source said of it."""
    yield f"- {claim.judged.claim.statement} Evidence: {claim.label}."
    yield f"  {claim.judged.claim.key}: {of_version(claim.version)}"
    for position in claim.judged.claim.positions:
        yield f"  {position.source.title}: {position.level}. {position.says}"
