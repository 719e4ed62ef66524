"""A record says who did what and when, shows its source, and carries no label."""

import pytest

from explainer.kinds import RECORD, TREATMENT
from explainer.library.context import public_context
from explainer.library.validation import all_problems
from tests.library import people, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def regulator():
    shelf.treatment()
    shelf.publish(shelf.source_draft("regulator-2020", title="A warning", kind="regulator"))


def record(**words):
    return shelf.draft(RECORD, "t/warning", **{**shelf.RECORD_FIELDS, **words})


def test_a_record_has_a_page_and_stands_in_the_list(regulator, client):
    shelf.publish(record())

    page, listed = client.get("/records/t/warning/"), client.get("/records/")

    assert "In May 2020 the regulator warned clinics." in page.content.decode()
    assert "href=/sources/regulator-2020/" in page.content.decode()
    assert "<time datetime=2020-05-04>4 May 2020</time>" in page.content.decode()
    assert "label--" not in page.content.decode()
    assert "href=/records/t/warning/" in listed.content.decode()
    assert "/records/t/warning/</loc>" in client.get("/sitemap.xml").content.decode()


def test_nothing_is_shown_of_a_record_that_is_not_public(regulator, client):
    record()

    assert client.get("/records/t/warning/").status_code == 404
    assert "warned clinics" not in client.get("/records/").content.decode()


def told(**words):
    return {(found.code, found.field) for _, found in all_problems([record(**words)])}


def said(statement, *, key="t/warning", **words):
    given = {**shelf.RECORD_FIELDS, "statement": statement, **words}
    found = all_problems([shelf.draft(RECORD, key, **given)])
    return [problem.message for _, problem in found if problem.field == "statement"]


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"source": "clinic-a"}, "no-official-source", "source"),
        ({"source": "nobody"}, "unknown-source", "source"),
        ({"date": "2021-05-04"}, "no-year-said", "statement"),
        ({"date": "2020-06-04"}, "no-year-said", "statement"),
        ({"date": "May"}, "no-date", "date"),
        ({"statement": "In May 2020 they warned clinics."}, "nobody-named", "statement"),
        ({"statement": "The regulator said in May 2020 it is a miracle."}, "refused-word",
         "statement"),
        ({"statement": "In May 2020 the regulator warned clinics"}, "statement-not-one-sentence",
         "statement"),
        ({"statement": "In May 2020 the regulator came. It warned."}, "statement-not-one-sentence",
         "statement"),
        ({"says": "Says that hair grows back."}, "effect-in-record", "says"),
        ({"body": "Ask the clinic.\n\nIt works for most people."}, "effect-in-record", "body"),
    ],
)  # fmt: skip
def test_what_is_no_act_on_record_is_refused(regulator, words, code, field):
    assert (code, field) in told(**words)


@pytest.mark.parametrize(
    ("kind", "sells", "fits"),
    [
        ("regulator", False, True),
        ("professional-body", False, True),
        ("trial", False, True),
        ("review", False, True),
        ("press", False, True),
        ("series", False, False),
        ("laboratory", False, False),
        ("clinic", False, False),
        ("trial", True, False),
    ],
)
def test_only_who_can_put_it_on_record_and_sells_nothing_is_its_source(
    regulator, kind, sells, fits
):
    shelf.publish(shelf.source_draft("other", kind=kind, sells_treatment=sells))

    assert (("no-official-source", "source") in told(source="other")) is not fits


@pytest.mark.parametrize(
    "statement",
    [
        "In May 2020 the regulator said that cells regrow hair.",
        "In May 2020 the regulator said that the mix caused infections.",
        "In May 2020 the regulator heard that most people like the treatment.",
        "In May 2020 a trial found fewer lumps after shots.",
    ],
)
def test_what_came_of_a_treatment_that_is_sold_under_claims_is_no_record(regulator, statement):
    (message,) = said(statement)

    assert "make the rest a claim" in message


@pytest.mark.parametrize(
    "statement",
    [
        "In 2020 the US regulator warned clinics after patients were harmed.",
        "A trial of 2020 gave the mix in three sessions, a month apart.",
        "A trial of May 2020 gave the mix to men, and those with infections were left out.",
        "On 4 May 2020 a court ruled that the mix is a drug in law.",
    ],
)
def test_an_act_and_what_was_done_in_a_trial_are_records(regulator, statement):
    assert said(statement) == []


@pytest.fixture
def option(regulator):
    words = {"name": "Pills", "role": "option", "products": [["mix", "Mix"], ["tablet", "Tablet"]]}
    shelf.publish(shelf.draft(TREATMENT, "pills", **{**shelf.TREATMENT_FIELDS, **words}))
    other = {"name": "Waiting", "role": "option", "products": [["rest", "Rest"]]}
    shelf.publish(shelf.draft(TREATMENT, "wait", **{**shelf.TREATMENT_FIELDS, **other}))
    shelf.publish(*(shelf.source_draft(kind, kind=kind) for kind in ("trial", "review")))


GREW = "In May 2020 a trial reported more growth with the {} than with placebo."


@pytest.mark.parametrize(
    ("what", "source", "key", "fits"),
    [
        ("tablet", "trial", "pills/growth", True),
        ("tablet", "regulator-2020", "pills/growth", True),
        ("mix", "trial", "pills/growth", True),
        ("tablet and waiting", "trial", "pills/growth", True),
        ("mix shots", "trial", "pills/growth", False),
        ("tablet", "review", "pills/growth", False),
        ("tablet, in a review of 3 trials,", "review", "pills/growth", True),
        ("cream", "trial", "pills/growth", False),
        ("tablet beside the treatment", "trial", "pills/growth", False),
        ("tablet", "trial", "t/growth", False),
    ],
)
def test_a_result_is_on_record_only_for_an_option_that_is_named(option, what, source, key, fits):
    found = said(GREW.format(what).replace("more growth", "regrowth"), key=key, source=source)

    assert (found == []) is fits


PRICED = "In May 2026 a seller's website asked {} for one session of the treatment."


@pytest.mark.parametrize(
    ("statement", "fits"),
    [
        (PRICED.format("US$ 3,000 to 8,000"), True),
        (PRICED.format("Rs 5,000"), True),
        (PRICED.format("a high price"), False),
        (PRICED.format("£300").replace("a seller's website", "somebody"), False),
        (PRICED.format("£300").replace("asked", "regrows hair for"), False),
    ],
)  # fmt: skip
def test_a_price_is_an_act_of_who_asks_it_and_nothing_more(regulator, statement, fits):
    assert (told(statement=statement, source="clinic-a", date="2026-05-01") == set()) is fits


BESIDE_A_SUM = [
    "In May 2026 a clinic asked £300 for a session, half the price of a drug that does nothing.",
    "In May 2026 a clinic asked £300 for a session, less than a transplant that scars.",
    "In May 2026 a clinic asked £300 for a session, with your money back if it fails.",
    "In May 2026 a clinic asked £300 for a session and promised hair.",
    "In May 2026 a clinic asked £300 for a session that doctors advise.",
    "In May 2026 a clinic asked £300 and told of 98% who gained.",
    "In May 2026 a clinic asked £300 for results within weeks.",
]


@pytest.mark.parametrize("statement", BESIDE_A_SUM)
def test_no_comparison_and_no_promise_stands_beside_a_price(regulator, statement):
    found = told(statement=statement, source="clinic-a", date="2026-05-01")

    assert found == {("effect-in-record", "statement")}


@pytest.mark.parametrize(
    "words",
    [
        {"name": "Money back if it fails"},
        {"says": "Says there is nothing to lose."},
        {"body": "It is worth the money."},
    ],
)
def test_no_promise_stands_in_the_other_words_of_a_price(regulator, words):
    priced = {"statement": PRICED.format("£300"), "source": "clinic-a", "date": "2026-05-01"}

    assert told(**priced, **words) == {("effect-in-record", *words)}


def test_a_sum_that_nobody_asks_makes_no_record_of_a_sellers_words(regulator):
    statement = "In May 2026 a clinic told that 5,000 people had paid £300."

    found = told(statement=statement, source="clinic-a", date="2026-05-01")

    assert ("no-official-source", "source") in found


def test_neither_a_seller_nor_a_review_that_counts_no_trials_tells_a_result(option):
    shelf.publish(shelf.source_draft("sold", kind="trial", sells_treatment=True))
    priced = "In May 2020 a clinic asked £3 for the tablet, and counted regrowth."
    vague = "In May 2020 a review reported regrowth with the tablet, though trials are needed."

    assert said(priced, key="pills/a", source="sold")
    assert said(vague, key="pills/b", source="review")


def test_even_of_an_option_nothing_is_praised(option):
    (found,) = said(
        "A trial of 2020 found the tablet well tolerated.", key="pills/a", source="trial"
    )

    assert "'well tolerated'" in found


def test_staff_begin_a_record_in_the_form_and_go_on_with_it(regulator, client):
    client.force_login(people.staff("ana", *people.ALL))
    words = {"treatment": "t", "key": "warning", **shelf.RECORD_FIELDS}

    begun = client.get("/admin/desk/new/records/")
    made = client.post("/admin/desk/new/records/", words)
    form = client.get("/admin/desk/edit/records/t/warning/")

    assert 'name="date"' in begun.content.decode()
    assert (made.status_code, form.status_code) == (302, 200)
    assert 'value="2020-05-04"' in form.content.decode()


@pytest.mark.parametrize(
    ("publisher", "statement", "who"),
    [
        ("US Food and Drug Administration", "In May 2020 the FDA warned clinics.", "FDA"),
        ("US Drug Office (USDO)", "In May 2020 the USDO warned clinics.", "USDO"),
        ("US Court of Appeals, Ninth Circuit", "In 2020 a court ruled.", "US Court of Appeals"),
        ("US Drug Office", "In May 2020 it looked at LEDO lamps.", "US Drug Office"),
        ("", "In May 2020 a board warned clinics.", "A clinic"),
    ],
)
def test_a_record_names_who_acted_as_its_statement_does(regulator, publisher, statement, who):
    shelf.publish(shelf.source_draft("office", kind="regulator", publisher=publisher))
    entry = record(statement=statement, source="office").entry

    assert RECORD.noun(entry, public_context()).mark == f"On record: {who}, 2020"


def test_what_a_review_says_of_an_agency_is_on_record_as_the_reviews(regulator):
    shelf.publish(shelf.source_draft("review-2020", kind="review", publisher="A Journal"))
    statement = "In May 2020 a review said that the regulator, the FDA, had approved nothing."
    entry = record(statement=statement, source="review-2020").entry

    assert RECORD.noun(entry, public_context()).mark == "On record: a review, 2020"
