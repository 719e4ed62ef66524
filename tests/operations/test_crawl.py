"""Links of public texts are followed to the pages themselves, and the places within them."""

import pytest

from explainer.library import publishing
from explainer.operations.crawl import Site
from tests.files import loads
from tests.library import shelf
from tests.operations import faults
from tests.operations.faults import SAFETY, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(tmp_path) -> None:
    faults.sound(tmp_path)


@pytest.mark.parametrize(
    ("link", "refusal"),
    [
        ("/nowhere/", "where there is no page"),
        ("/red-light/nowhere/", "where there is no page"),
        ("/claims/red-light/nothing/", "where there is no page"),
        ("/admin/", "where there is no page"),
        ("/gone/", "which was withdrawn"),
        ("/notes/#nothing", "but that page has no place called 'nothing'"),
        ("#nothing", "but that page has no place called 'nothing'"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(link: str, refusal: str) -> None:
    gone = shelf.article_draft("gone", "[Gone.](background:)", summary="[Gone.](background:)")
    publishing.publish(revisions=[gone], actor=None, reason="A test", now=loads.AT)
    publishing.withdraw(document=gone.document, actor=None, reason="It was wrong.", now=loads.LATER)
    faults.rewrite(SAFETY, f"Read [this]({link}).")

    (line,) = told()

    assert line == (
        f"{SAFETY}: body, line 9: A link leads to '{link}', {refusal}. Correct it, or take it out."
    )


@pytest.mark.parametrize(
    "link",
    ["/notes/", "/notes", "/red-light/safety/#what-was-seen", "#what-was-seen", "/claims/?page=1",
     "https://elsewhere.example/nothing", "mailto:a@clinic.example"],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_no_fault(link: str) -> None:
    faults.rewrite(SAFETY, f"Read [this]({link}).")

    assert told() == []


@pytest.mark.parametrize(
    "link",
    [
        "https://clinic.com/about/",
        "https://clinic.co.example/",
        "mailto:a@clinic.co",
        "/static/a.css",
    ],
)
def test_what_is_no_page_of_this_site_is_not_followed(settings, link: str) -> None:
    settings.SITE_URL = "https://clinic.co"

    assert Site().refusal(link, "/notes/") == ""


def test_this_sites_own_name_before_a_link_makes_no_difference(settings) -> None:
    settings.SITE_URL = "https://clinic.co"

    assert Site().refusal("https://clinic.co/notes/", "/notes/") == ""
    assert Site().refusal("https://clinic.co/nowhere/", "/notes/") == "where there is no page"
