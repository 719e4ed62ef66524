"""A claim is found by words of its statement or key, and wildcards are only signs."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from explainer.kinds import TREATMENT
from explainer.library import publishing
from explainer.staff.live import MOST, search
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def claims():
    cache.clear()
    shelf.treatment()
    shelf.publish(shelf.claim_draft("hope"))
    shelf.publish(
        shelf.claim_draft("pain", statement="Needles hurt 50% of people.", bearing="warning")
    )
    shelf.claim_draft("new", statement="A new_claim about needles.", label="")


def keys(query, **more):
    return [found["key"] for found in search(query, **more)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("needles", ["t/new", "t/pain"]),
        ("NEEDLES people", ["t/pain"]),
        ("people needles", ["t/pain"]),
        ("needles nothing", []),
        ("t/ho", ["t/hope"]),
        ("pain", ["t/pain"]),
        ("%", ["t/pain"]),
        ("_", ["t/new"]),
        ('"', []),
        ("\\", []),
        ("\x00", ["t/hope", "t/new", "t/pain"]),
        ("ne\x00edles", ["t/new", "t/pain"]),
        ("", ["t/hope", "t/new", "t/pain"]),
        ("   ", ["t/hope", "t/new", "t/pain"]),
    ],
)
def test_every_word_must_occur_as_it_is_written(query, found):
    assert keys(query) == found


def test_a_query_of_any_length_is_answered():
    assert keys("needles " * 5_000) == ["t/new", "t/pain"]


def test_a_claim_is_listed_with_label_treatment_and_state():
    hope, new, pain = search("")

    assert (hope["label"], hope["modifier"], hope["state"]) == (
        "Plausible",
        "plausible",
        "published",
    )
    assert (pain["label"], pain["modifier"]) == ("Warning: plausible", "warning")
    assert pain["treatment"] == "t"
    assert (new["label"], new["modifier"], new["state"]) == ("No label yet", "", "draft")


def test_a_claim_is_listed_once_with_its_public_words():
    shelf.claim_draft("hope", statement="The treatment may help much hair.")

    assert [found["statement"] for found in search("help")] == ["The treatment may help some hair."]
    assert [found["state"] for found in search("help much")] == ["draft"]


def test_what_is_no_longer_public_is_not_offered():
    hope = shelf.document("claims/t/hope")
    publishing.withdraw(document=hope, actor=None, reason="Wrong.", now=shelf.NOON)

    assert keys("") == ["t/new", "t/pain"]


def test_a_treatment_narrows_the_list():
    shelf.draft(TREATMENT, "u", name="Another")

    assert keys("", treatment="t") == ["t/hope", "t/new", "t/pain"]
    assert keys("", treatment="u") == keys("", treatment="\x00") == []


def test_no_more_than_twenty_are_listed_in_one_query(django_assert_num_queries):
    for number in range(MOST + 1):
        shelf.claim_draft(f"more{number}")

    with django_assert_num_queries(1):
        assert len(search("")) == MOST


def test_the_answer_is_json_for_the_picker(admin_client):
    response = admin_client.get(reverse("live-claims"), {"q": "hurt", "treatment": "t"})

    assert response.json() == {
        "claims": [
            {
                "key": "t/pain",
                "statement": "Needles hurt 50% of people.",
                "label": "Warning: plausible",
                "modifier": "warning",
                "treatment": "t",
                "state": "published",
            }
        ]
    }
