"""Staff may look at every list and change nothing in it; strangers see the log-in page."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from explainer.library import models
from tests.library import shelf

pytestmark = pytest.mark.django_db
KINDS = {
    models.Treatment: "treatments/t",
    models.Source: "sources/clinic-a",
    models.Claim: "claims/t/hope",
    models.Article: "articles/t/safety",
    models.GlossaryTerm: "glossary/g",
}


@pytest.fixture
def staff_client(client):
    client.force_login(User.objects.create_user("editor", password="x", is_staff=True))
    return client


@pytest.fixture
def rows():
    """One row of each kind, all public."""
    shelf.treatment()
    term = models.GlossaryTerm(key="g", term="Term", definition="Words.")
    shelf.publishing.revise(rows=[term], by=None, reason="A test", at=shelf.NOON)
    shelf.publish(shelf.claim_draft())
    shelf.publish(shelf.article_draft())


def address_of(model):
    return reverse(f"admin:library_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", KINDS)
def test_a_row_of_a_list_opens_the_desk(staff_client, rows, model):
    page = staff_client.get(address_of(model)).content.decode()

    assert f'href="{reverse("staff-edit", args=[KINDS[model]])}"' in page
    assert "/change/" not in page


@pytest.mark.parametrize("model", KINDS)
def test_the_stock_page_of_a_row_leads_to_the_desk(staff_client, rows, model):
    row = f"{address_of(model)}{model.objects.get().pk}/"

    for page, target in (("change", "staff-edit"), ("history", "staff-history")):
        answer = staff_client.get(f"{row}{page}/")
        assert answer["Location"] == reverse(target, args=[KINDS[model]])
    assert staff_client.get(f"{address_of(model)}999/change/").status_code == 404


@pytest.mark.parametrize("model", KINDS)
def test_no_stock_form_changes_anything(admin_client, rows, model):
    row = f"{address_of(model)}{model.objects.get().pk}/"
    forged = {
        "_save": "1",
        "action": "delete_selected",
        "_selected_action": "1",
        "state": "published",
        "form-TOTAL_FORMS": "0",
        "form-INITIAL_FORMS": "0",
    }
    for address in ("", "add/"):
        assert admin_client.post(f"{address_of(model)}{address}", forged).status_code == 403
    for address in ("change/", "delete/"):
        assert admin_client.post(f"{row}{address}", forged).status_code == 403

    assert admin_client.get(f"{address_of(model)}add/").status_code == 403
    assert model.objects.count() == 1


@pytest.mark.parametrize("model", KINDS)
def test_strangers_are_sent_to_the_log_in_page(client, model):
    response = client.get(address_of(model))

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_every_kind_of_row_has_its_list():
    shown = {model for model in admin.site._registry if model._meta.app_label == "library"}

    assert shown == set(KINDS)


def test_a_form_finds_a_source_by_key_and_title_and_shows_both(staff_client, rows):
    asked = {"app_label": "library", "model_name": "position", "field_name": "source"}

    found = staff_client.get(reverse("admin:autocomplete"), {**asked, "term": "clinic A"}).json()
    other = staff_client.get(reverse("admin:autocomplete"), {**asked, "term": "trial"}).json()

    assert [row["text"] for row in found["results"]] == ["clinic-a: A clinic"]
    assert other["results"] == []


@pytest.mark.parametrize(
    "query", ["o=99.-x", "p=0", "p=9999", "q=%00", "state=none", "level=x&o=5"]
)
def test_a_mistyped_address_of_a_list_is_no_failure(staff_client, rows, query):
    answer = staff_client.get(f"{address_of(models.Claim)}?{query}", follow=True)

    assert answer.status_code == 200
