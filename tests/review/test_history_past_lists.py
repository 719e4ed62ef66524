"""Pages that are gathered from others, as they were: the list of claims, sheets, changes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from tests.library import people, shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

NOON = shelf.NOON
DAY = timedelta(days=1)


@pytest.fixture
def told(client):
    """Noon: two claims. A day later: one relabelled, all renamed. Two: the other withdrawn."""
    shelf.treatment()
    questions = "## At the desk\n\n::: guidance\n- Who treats me?\n- Who says so?\n:::"
    shelf.publish(
        shelf.term_draft(also=["head"], definition="Skin."),
        shelf.claim_draft(ask="Nobody asks this of what is plausible?"),
        shelf.claim_draft("more", statement="It helps more.", ask="Who says so?", **shop.VAIN),
        shelf.article_draft("questions", questions),
    )
    changed = {"statement": "No study shows hair.", "topic": "safety", "ask": "Who  saw it?"}
    shelf.publish(
        shelf.source_draft(title="Renamed", sells_treatment=True),
        shelf.term_draft(also=["head"], definition="What holds hair."),
        shelf.draft(shop.TREATMENT, "t", **{**shelf.TREATMENT_FIELDS, "name": "The cure"}),
        shelf.claim_draft(**changed, **shop.VAIN),
        now=NOON + DAY,
    )
    shop.withdraw("claims/t/more", "It was wrong.", NOON + 2 * DAY)
    client.force_login(people.staff("ana"))

    def ask(address, days):
        asked = {"address": address, "at": (NOON + days * DAY).isoformat()}
        page = html.fromstring(client.get(reverse("staff-past"), asked).text)
        return " ".join(page.xpath("//main")[0].text_content().split())

    return ask


SEEN = {
    "/claims/": [
        (["2 claims", "may help some hair", "It helps more"], ["No study"]),
        (["2 claims", "No study shows hair", "It helps more"], ["may help some hair"]),
        (["1 claim", "No study shows hair"], ["It helps more"]),
    ],
    "/claims/?level=plausible": [(["1 claim", "may help some hair"], ["It helps more"])],
    "/claims/?treatment=t&level=unsupported": [(["1 claim", "It helps more"], ["may help"])],
    "/claims/?bearing=promise&source=clinic-a": [(["2 claims"], [])],
    "/claims/?topic=safety": [
        (["No claim"], ["may help some hair"]),
        (["1 claim", "No study"], []),
    ],
    "/questions/t/": [
        (["The treatment", "Who says so?", "Who treats me?"], ["The cure", "Who saw it?"]),
        (["The cure", "Who saw it?"], ["Nobody asks this"]),
        (["Who saw it?", "Who says so?"], []),
    ],
    "/sources/": [
        (["“A clinic”"], ["Renamed"]),
        (["“Renamed”"], ["A clinic"]),
    ],
    "/glossary/": [(["Scalp", "head", "Skin."], ["holds"]), (["What holds hair."], ["Skin."])],
    "/changes/": [
        (["2 January 2026"], ["3 January 2026", "It was wrong."]),
        (["3 January 2026"], ["It was wrong."]),
        (["It was wrong."], []),
    ],
}


@pytest.mark.parametrize("address", SEEN)
def test_a_list_holds_what_it_held_then(address, told):
    for days, (there, missing) in enumerate(SEEN[address]):
        page = told(address, days)
        assert {text: text in page for text in (*there, *missing)} == {
            **dict.fromkeys(there, True),
            **dict.fromkeys(missing, False),
        }


def test_a_treatment_without_a_sheet_had_none(told):
    assert "Nothing was public at /questions/nothing/" in told("/questions/nothing/", 1)
