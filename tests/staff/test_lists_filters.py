"""Each filter beside a list keeps what fits its answer, and nothing else."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from explainer.library import publishing
from explainer.library.models import ArticleVersion, Claim, ClaimVersion, Source, Treatment
from tests.library import people, shelf
from tests.library.people import ALL, AT

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
    other = Treatment(key="other", name="Another", products=[["mix", "a mix"]])
    trial = Source(key="trial", title="A trial", kind="trial", seen="abstract", appraisal="Ours.")
    publishing.revise(rows=[other, trial], by=None, reason="A test", at=AT)
    drafts = [
        shelf.claim_draft("plain"),
        shelf.claim_draft("topic", topic="safety"),
        shelf.claim_draft("warning", bearing="warning"),
        shelf.claim_draft("doubt", level="under-investigation"),
        shelf.claim_draft("elsewhere"),
    ]
    Claim.objects.filter(key="t/elsewhere").update(key="other/elsewhere", treatment=other)
    texts = [shelf.article_draft(key, LINK) for key in ("t/faq", "t/safety", "other/safety")]
    ArticleVersion.objects.update(summary=LINK)
    shelf.publish(*drafts, *(text.siblings.get() for text in texts))
    people.drafted(Claim.objects.get(key="t/plain"), ana)
    ClaimVersion.objects.open().update(level="unsupported")


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
]


@pytest.mark.parametrize(("model", "name", "chosen", "kept"), FILTERS)
def test_a_filter_keeps_what_fits_its_answer(
    client, ana, model: str, name: str, chosen: str, kept: set[str]
) -> None:
    client.force_login(ana)

    page = client.get(reverse(f"admin:library_{model}_changelist"), {name: chosen}).text

    assert set(re.findall(r'field-key_column"><a[^>]*>([^<]+)<', page)) == kept
