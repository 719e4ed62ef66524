"""Staff may look at every list and change nothing in it; strangers see the log-in page."""

import pytest
from django.contrib import admin
from django.urls import reverse

from explainer.kinds import ARTICLE, CLAIM, RECORD, SOURCE, TERM, TREATMENT
from explainer.library import drafts
from explainer.library.models import Revision
from explainer.library.models.document import LISTED
from tests.library import people, shelf
from tests.staff.rows import of_each_kind

pytestmark = pytest.mark.django_db
ROWS = {
    LISTED[TREATMENT]: "treatments/t",
    LISTED[SOURCE]: "sources/clinic-a",
    LISTED[CLAIM]: "claims/t/hope",
    LISTED[ARTICLE]: "articles/t/safety",
    LISTED[TERM]: "glossary/scalp",
    LISTED[RECORD]: "records/t/warning",
}
ADDRESSES = ["article", "claim", "glossaryterm", "record", "source", "treatment"]


@pytest.fixture
def rows():
    """One row of each kind, all public."""
    of_each_kind()
    shelf.publish(shelf.source_draft("regulator-2020", title="A warning", kind="regulator"))
    shelf.publish(shelf.draft(RECORD, "t/warning", **shelf.RECORD_FIELDS))


def row_of(model):
    return shelf.document(ROWS[model])


def address_of(model):
    return reverse(f"admin:library_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", ROWS)
def test_a_row_of_a_list_and_its_stock_pages_open_the_editor(desk_of_ana, rows, model):
    listed = desk_of_ana.get(address_of(model)).text
    row = f"{address_of(model)}{row_of(model).pk}/"

    assert f'href="{reverse("staff-edit", args=[ROWS[model]])}"' in listed
    assert "/change/" not in listed
    for page, target in (("change", "staff-edit"), ("history", "staff-history")):
        response = desk_of_ana.get(f"{row}{page}/")
        assert response["Location"] == reverse(target, args=[ROWS[model]])
    assert desk_of_ana.get(f"{address_of(model)}999/change/").status_code == 404


@pytest.mark.parametrize("model", ROWS)
def test_no_stock_form_changes_anything(admin_client, rows, model):
    row = f"{address_of(model)}{row_of(model).pk}/"
    forged = {"_save": "1", "action": "delete_selected", "_selected_action": "1"}
    forged |= {"state": "published", "form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    stock = address_of(model)
    for address in (stock, f"{stock}add/", f"{row}change/", f"{row}delete/"):
        assert admin_client.post(address, forged).status_code == 403

    assert admin_client.get(f"{address_of(model)}add/").status_code == 403
    assert Revision.objects.count() == len(ROWS) + 1


def test_every_kind_has_its_list_at_its_old_address():
    shown = {model for model in admin.site._registry if model._meta.app_label == "library"}

    assert shown == set(ROWS)
    assert sorted(map(address_of, shown)) == [f"/admin/library/{name}/" for name in ADDRESSES]


def offered(client, **asked):
    field = {"app_label": "library", "model_name": "position", "field_name": "source", **asked}
    return client.get(reverse("admin:autocomplete"), field)


def test_a_form_finds_a_source_by_key_and_title_and_says_of_a_new_one_that_it_is_new(
    desk_of_ana, ana, rows
):
    fields = {**shelf.SOURCE_FIELDS, "title": "A clinic in the making"}
    drafts.create(kind=SOURCE, key="clinic-b", fields=fields, actor=ana, now=people.AT)

    found = offered(desk_of_ana, term="clinic A").json()

    new = "clinic-b: A clinic in the making (new: goes public with this)"
    assert found["results"] == [
        {"id": "clinic-a", "text": "clinic-a: A clinic"},
        {"id": "clinic-b", "text": new},
    ]
    assert offered(desk_of_ana, term="trial\x00").json()["results"] == []


def test_no_other_field_is_offered_anything(desk_of_ana, rows):
    assert offered(desk_of_ana, field_name="revision").status_code == 403
    assert offered(desk_of_ana, model_name="save").status_code == 403


@pytest.mark.parametrize(
    "query", ["o=99.-x", "p=0", "p=9999", "q=%00", "state=none", "level=x&o=5"]
)
def test_a_mistyped_address_of_a_list_is_no_failure(desk_of_ana, rows, query):
    response = desk_of_ana.get(f"{address_of(LISTED[CLAIM])}?{query}", follow=True)

    assert response.status_code == 200
