"""The page of styles for staff shows every component in every state, and nothing else."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from lxml import html

from explainer.evidence.labels import SCALE, WITHDRAWN_LABEL
from explainer.staff.styles import faces
from tests.sweeps.test_styles import STATIC, UNSTYLED, rules, styled

COMPONENTS = sorted((STATIC / "css" / "components").glob("*.css"))
SAMPLES = settings.BASE_DIR / "templates" / "staff" / "styles"
NO_COMPONENTS = {"page", "none"}
CLASS = re.compile(r"\.(-?[a-z][\w-]*)")
FRAME = ("page", "site-")
"""How names begin of what places components, and of what surrounds this page as it does all."""


@pytest.fixture
def page(site, content, django_db_blocker) -> html.HtmlElement:
    with content():
        staff = User.objects.create_user("sam", is_staff=True)
        client = Client()
        client.force_login(staff)
        answer = client.get(reverse("staff-styles"))
        staff.delete()
    return html.fromstring(answer.text)


def shown(page: html.HtmlElement) -> set[str]:
    return {name for classes in page.xpath("//@class") for name in classes.split()}


def test_every_stylesheet_of_a_component_has_a_sample_and_every_sample_a_stylesheet() -> None:
    samples = {path.stem for path in SAMPLES.glob("*.html")} - NO_COMPONENTS

    assert len(COMPONENTS) > 25
    assert samples == {path.stem for path in COMPONENTS}


def test_every_class_of_a_component_is_shown(page) -> None:
    there = shown(page)
    missing = [
        f"{path.stem}: {name}"
        for path in COMPONENTS
        for name in sorted(set(CLASS.findall(re.sub(r'"[^"]*"', "", rules(path)))) - there)
        if not name.startswith(FRAME)
    ]

    assert missing == []


def test_everything_shown_has_a_style(page) -> None:
    there = {name for name in shown(page) if not name.startswith("claim--")}

    assert len(there) > 100
    assert there - styled() <= UNSTYLED


def test_every_label_is_shown_with_and_without_somebody_s_words(page) -> None:
    words = {label.word for label in (*SCALE, WITHDRAWN_LABEL)}
    lines = [
        " ".join(found.text_content().split())
        for found in page.xpath("//*[starts-with(@class, 'label')]")
    ]

    assert {claim.bearing for claim in faces()} == {label.bearing for label in SCALE}
    for word in words:
        assert any(word.lower() in line.lower() for line in lines), word
    assert sum("This promise: " in line for line in lines) > 3
    assert any("On record: SO, 2026" in line for line in lines)


def test_every_sentence_that_could_be_a_claim_is_marked_as_a_sample(page) -> None:
    assert "All words below are invented samples" in page.text_content()
    for claim in page.find_class("claim"):
        assert "sample" in claim.text_content().lower()
