"""A record goes where a claim goes: public before its texts, changed with them, struck through."""

from datetime import timedelta

import pytest

from explainer.editor.impact import impact_of
from explainer.kinds import RECORD
from explainer.library import publishing
from explainer.library.publishing import outdated_mentions, public_context
from explainer.library.rendering import explain_page
from explainer.library.workflow import CannotPublish
from tests.library import people, shelf

pytestmark = pytest.mark.django_db
WARNED = "In May 2020 the regulator warned clinics."
LATER = shelf.NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def treatment():
    shelf.treatment()
    words = {"title": "A warning", "kind": "regulator"}
    shelf.publish(shelf.source_draft("regulator-2020", **words, publisher="US Drug Office"))


def record(slug="warning", **words):
    return shelf.draft(RECORD, f"t/{slug}", **{**shelf.RECORD_FIELDS, **words})


def article(body="[](record:t/warning)"):
    return shelf.article_draft(body=body, summary="[Ask them.](background:)", note="New.")


def page():
    return explain_page(shelf.document("articles/t/safety").live)


def mentions():
    live = shelf.document("articles/t/safety").live
    return [mention.document.subject for mention in live.mentions.all()]


def test_a_text_with_a_record_that_is_not_public_is_refused():
    record()

    with pytest.raises(CannotPublish, match="There is no record with the key 't/warning'"):
        shelf.publish(article())


def test_a_record_becomes_public_in_one_step_with_the_text_that_shows_it():
    shelf.publish(record(), article())

    assert page().body.text == f"{WARNED} (On record: US Drug Office, 2020.)"
    assert mentions() == ["records/t/warning", "sources/regulator-2020"]
    assert page().body.sources == ("regulator-2020",)
    assert outdated_mentions(public_context()) == []


def test_a_text_can_be_handed_over_before_its_record_is_public_and_brings_it_along():
    ana = people.staff("ana", *people.ALL)
    draft, text = record(), article()

    people.workflow.submit(revision=text, expected=0, actor=ana, now=people.AT)

    assert impact_of([text]).needs == (draft,)


def test_changed_words_and_another_source_reach_each_page_that_shows_the_record():
    shelf.publish(record(), article())
    again = shelf.source_draft("council", kind="regulator", title="A rule", publisher="A Council")
    shelf.publish(again)

    said = "In June 2021 the regulator fined clinics."
    change = record(statement=said, source="council", date="2021-06-01")
    told = [changed.address for changed in impact_of([change]).pages]
    shelf.publish(change, now=LATER)

    assert "/t/safety/" in told
    assert page().body.text == f"{said} (On record: A Council, 2021.)"
    assert page().body.sources == ("council",)


def test_a_withdrawn_record_is_shown_as_withdrawn():
    shelf.publish(record(), article())

    document = shelf.document("records/t/warning")
    publishing.withdraw(document=document, actor=None, reason="It was void.", now=LATER)

    assert page().body.text == f"{WARNED} (Withdrawn record: US Drug Office, 2020.)"
    assert '<p class="claim claim--withdrawn">' in page().body_html
    assert public_context().records["t/warning"].withdrawn == "It was void."
