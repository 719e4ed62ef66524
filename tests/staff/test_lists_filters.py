"""Each filter beside a list keeps what fits its answer; what waits follows rights and people."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from explainer.kinds import CLAIM, TREATMENT
from explainer.library import drafts, workflow
from explainer.library.models import Revision
from tests.library import people, shelf
from tests.library.people import AT, REVIEWER, staff

pytestmark = pytest.mark.django_db

LINK = "[](claim:t/plain)"
CLAIMS = ("t/plain", "t/topic", "t/warning", "t/doubt", "other/elsewhere")


@pytest.fixture
def rows(ana):
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


def listed(user, model="claim", **query):
    """Give the keys in somebody's list."""
    client = Client()
    client.force_login(user)
    page = client.get(reverse(f"admin:library_{model}_changelist"), query).text
    return set(re.findall(r'field-key_column"><a[^>]*>([^<]+)<', page))


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
def test_a_filter_keeps_what_fits_its_answer(rows, ana, model, name, value, expected):
    assert listed(ana, model, **{name: value}) == expected


ROLES = ("author", "reviewer", "publisher", "administrator")
SUBMIT = "author", workflow.submit
APPROVE = "reviewer", partial(workflow.approve, reviewer=REVIEWER)
SCHEDULE = "publisher", partial(workflow.schedule, when=AT + timedelta(days=1))
SEND_BACK = "reviewer", partial(workflow.send_back, comment="Name the source.")
SAVE = "all", partial(drafts.save, fields={"ask": "What is in it?"})
WAITS = {
    "a draft for nobody": ((), set(), {"author"}),
    "what is in review for reviewers who wrote none of it": (
        (SUBMIT,), {"reviewer", "all"}, {"author"},
    ),
    "not for who saved it once": ((SAVE, SUBMIT), {"reviewer"}, {"author", "all"}),
    "what is approved for publishers": ((SUBMIT, APPROVE), {"publisher", "all"}, {"author"}),
    "what has a time for nobody": ((SUBMIT, APPROVE, SCHEDULE), set(), {"author"}),
    "what was sent back for its writers": ((SUBMIT, SEND_BACK), {"author"}, {"author"}),
    "what was submitted again for reviewers": (
        (SUBMIT, SEND_BACK, SUBMIT), {"reviewer", "all"}, {"author"},
    ),
}  # fmt: skip
"""What waits, after which steps of whom; for whom, and whose drafts it is."""


@pytest.mark.parametrize(("steps", "waits", "mine"), WAITS.values(), ids=WAITS)
def test_a_list_says_what_waits_for_whom_and_whose_it_is(steps, waits, mine):
    roles = {name: staff(name, name) for name in ROLES} | {"all": staff("all", *ROLES)}
    words = {"why": "[Because of this.](background:)"}
    revision = people.drafted(people.public_claim(), roles["author"], **words)
    for name, verb in steps:
        verb(revision=revision, expected=revision.lock_version, actor=roles[name], now=AT)

    assert {name for name, user in roles.items() if listed(user, whose="waits")} == waits
    assert {name for name, user in roles.items() if listed(user, whose="mine")} == mine
