"""Pages that are gathered from others, as they were: register, sheets, sources, glossary."""

from datetime import timedelta

import pytest
from django.test import Client
from explainer.library.past import PastPage, page_on
from lxml import html

from explainer.library import publishing
from explainer.library.models import Claim, GlossaryTerm, Source, Treatment
from tests.library import shelf

pytestmark = pytest.mark.django_db

NOON = shelf.NOON
DAY = timedelta(days=1)
UNSUPPORTED = {"level": "unsupported", "reason": "not-studied"}
LISTS = ("/claims/", "/sources/", "/glossary/", "/questions/t/")


@pytest.fixture(autouse=True)
def history() -> None:
    """Noon: two claims. A day later: one relabelled, all renamed. Two: the other withdrawn."""
    shelf.treatment()
    term = GlossaryTerm(key="scalp", term="Scalp", also=["head"], definition="Skin.")
    publishing.revise(rows=[term], by=None, reason="A test", at=NOON)
    questions = "## At the desk\n\n::: guidance\n- Who treats me?\n- Who says so?\n:::"
    shelf.publish(
        shelf.claim_draft(ask="Nobody asks this of what is plausible?"),
        shelf.claim_draft("more", ask="Who says so?", **UNSUPPORTED),
        shelf.article_draft("t"),
        shelf.article_draft("questions", questions),
    )
    second = shelf.claim_draft(
        statement="No study shows hair.", topic="safety", ask="Who  saw it?", **UNSUPPORTED
    )
    rows = [Source.objects.get(), GlossaryTerm.objects.get(), Treatment.objects.get()]
    rows[0].title, rows[1].definition, rows[2].name = "Renamed", "What holds hair.", "The cure"
    rows[0].sells_treatment = True
    publishing.revise(rows=rows, by=None, reason="New", at=NOON + DAY)
    publishing.publish(versions=[second], by=None, reason="New", at=NOON + DAY)
    publishing.withdraw(
        what=Claim.objects.get(key="t/more"), by=None, reason="It was wrong.", at=NOON + 2 * DAY
    )


def told(page: PastPage) -> list[str]:
    return [line for text in page.texts for line in (text.title, *text.lines) if line]


def test_the_register_lists_the_claims_of_then_with_their_labels() -> None:
    first, second, third = (told(page_on("/claims/", NOON + days * DAY)) for days in range(3))

    assert first == [
        "2 claims",
        "The treatment may help some hair. Evidence: Plausible. "
        "The treatment: how it is said to work. (t/hope, version 1)",
        "The treatment may help some hair. Evidence: Unsupported. "
        "The treatment: how it is said to work. (t/more, version 1)",
    ]
    assert second[1].startswith("No study shows hair. Evidence: Unsupported. The cure:")
    assert third[0] == "1 claim"
    assert "t/more" not in third[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("level=plausible", "1 claim"),
        ("treatment=t&level=unsupported", "1 claim"),
        ("bearing=promise&source=clinic-a", "2 claims"),
        ("topic=safety", "0 claims"),
        ("level=nonsense&page=2", "2 claims"),
    ],
)
def test_the_register_was_filtered_by_its_address(query: str, found: str) -> None:
    page = page_on(f"/claims/?{query}", NOON)

    assert told(page)[0] == found
    assert page.path == "/claims/" if "nonsense" in query else query in page.path


def test_a_sheet_asks_what_the_promises_of_then_brought() -> None:
    first, second = page_on("/questions/t/", NOON), page_on("/questions/t/", NOON + DAY)

    assert first.title == "Questions to ask about The treatment"
    assert told(first) == [
        "If a clinic promises something",
        "From 1 promise labelled “Unsupported”",
        "How it is said to work",
        "Who says so? (about 1 promise)",
        "Whatever a clinic offers: At the desk",
        "Who treats me?",
    ]
    assert second.title == "Questions to ask about The cure"
    assert "Who saw it? (about 1 promise)" in told(second)
    assert "Who says so?" in told(page_on("/questions/t/", NOON + 2 * DAY))


def test_sources_and_words_are_listed_as_they_were() -> None:
    first, second = (told(page_on("/sources/", NOON + days * DAY)) for days in range(2))

    assert first == ["Clinic", "“A clinic”. Clinic. We read it in full. Speaks to 2 claims."]
    assert second[1].startswith("“Renamed”. Clinic. Sells the treatment.")
    assert told(page_on("/glossary/", NOON)) == ["Scalp (also head)", "Skin."]
    assert told(page_on("/glossary/", NOON + DAY)) == ["Scalp (also head)", "What holds hair."]


@pytest.mark.parametrize("path", LISTS)
def test_before_the_first_edition_there_was_no_list(path: str) -> None:
    assert page_on(path, NOON - DAY) is None


def test_a_treatment_without_a_sheet_had_none() -> None:
    assert page_on("/questions/nothing/", NOON) is None


@pytest.mark.parametrize("path", LISTS)
def test_the_words_of_a_list_of_today_are_those_on_the_page(client: Client, path: str) -> None:
    page = html.fromstring(client.get(path).content.decode()).find("body").text_content()
    visible = "".join(page.split())

    for text in page_on(path, NOON + 5 * DAY).texts:
        for line in text.lines:
            said = line.partition("Evidence:")[0].partition(" (about")[0].partition(".")[0]
            assert "".join(said.split()) in visible
