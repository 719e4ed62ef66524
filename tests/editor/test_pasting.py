"""What is pasted is answered as Markdown with what was left out, and never larger than a text."""

import pytest
from django.urls import reverse

from explainer.text.markdown import MAX_BYTES
from explainer.text.pasted import MAX_HTML_BYTES
from tests.library.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def paste(client):
    client.force_login(staff("writer", "author"))
    return lambda **sent: client.post(reverse("live-paste"), sent)


def test_html_becomes_markdown_and_what_was_left_out_is_said(paste):
    response = paste(html="<h1>A</h1><p><b>x</b><img></p>", text="A x")

    assert response.json() == {
        "text": "## A\n\n**x**",
        "said": "1 picture was left out. 1 heading has another level now.",
    }


def test_a_heading_that_repeats_the_page_s_title_is_left_out_and_said(paste):
    html = "<h1 class=x><span>After your\n</span><b>visit</b></h1><h2>The first day</h2><p>x</p>"

    taken = paste(html=html, title="After  your visit").json()
    other = paste(html=html, title="Before your visit").json()

    assert taken["text"] == "## The first day\n\nx"
    assert "page’s title" in taken["said"]
    assert "After your" in other["text"]


def test_plain_text_is_tidied(paste):
    assert paste(text="\u2022\tone\u200b").json() == {
        "text": "- one",
        "said": "1 invisible sign was left out.",
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"html": "x" * (MAX_HTML_BYTES + 1)},
        {"text": "x" * (MAX_HTML_BYTES + 1)},
        {"html": "<p>" + "x" * (MAX_BYTES + 1)},
    ],
)
def test_what_is_too_large_is_refused_and_said(paste, sent):
    response = paste(**sent)

    assert response.status_code == 413
    assert "pasted as plain text" in response.json()["message"]


@pytest.mark.parametrize("html", ["<b>" * 1_000, "<i>a</i>" * 4_000, "<p>" + "a<br>" * 2_000])
def test_a_page_that_no_program_writes_is_a_message_and_no_failure(paste, html):
    response = paste(html=html)

    assert response.status_code == 422
    assert "pasted as plain text" in response.json()["message"]
