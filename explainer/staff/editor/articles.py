"""The form of an article: a topic of a treatment, its overview, or a page of the site."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from explainer.library.models import Article
from explainer.library.words import ARTICLE, Words
from explainer.staff.api.widgets import LiveMarkdown
from explainer.staff.editor.fields import Markdown, Text
from explainer.staff.editor.forms import EntryForm


class ArticleForm(EntryForm):
    """The words of an article; an overview's title is its treatment's name."""

    NAMES = ARTICLE
    GROUPS = (
        (
            "The text",
            "Every sentence about a treatment is a claim: link it, and its label comes with it.",
            ("title", "summary", "body"),
        ),
    )

    title = Text(limit=200, label="Title", help_text="One line. It promises nothing.")
    summary = Markdown(
        rows=4,
        label="Short answer",
        help_text="Two to four sentences at the head of the page, made of claims like the text.",
    )
    body = Markdown(label="Text", widget=LiveMarkdown())

    def __init__(self, data: Any = None, *, article: Article, initial: Words | None = None) -> None:
        super().__init__(data, initial=initial or {})
        if article.treatment_id and not article.topic:
            del self.fields["title"]
        self.fields["body"].widget.attrs |= _addresses(article)


def _addresses(article: Article) -> dict[str, str]:
    treatment = article.key.partition("/")[0] if article.treatment_id else ""
    new_claim = reverse("staff-new", args=["claims"])
    about = urlencode({"treatment": treatment, "topic": article.topic})
    return {
        "data-article": article.key,
        "data-treatment": treatment,
        "data-new-claim-url": f"{new_claim}?{about}",
        "data-presence-url": reverse("staff-presence", args=[f"articles/{article.key}"]),
        "data-upload-url": reverse("staff-image-upload"),
    }
