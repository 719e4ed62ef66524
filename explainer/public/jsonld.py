"""Structured data for search engines (JSON-LD, vocabulary of schema.org).

Every text here also stands on the page it describes; nothing is said to
machines that readers are not told. Tests hold both against the real pages.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from explainer.evidence.levels import Role, Topic
from explainer.library.models import ArticleVersion
from explainer.library.rendering import ArticleExplanation
from explainer.public.labels import SCALE_TITLE, WHOLE_SCALE
from explainer.public.pages import Page, absolute
from explainer.public.reference import TermSheet

METHOD = "method"
LANGUAGE = "en"

Node = dict[str, Any]

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Graph:
    """The statements about one page, in a form a template can print inside a script element."""

    nodes: tuple[Node, ...]

    def __html__(self) -> str:
        """Give the JSON; no sign in it can end the element that holds it."""
        whole = {"@context": "https://schema.org", "@graph": list(self.nodes)}
        return json.dumps(whole, ensure_ascii=False).translate(_ESCAPES)


def of_home(page: Page, article: ArticleExplanation) -> Graph:
    """State the site itself and its home page."""
    about_page = _web_page("WebPage", page, name=article.version.title)
    return Graph((_site(), about_page | _dates(article.version)))


def of_page(page: Page) -> Graph:
    """State where a page of the register or the shelves stands."""
    return Graph((_breadcrumbs(page),))


def of_article(page: Page, article: ArticleExplanation) -> Graph:
    """State an article: a medical page if it explains a treatment, else a page of the site."""
    version = article.version
    nodes = [_about(page, article), _breadcrumbs(page)]
    if version.article.key == METHOD:
        nodes.append(_labels(page))
    return Graph(tuple(nodes))


def of_glossary(page: Page, terms: Iterable[TermSheet]) -> Graph:
    """State the glossary as a set of defined terms."""
    defined = [
        _term(page, sheet.anchor, sheet.row.term, sheet.text)
        | ({"alternateName": sheet.row.also} if sheet.row.also else {})
        for sheet in terms
    ]
    return Graph((_breadcrumbs(page), _set_of_terms(page, page.title, defined)))


def _about(page: Page, article: ArticleExplanation) -> Node:
    version = article.version
    treatment = version.article.treatment
    node = _web_page("MedicalWebPage" if treatment else "WebPage", page, name=version.title)
    node |= _dates(version) | _review(version)
    if treatment and treatment.role == Role.EXPLAINED:
        # An option may be a group of treatments, or none: doing nothing is no therapy.
        node["about"] = {"@type": "MedicalTherapy", "name": treatment.name}
    if version.article.topic == Topic.FAQ:
        node["@type"] = ["MedicalWebPage", "FAQPage"]
        node["mainEntity"] = _questions(article)
    return node


def _questions(article: ArticleExplanation) -> list[Node]:
    return [
        {
            "@type": "Question",
            "name": section.title,
            "acceptedAnswer": {"@type": "Answer", "text": section.text},
        }
        for section in article.body.sections
        if section.title.endswith("?") and section.text
    ]


def _review(version: ArticleVersion) -> Node:
    # A reviewer may be named only if a clinician did review these very words.
    if not version.reviewed_by or version.reviewed_at is None:
        return {}
    reviewer = {
        "@type": "Person",
        "name": version.reviewed_by,
        "jobTitle": version.reviewer_qualification,
    }
    return {"lastReviewed": version.reviewed_at.isoformat(), "reviewedBy": reviewer}


def _dates(version: ArticleVersion) -> Node:
    if version.published_at is None:
        return {}
    return {"dateModified": version.published_at.date().isoformat()}


def _labels(page: Page) -> Node:
    defined = [_term(page, label.anchor, label.words, label.explanation) for label in WHOLE_SCALE]
    return _set_of_terms(page, SCALE_TITLE, defined)


def _set_of_terms(page: Page, name: str, defined: list[Node]) -> Node:
    return {
        "@type": "DefinedTermSet",
        "name": name,
        "url": page.canonical,
        "hasDefinedTerm": defined,
    }


def _term(page: Page, anchor: str, name: str, description: str) -> Node:
    return {
        "@type": "DefinedTerm",
        "name": name,
        "description": description,
        "url": f"{page.canonical}#{anchor}",
    }


def _web_page(kind: str, page: Page, *, name: str) -> Node:
    return {
        "@type": kind,
        "name": name,
        "description": page.description,
        "url": page.canonical,
        "inLanguage": LANGUAGE,
    }


def _site() -> Node:
    return {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "inLanguage": LANGUAGE,
    }


def _breadcrumbs(page: Page) -> Node:
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.name, "item": crumb.address}
        for place, crumb in enumerate(page.crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
