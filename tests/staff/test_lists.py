"""A list says of each entry what is live, what waits, what is late and what has problems."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from explainer.kinds import CLAIM, SOURCE
from explainer.kinds.schema import in_order
from explainer.library import drafts, emergency
from explainer.library.derive import derive_all
from explainer.library.models import Document, Revision, State
from explainer.staff import problem_counts
from tests.library import people, shelf
from tests.library.people import ALL, AT, drafted, staff
from tests.library.people import public_claim as public
from tests.staff.rows import doubted, reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treatment():
    cache.clear()
    return shelf.treatment()


@pytest.fixture
def ana():
    return staff("ana", *ALL)


@pytest.fixture
def ben():
    return staff("ben", *ALL)


def shown(client, who, model="claim", **query):
    client.force_login(who)
    page = client.get(reverse(f"admin:library_{model}_changelist"), query).text
    table = re.search(r'<table id="result_list">.*?<tbody>(.*)</tbody>', page, re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.S) if table else []
    return [" | ".join(re.findall(r">([^<]+)<", row)) for row in rows]


def test_a_claim_has_one_row_with_its_newest_words_and_the_label_readers_see(client, ana):
    doubt = [shelf.position("under-investigation")]
    drafted(public(), ana, statement="It is not known yet whether it helps.", positions=doubt)

    (row,) = shown(client, ana)

    assert "It is not known yet" in row
    assert "Under investigation (readers see: Plausible)" in row
    assert "Published, draft open" in row
    assert "3 Jan 2026, ana" in row


def test_every_status_is_said_in_plain_words(client, ana, ben):
    claims = {
        slug: public(slug, statement=f"The treatment may help hair {slug}.")
        for slug in ("a-live", "b-draft", "c-review", "d-approved", "e-timed", "f-gone", "g-again")
    }
    why = {"why": "[Because of this.](background:)"}
    drafted(claims["b-draft"], ana)
    people.submitted(claims["c-review"], ana, **why)
    people.approved(claims["d-approved"], ana, ben, **why)
    people.scheduled(claims["e-timed"], ana, ben, AT + timedelta(days=9), **why)
    for slug in ("f-gone", "g-again"):
        given = {"document": claims[slug], "expected": 1, "reason": "It was wrong."}
        emergency.withdraw(**given, actor=ana, now=AT)
    drafted(claims["g-again"], ana)
    new = {"kind": CLAIM, "actor": ana, "now": AT}
    drafts.create(**new, key="t/h-new", fields={"statement": "New."})
    thrown = drafts.create(**new, key="t/i-thrown-away", fields={"statement": "No."})
    drafts.discard(revision=thrown, expected=0, actor=ana, now=AT)

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
        reviewed(slug, due)
    public()

    assert "Overdue since" in shown(client, ana, q="t/late")[0]
    assert "Overdue" not in shown(client, ana, q="t/soon")[0]
    assert [len(shown(client, ana, due=due)) for due in ("overdue", "soon", "none")] == [1, 1, 1]


def test_problems_of_drafts_and_of_wording_that_lags_are_counted(client, ana):
    claim = public()
    drafted(public("other", statement="The treatment may help other hair."), ana,
            statement="It cures hair loss.")  # fmt: skip
    doubted(claim, ana)

    lagging, draft = shown(client, ana)

    assert lagging.endswith("| 1")
    assert int(draft.split("|")[-1]) > 1
    assert set(problem_counts.wording()["messages"]) == {"claims/t/hope"}


def test_a_source_that_is_still_a_draft_is_in_its_list(client, ana):
    fields = {"title": "A small trial", "kind": "trial", "year": 2020, "seen": "full"}
    drafts.create(kind=SOURCE, key="a-trial", fields=fields, actor=ana, now=AT)

    draft, live = shown(client, ana, "source")

    assert "a-trial | A small trial | Controlled trial | 2020 | Draft, never public" in draft
    assert "clinic-a | A clinic | Clinic | - | Published" in live
    assert len(shown(client, ana, "source", q="small")) == 1
    assert len(shown(client, ana, "source", kind="trial")) == 1


def test_words_are_searched_and_rows_are_sorted(client, ana):
    public("z", statement="The treatment may help old hair.")
    public("a", statement="The treatment may help young hair.")

    assert len(shown(client, ana, q="YOUNG treatment")) == 1
    assert len(shown(client, ana, q="young A TRIAL because")) == 1
    assert shown(client, ana, q="young nonsense") == []
    assert [row.split(" | ")[0] for row in shown(client, ana, o="-0")] == ["t/z", "t/a"]
    for column in range(7):
        assert len(shown(client, ana, o=f"-{column}")) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("clinic’s own", 1),
        ("clinic's own", 1),
        ("“own leaflet”", 1),
        ('"own leaflet"', 1),
        ('"leaflet own"', 0),
        ("non‑invasive", 1),
        ("ÜBER", 1),
        ("“natural”", 1),
        ("bene\ufb01t", 1),
        ("clinic’s leaflet’s", 0),
    ],
)
def test_what_is_typed_is_folded_as_the_words_are(client, ana, query, found):
    why = 'Über a clinic\'s own leaflet: "natural", non\u2010invasive, a benefit.'
    public(why=why)
    public("other", statement="The treatment may help other hair.")
    about = {"kind": "trial", "appraisal": f"Its “title” says: {why}"}
    shelf.publish(shelf.source_draft("trial-1", title="A trial", **about))

    assert len(shown(client, ana, q=query)) == found
    assert len(shown(client, ana, "source", q=query)) == found
    offered = {"app_label": "library", "model_name": "position", "field_name": "source"}
    answer = client.get(reverse("admin:autocomplete"), {**offered, "term": query})
    assert len(answer.json()["results"]) == found


def test_a_list_is_sorted_by_what_its_columns_show(client, ana):
    public()
    for key, kind, year in (("b", "trial", 2001), ("c", "laboratory", 2020), ("a", "trial", 2011)):
        shelf.publish(shelf.source_draft(key, title=key, kind=kind, year=year))

    by_kind, by_year = (shown(client, ana, "source", o=order) for order in ("2", "-3"))

    assert [row.split(" | ")[0] for row in by_kind] == ["clinic-a", "c", "a", "b"]
    assert [row.split(" | ")[0] for row in by_year if " | 20" in row] == ["c", "a", "b"]


def test_three_hundred_rows_take_as_many_queries_as_one(client, ana):
    drafted(public(), ana)
    client.force_login(ana)
    address = reverse("admin:library_claim_changelist")
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address, {"all": ""})
    made = Document.objects.bulk_create(
        Document(kind=CLAIM, key=f"t/c{number}") for number in range(300)
    )
    fields = in_order(CLAIM.schema, {"statement": "It may.", "bearing": "promise"})
    Revision.objects.bulk_create(
        Revision(document=row, number=1, created_at=AT, fields=fields, level="plausible")
        for row in made
    )
    Revision.objects.filter(document__in=made).transition(to=State.PUBLISHED, published_at=AT)
    derive_all(made)

    with CaptureQueriesContext(connection) as for_many:
        page = client.get(address, {"all": ""}).text

    assert page.count("field-key_column") == 301
    assert len(for_many) == len(for_one) < 15


def test_many_unread_drafts_are_examined_a_few_at_a_time(client, ana, monkeypatch):
    monkeypatch.setattr(problem_counts, "AT_ONCE", 2)
    for slug in ("a", "b", "c"):
        drafted(public(slug, statement=f"The treatment may help {slug}."), ana)

    first, second = shown(client, ana), shown(client, ana)

    assert [row.endswith("Not counted yet") for row in first] == [False, False, True]
    assert [row.endswith("Not counted yet") for row in second] == [False, False, False]


def test_a_row_published_again_is_listed_once(client, ana):
    shelf.publish(shelf.source_draft(title="A clinic, again"), now=AT)

    assert len(shown(client, ana, "source")) == 1
