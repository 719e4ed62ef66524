"""Derived rows that drifted are found and made anew; nothing else is touched."""

import pytest

from explainer.library import audit, publishing
from explainer.library.models import (
    Appearance,
    Article,
    AuditEntry,
    Change,
    Claim,
    Edition,
    ImageUse,
    ReferenceVersion,
    Source,
)
from explainer.library.nouns import knowledge
from explainer.operations import drift
from tests.files import loads
from tests.operations import faults
from tests.operations.faults import SAFETY

pytestmark = pytest.mark.django_db

DERIVED = ("Appearance", "Source", "GlossaryTerm", "Treatment")


@pytest.fixture(autouse=True)
def _library(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
    faults.sound(tmp_path)


def found() -> list[str]:
    return [f"{d.subject}: {d.message}" for d in drift.drifts(drift.texts(knowledge()))]


def kept() -> dict[str, list]:
    return {name: rows for name, rows in loads.rows().items() if name not in DERIVED}


def repaired() -> list[str]:
    """Repair, and see that it did no more than it may."""
    before, edition = kept(), Edition.objects.current().number
    lines = [f"{d.subject}: {d.message}" for d in drift.repair(at=loads.LATER)]
    assert kept() == before
    assert Edition.objects.current().number == edition + 1
    assert found() == []
    assert list(audit.verify()) == []
    entries = AuditEntry.objects.filter(action="repair").order_by("number")
    assert [f"{e.subject}: {e.comment}" for e in entries] == lines
    assert {entry.by_name for entry in entries} == {"check_library"}
    return lines


def test_a_claim_missing_from_the_list_of_an_article_is_put_back() -> None:
    Appearance.objects.filter(article__key="red-light/safety").delete()

    message = "The list of claims that it shows lacks 'red-light/eye-harm'."
    assert found() == repaired() == [f"{SAFETY}: {message}"]
    assert Article.objects.get(key="red-light/safety").claims.get().key == "red-light/eye-harm"


def test_a_claim_too_many_is_taken_off() -> None:
    Appearance.objects.create(
        article=Article.objects.get(key="red-light/safety"),
        claim=Claim.objects.get(key="red-light/slows-loss"),
        order=9,
    )

    assert repaired() == [
        f"{SAFETY}: The list of claims that it shows names 'red-light/slows-loss', "
        "which its text does not show."
    ]


def test_claims_in_another_order_are_put_in_that_of_the_text() -> None:
    overview = Appearance.objects.filter(article__key="red-light")
    overview.filter(order=0).update(order=7)

    assert repaired() == [
        "articles/red-light: The list of claims that it shows is in another order than its text."
    ]
    assert list(overview.values_list("claim__key", flat=True)) == [
        "red-light/slows-loss",
        "red-light/all-hair-back",
    ]


def test_what_an_article_that_is_not_public_shows_is_nothing() -> None:
    safety = Article.objects.get(key="red-light/safety")
    publishing.withdraw(what=safety, by=None, reason="It was wrong.", at=loads.LATER)
    claim = Claim.objects.get(key="red-light/eye-harm")
    Appearance.objects.create(article=safety, claim=claim, order=0)

    assert len(repaired()) == 1
    assert not safety.appearances.exists()


def test_the_list_of_images_is_made_anew() -> None:
    image = faults.show_an_image()

    message = f"The list of images that it shows lacks '{image.key}'."
    assert repaired() == [f"{SAFETY}: {message}"]
    assert ImageUse.objects.get().image == image


def test_a_row_that_says_something_else_than_was_published_gets_its_words_back() -> None:
    before = Source.objects.values().get(key="lamp-trial")
    Source.objects.filter(key="lamp-trial").update(title="The best trial", kind="nonsense")

    assert repaired() == [
        "sources/lamp-trial: Pages show another 'title, kind' than was published."
    ]
    assert Source.objects.values().get(key="lamp-trial") == before


def test_a_row_that_is_missing_is_made_again() -> None:
    loads.GlossaryTerm.objects.all().delete()

    assert repaired() == ["glossary/lamp-head: Its row is missing, so no page shows it."]
    assert loads.GlossaryTerm.objects.get().term == "lamp head"


def test_a_row_that_was_never_published_is_told_and_left_to_people() -> None:
    loads.GlossaryTerm.objects.create(key="lens", term="lens", definition="A glass.")

    assert found() == [
        "glossary/lens: It is shown, but no version of it is public. Restore it from a backup."
    ]
    assert drift.repair(at=loads.LATER) == []
    assert loads.GlossaryTerm.objects.filter(key="lens").exists()


def test_an_edition_that_fell_behind_its_changes_goes_on_after_the_last() -> None:
    last = Edition.objects.current().number
    faults.change(Edition.objects.all(), number=0)

    assert found() == [f"edition: The edition is 0, but the last change made it {last}."]
    drift.repair(at=loads.LATER)
    assert Edition.objects.current().number == last + 1 == Change.objects.first().edition
    assert found() == []


def test_where_nothing_drifted_nothing_is_written() -> None:
    before, edition = loads.rows(), Edition.objects.current().number

    assert drift.repair(at=loads.LATER) == []
    assert (loads.rows(), Edition.objects.current().number) == (before, edition)
    assert not AuditEntry.objects.exists()


def test_a_repair_that_cannot_be_made_whole_is_not_made_at_all() -> None:
    Appearance.objects.all().delete()
    rows = ReferenceVersion.objects.published().filter(what="sources/lamp-trial")
    faults.change(rows, words={**rows.get().words, "kind": "nonsense"})
    before = loads.rows()

    with pytest.raises(publishing.CannotPublish, match="nonsense"):
        drift.repair(at=loads.LATER)

    assert loads.rows() == before
