"""Staff may look at everything and change nothing; strangers see the log-in page."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from explainer.library import models

NOW = datetime(2026, 11, 21, tzinfo=UTC)
KINDS = [models.Treatment, models.Source, models.GlossaryTerm, models.Claim, models.Article]


@pytest.fixture
def staff_client(client, db):
    client.force_login(User.objects.create_user("editor", password="x", is_staff=True))
    return client


@pytest.fixture
def rows(db):
    """One row of each kind; the claim and the article have a published and a newer version."""
    treatment = models.Treatment.objects.create(key="t", name="Treatment")
    models.Source.objects.create(key="s", title="Source", kind="review", seen="full")
    models.GlossaryTerm.objects.create(key="g", term="Term", definition="Words.")
    claim = models.Claim.objects.create(key="t/c", treatment=treatment)
    article = models.Article.objects.create(key="t", treatment=treatment)
    for number, words in ((1, "Old words"), (2, "New words")):
        shared = {"number": number, "created_at": NOW}
        claim_words = {"statement": words, "level": "plausible", "why": "-", "would_change": "-"}
        models.ClaimVersion.objects.create(claim=claim, **shared, **claim_words)
        models.ArticleVersion.objects.create(article=article, title=words, **shared)
        if number == 1:
            for versions in (claim.versions, article.versions):
                versions.all()._transition(to=models.State.PUBLISHED, published_at=NOW)
    return {"claim": claim, "article": article}


def _list(model):
    return reverse(f"admin:library_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", KINDS)
def test_staff_read_every_list_and_row(staff_client, rows, model):
    row = model.objects.get()

    assert str(row) in staff_client.get(_list(model)).content.decode()
    assert staff_client.get(f"{_list(model)}{row.pk}/change/").status_code == 200


@pytest.mark.parametrize("model", KINDS)
def test_staff_change_nothing(admin_client, rows, model):
    address = f"{_list(model)}{model.objects.get().pk}/"

    for change in (f"{_list(model)}add/", f"{address}change/", f"{address}delete/"):
        assert admin_client.post(change, {}).status_code == 403


@pytest.mark.parametrize("name", ["claim", "article"])
def test_the_newest_version_is_shown(staff_client, rows, name):
    page = staff_client.get(_list(type(rows[name]))).content.decode()
    detail = staff_client.get(f"{_list(type(rows[name]))}{rows[name].pk}/change/").content.decode()

    for shown in (page, detail):
        assert "New words" in shown
        assert "Old words" not in shown


@pytest.mark.parametrize("model", KINDS)
def test_strangers_are_sent_to_the_log_in_page(client, db, model):
    response = client.get(_list(model))

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_a_list_takes_as_many_queries_for_many_claims_as_for_one(staff_client, rows):
    treatment = models.Treatment.objects.get()
    with CaptureQueriesContext(connection) as for_one:
        staff_client.get(_list(models.Claim))
    many = [models.Claim(key=f"t/c{number}", treatment=treatment) for number in range(30)]
    models.Claim.objects.bulk_create(many)

    with CaptureQueriesContext(connection) as for_many:
        staff_client.get(_list(models.Claim))

    assert len(for_many) == len(for_one) < 10


def test_every_kind_of_row_has_its_page():
    shown = {model for model in admin.site._registry if model._meta.app_label == "library"}

    assert shown == set(KINDS)
