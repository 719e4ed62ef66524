"""From a claim's form a link leads back to the text that it was made for."""

import pytest
from django.urls import reverse
from lxml import html

from explainer.kinds import CLAIM
from explainer.library import drafts
from explainer.library.models import Revision
from tests.library import shelf
from tests.staff.rows import ARTICLE, at, draft, posted

pytestmark = pytest.mark.django_db
NEW = "claims/t/calm"


@pytest.fixture
def revision(article, ana):
    return draft(article, ana)


@pytest.fixture
def calm(claim, ana):
    fields = {**shelf.document("claims/t/hope").live.fields, "name": "Calm", "note": "First."}
    return drafts.create(kind=CLAIM, key="t/calm", fields=fields, actor=ana, now=shelf.NOON)


def back(page):
    return html.fromstring(page.text).xpath("//p[@class='forms__back']/a/@href")


def name_it(revision, **words):
    fields = {**Revision.objects.get(pk=revision.pk).fields, **words}
    Revision.objects.filter(pk=revision.pk).update(fields=fields)


def test_a_draft_that_names_the_claim_is_led_back_to_at_its_place(desk_of_ana, revision, calm):
    name_it(revision, body="First.\n\nSecond. [](claim:t/calm)")

    assert back(desk_of_ana.get(at("edit", NEW))) == [f"{at('edit', ARTICLE)}#line-body-3"]


def test_it_is_still_there_after_a_save(desk_of_ana, revision, calm):
    name_it(revision, summary="[](claim:t/calm)", body="")

    saved = desk_of_ana.post(at("edit", NEW), posted(calm, name="Calm scalp"), follow=True)

    assert back(saved) == [f"{at('edit', ARTICLE)}#line-summary-1"]


def test_neither_a_longer_key_nor_a_published_text_leads_back(desk_of_ana, revision, calm):
    assert back(desk_of_ana.get(at("edit", NEW))) == []
    name_it(revision, body="[](claim:t/calm-scalp)")

    assert back(desk_of_ana.get(at("edit", NEW))) == []


def test_a_claim_begun_from_a_sentence_knows_its_place_from_save_to_save(desk_of_ana, revision):
    place = f"{ARTICLE}:body:7"
    page = desk_of_ana.get(
        reverse("staff-new", args=["claims"]),
        {"statement": "It may calm.", "treatment": "t", "topic": "faq", "origin": place},
    )
    form = html.fromstring(page.text).forms[-1]

    begun = desk_of_ana.post(
        reverse("staff-new", args=["claims"]), dict(form.form_values()), follow=True
    )
    assert back(begun) == [f"{at('edit', ARTICLE)}#line-body-7"]
    row = shelf.document("claims/t/calm").newest
    saved = desk_of_ana.post(at("edit", NEW), {**posted(row), "origin": place}, follow=True)
    assert back(saved) == [f"{at('edit', ARTICLE)}#line-body-7"]
    assert f'name="origin" value="{place}"' in saved.text


@pytest.mark.parametrize(
    "place", ["", "articles/t/none:body:1", "x:body:1", f"{ARTICLE}:note:1", f"{ARTICLE}:body:\x00"]
)
def test_a_crafted_place_leads_nowhere(desk_of_ana, revision, calm, place):
    assert back(desk_of_ana.get(at("edit", NEW), {"origin": place})) == []
