"""Each filter beside a list keeps what fits its answer, and nothing else."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from explainer.kinds import CLAIM, TREATMENT
from explainer.library.models import Revision
from tests.library import people, shelf
from tests.library.people import ALL

pytestmark = pytest.mark.django_db

LINK = "[](claim:t/plain)"
CLAIMS = ("t/plain", "t/topic", "t/warning", "t/doubt", "other/elsewhere")


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture(autouse=True)
def _rows(ana) -> None:
    """Publish claims, articles and sources that differ in what the filters ask."""
    cache.clear()
    shelf.treatment()
    trial = shelf.source_draft("trial", title="A trial", kind="trial", seen="abstract")
    other = shelf.draft(TREATMENT, "other", **{**shelf.TREATMENT_FIELDS, "name": "Another"})
    shelf.publish(trial, other)
    doubt = [shelf.position("under-investigation")]
    shelf.publish(
        shelf.claim_draft("plain"),
        shelf.claim_draft("topic", topic="safety"),
        shelf.claim_draft("warning", bearing="warning"),
        shelf.claim_draft("doubt", positions=doubt),
        shelf.draft(CLAIM, "other/elsewhere", **shelf.CLAIM_FIELDS),
    )
    texts = ("t/faq", "t/safety", "other/safety")
    shelf.publish(*(shelf.article_draft(key, LINK, summary=LINK) for key in texts))
    people.drafted(shelf.document("claims/t/plain"), ana)
    Revision.objects.open().update(level="unsupported")


FILTERS = [
    ("claim", "treatment", "other", {"other/elsewhere"}),
    ("claim", "topic", "safety", {"t/topic"}),
    ("claim", "bearing", "warning", {"t/warning"}),
    ("claim", "level", "under-investigation", {"t/doubt"}),
    ("claim", "level", "unsupported", {"t/plain"}),
    ("claim", "level", "plausible", {"t/plain", "t/topic", "t/warning", "other/elsewhere"}),
    ("claim", "state", "rewritten", {"t/plain"}),
    ("article", "treatment", "t", {"t/faq", "t/safety"}),
    ("article", "topic", "faq", {"t/faq"}),
    ("source", "kind", "trial", {"trial"}),
    ("source", "seen", "full", {"clinic-a"}),
    ("claim", "bearing", "nonsense", {*CLAIMS}),
    ("claim", "due", "overdue", set()),
    ("claim", "due", "none", {*CLAIMS}),
    ("claim", "whose", "mine", {"t/plain"}),
]


@pytest.mark.parametrize(("model", "name", "value", "expected"), FILTERS)
def test_a_filter_keeps_what_fits_its_answer(
    client, ana, model: str, name: str, value: str, expected: set[str]
) -> None:
    client.force_login(ana)

    page = client.get(reverse(f"admin:library_{model}_changelist"), {name: value}).text

    assert set(re.findall(r'field-key_column"><a[^>]*>([^<]+)<', page)) == expected
