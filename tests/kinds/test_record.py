"""A record says who did what and when, shows its source, and carries no label."""

import pytest

from explainer.kinds import RECORD
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
    assert 'href="/sources/regulator-2020/"' in page.content.decode()
    assert '<time datetime="2020-05-04">4 May 2020</time>' in page.content.decode()
    assert "label--" not in page.content.decode()
    assert 'href="/records/t/warning/"' in listed.content.decode()
    assert "/records/t/warning/</loc>" in client.get("/sitemap.xml").content.decode()


def test_nothing_is_shown_of_a_record_that_is_not_public(regulator, client):
    record()

    assert client.get("/records/t/warning/").status_code == 404
    assert "warned clinics" not in client.get("/records/").content.decode()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"source": "clinic-a"}, "no-official-source"),
        ({"source": "nobody"}, "unknown-source"),
        ({"date": "2021-05-04"}, "no-year-said"),
        ({"date": "May"}, "no-date"),
        ({"statement": "In May 2020 the regulator praised a miracle."}, "refused-word"),
        (
            {"statement": "In May 2020 the regulator said that cells regrow hair."},
            "effect-in-record",
        ),
        ({"says": "Says that hair grows back."}, "effect-in-record"),
        ({"body": "Ask the clinic.\n\nIt works for most people."}, "effect-in-record"),
    ],
)
def test_what_is_no_act_on_record_is_refused(regulator, words, code):
    codes = {problem.code for _, problem in all_problems([record(**words)])}

    assert code in codes


def test_staff_begin_a_record_in_the_form_and_go_on_with_it(regulator, client):
    client.force_login(people.staff("ana", *people.ALL))
    words = {"treatment": "t", "key": "warning", **shelf.RECORD_FIELDS}

    begun = client.get("/admin/desk/new/records/")
    made = client.post("/admin/desk/new/records/", words)
    form = client.get("/admin/desk/edit/records/t/warning/")

    assert 'name="date"' in begun.content.decode()
    assert (made.status_code, form.status_code) == (302, 200)
    assert 'value="2020-05-04"' in form.content.decode()
