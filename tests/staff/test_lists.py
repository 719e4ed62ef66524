"""A list says of each entry what is live, what waits, what is late and what has problems."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from explainer.library import beginning, drafts, publishing, releasing, reviewing, words
from explainer.library.models import Claim, ClaimVersion, Source, State
from explainer.staff.lists import problems
from tests.library import shelf
from tests.library.test_story import staff

pytestmark = pytest.mark.django_db
AT = shelf.NOON + timedelta(days=1)
GOOD = {"note": "Reads better."}
REVIEWER = reviewing.Reviewer("Dr B. Example", "Dermatologist", date(2027, 1, 2))


@pytest.fixture(autouse=True)
def treatment():
    cache.clear()
    return shelf.treatment()


@pytest.fixture
def ana():
    return staff("ana", "author", "reviewer", "publisher")


@pytest.fixture
def ben():
    return staff("ben", "author", "reviewer", "publisher")


def public(slug="hope", **given):
    version = shelf.claim_draft(slug, note="First.", **given)
    shelf.publish(version)
    return version.claim


def drafted(what, by, **given):
    version = beginning.start(identity=what, by=by, at=AT)
    drafts.save(version=version, base=0, given={**GOOD, **given}, by=by, at=AT)
    return version


def shown(client, who, model="claim", **query):
    client.force_login(who)
    page = client.get(reverse(f"admin:library_{model}_changelist"), query).content.decode()
    table = re.search(r'<table id="result_list">.*?<tbody>(.*)</tbody>', page, re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.S) if table else []
    return [" | ".join(re.findall(r">([^<]+)<", row)) for row in rows]


def test_a_claim_has_one_row_with_its_newest_words_and_the_label_readers_see(client, ana):
    drafted(
        public(), ana, statement="It is not known yet whether it helps hair.", bearing="promise"
    )
    ClaimVersion.objects.open().update(level="under-investigation")

    (row,) = shown(client, ana)

    assert "It is not known yet" in row
    assert "Under investigation (readers see: Plausible)" in row
    assert "Published, draft open" in row
    assert "3 Jan 2026, ana" in row


def test_every_stage_is_said_in_plain_words(client, ana, ben):
    for slug in ("a-live", "b-draft", "c-review", "d-approved", "e-timed", "f-gone", "g-again"):
        public(slug, statement=f"The treatment may help hair {slug}.")
    claims = {claim.slug: claim for claim in Claim.objects.all()}
    drafted(claims["b-draft"], ana)
    for slug in ("c-review", "d-approved", "e-timed"):
        version = drafted(claims[slug], ana, why="[Because of this.](background:)")
        reviewing.submit(version=version, base=1, by=ana, at=AT)
        if slug != "c-review":
            reviewing.approve(version=version, base=1, by=ben, at=AT, reviewer=REVIEWER)
    when = AT + timedelta(days=9)
    releasing.schedule(version=version, base=1, by=ana, at=AT, when=when)
    for slug in ("f-gone", "g-again"):
        releasing.withdraw(what=claims[slug], base=1, by=ana, reason="It was wrong.", at=AT)
    drafted(claims["g-again"], ana)
    beginning.begin_claim(key="t/h-new", given={"statement": "New."}, by=ana, at=AT)

    states = [re.findall("Publ[^|]*|In rev[^|]*|Appr[^|]*|Sched[^|]*|Withd[^|]*|Draft[^|]*", row)[0]
              for row in shown(client, ana)]  # fmt: skip

    assert [state.strip() for state in states] == [
        "Published",
        "Published, draft open",
        "In review",
        "Approved, waiting to be published",
        "Scheduled for 12 Jan 2026, 12:00",
        "Withdrawn",
        "Withdrawn, draft open",
        "Draft, never public",
    ]


def test_a_late_review_says_so(client, ana):
    for slug, due in (("late", -1), ("soon", 5), ("later", 90)):
        version = shelf.claim_draft(slug, statement=f"The treatment may help {slug}.")
        day = timezone.localdate() + timedelta(days=due)
        ClaimVersion.objects.filter(pk=version.pk).update(
            review_due=day,
            reviewed_by="Dr",
            reviewer_qualification="MD",
            reviewed_at=day - timedelta(days=9),
        )
        shelf.publish(version)
    public()

    assert "Overdue since" in shown(client, ana, q="t/late")[0]
    assert "Overdue" not in shown(client, ana, q="t/soon")[0]
    assert [len(shown(client, ana, due=due)) for due in ("overdue", "soon", "none")] == [1, 1, 1]


def test_problems_of_drafts_and_of_wording_that_lags_are_counted(client, ana):
    claim = public()
    drafted(public("other", statement="The treatment may help other hair."), ana,
            statement="It cures hair loss.")  # fmt: skip
    releasing.raise_caution(
        claim=claim,
        base=1,
        level="unsupported",
        reason="not-studied",
        because="None.",
        by=ana,
        at=AT,
    )

    lagging, draft = shown(client, ana)

    assert lagging.endswith("| 1")
    assert int(draft.split("|")[-1]) > 1
    assert set(problems.lagging().messages) == {"claims/t/hope"}


def test_a_source_that_is_still_a_draft_is_in_its_list(client, ana):
    row = Source(key="x", title="A small trial", kind="trial", year=2020, seen="full")
    given = {**words.row_words(row), **GOOD}
    beginning.begin_row(subject="sources/a-trial", given=given, by=ana, at=AT)

    draft, live = shown(client, ana, "source")

    assert "a-trial | A small trial | Controlled trial | 2020 | Draft, never public" in draft
    assert "clinic-a | A clinic | Clinic | - | Published" in live
    assert len(shown(client, ana, "source", q="small")) == 1
    assert len(shown(client, ana, "source", kind="trial")) == 1


def test_words_are_searched_and_rows_are_sorted(client, ana):
    public("z", statement="The treatment may help old hair.")
    public("a", statement="The treatment may help young hair.")

    assert len(shown(client, ana, q="YOUNG treatment")) == 1
    assert [row.split(" | ")[0] for row in shown(client, ana, o="-0")] == ["t/z", "t/a"]
    for column in range(7):
        assert len(shown(client, ana, o=f"-{column}")) == 2


def test_three_hundred_rows_take_as_many_queries_as_one(client, ana):
    drafted(public(), ana)
    client.force_login(ana)
    address = reverse("admin:library_claim_changelist")
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address, {"all": ""})
    claim = Claim.objects.get()
    made = Claim.objects.bulk_create(
        Claim(key=f"t/c{number}", treatment=claim.treatment) for number in range(300)
    )
    ClaimVersion.objects.bulk_create(
        ClaimVersion(claim=row, number=1, created_at=AT, statement="It may.", level="plausible",
                     bearing="promise") for row in made
    )  # fmt: skip
    ClaimVersion.objects.filter(claim__in=made)._transition(to=State.PUBLISHED, published_at=AT)

    with CaptureQueriesContext(connection) as for_many:
        page = client.get(address, {"all": ""}).content.decode()

    assert page.count("field-key_column") == 301
    assert len(for_many) == len(for_one) < 15


def test_many_unread_drafts_are_examined_a_few_at_a_time(client, ana, monkeypatch):
    monkeypatch.setattr(problems, "AT_ONCE", 2)
    for slug in ("a", "b", "c"):
        drafted(public(slug, statement=f"The treatment may help {slug}."), ana)

    first, second = shown(client, ana), shown(client, ana)

    assert [row.endswith("Not counted yet") for row in first] == [False, False, True]
    assert [row.endswith("Not counted yet") for row in second] == [False, False, False]


def test_a_row_published_again_is_listed_once(client, ana):
    publishing.revise(rows=Source.objects.all(), by=None, reason="Again", at=AT)

    assert len(shown(client, ana, "source")) == 1
