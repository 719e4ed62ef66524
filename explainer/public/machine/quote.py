"""A claim to quote: its label stands inside the sentence, so that no copy leaves it out."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from explainer.library.rendering import ClaimEntry
from explainer.public.metadata import absolute
from explainer.text.page_copy import markdown_of
from explainer.text.visible import visible_text


@dataclass(frozen=True, slots=True)
class Quote:
    """The same words three times, each with the claim's address and the day of its words."""

    html: str
    text: str
    markdown: str


def quote_of(entry: ClaimEntry) -> Quote:
    """Write a claim for other pages: HTML without script, style or anything to fetch."""
    url, published = absolute(entry.url), entry.revision.words_changed_at
    day = date_format(timezone.localtime(published), "j F Y") if published else ""
    sentence = _sentence(entry)
    source = f'<a href="{escape(url)}">{escape(settings.SITE_NAME)}</a>, {day}'
    html = f'<blockquote cite="{escape(url)}">\n<p>{sentence}</p>\n<p>{source}</p>\n</blockquote>'
    text = f"“{visible_text(sentence)}” {settings.SITE_NAME}, {url}, {day}"
    return Quote(html, text, markdown_of(html, url))


def _sentence(entry: ClaimEntry) -> str:
    """Put the label before the full stop: whoever copies the sentence has copied both."""
    claim, label = entry.assessed.claim, entry.assessed.label
    pieces = [f"<i>{escape(words)}</i>" if said else escape(words) for words, said in claim.pieces]
    told = label.line.removesuffix(".")
    return f"{''.join(pieces).removesuffix('.')} ({escape(told)})."
