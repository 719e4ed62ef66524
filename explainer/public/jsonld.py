"""Structured data for search engines (JSON-LD, vocabulary of schema.org).

Every text here also stands on the page it describes; nothing is said to
machines that readers are not told. Tests hold both against the real pages.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from explainer.evidence.levels import Role, Topic
from explainer.library.models import Revision
from explainer.library.rendering import ClaimEntry, Page
from explainer.public.labels import SCALE_TITLE, WHOLE_SCALE
from explainer.public.metadata import Head, absolute
from explainer.public.navigation import Navigation, NavLink
from explainer.public.reference import Term
from explainer.text.visible import visible_text

METHOD = "method"
LANGUAGE = "en"

Node = dict[str, Any]

HAIR_LOSS: Node = {"@type": "MedicalCode", "codingSystem": "ICD-10", "codeValue": "L65.9"}
"""Hair loss without scars, of no kind in particular: what all claims are about."""

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Graph:
    """The statements about one page, in a form a template can print inside a script element."""

    nodes: tuple[Node, ...]

    def __html__(self) -> str:
        """Give the JSON; no sign in it can end the element that holds it."""
        whole = {"@context": "https://schema.org", "@graph": list(self.nodes)}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def of_home(page: Head, article: Page) -> Graph:
    site = {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "inLanguage": LANGUAGE,
    }
    about_page = _web_page("WebPage", page, name=page.title)
    return Graph((site, about_page | _dates(article.revision)))


def of_page(page: Head) -> Graph:
    return Graph((_breadcrumbs(page),))


def of_article(page: Head, article: Page, links: Navigation) -> Graph:
    nodes = [_about(page, article, links), _breadcrumbs(page)]
    if article.revision.document.key == METHOD:
        labels = [_term(page, it.anchor, it.word, it.explanation) for it in WHOLE_SCALE]
        nodes.append(_set_of_terms(page, SCALE_TITLE, labels))
    return Graph(tuple(nodes))


def of_claim(page: Head, entry: ClaimEntry, overview: NavLink | None) -> Graph:
    """State what a claim's page rests on; a rating is none of it, for a label is no score.

    The claim goes with its label everywhere: `headline` and `abstract` hold both.
    """
    cited = {it.source.document.key: it.source for it in entry.positions}
    about: list[Node] = [{"@type": "MedicalCondition", "code": HAIR_LOSS}]
    if overview and overview.role == Role.EXPLAINED:
        about.append({"@type": "MedicalTherapy", "name": overview.name})
    node = {
        "@type": "MedicalWebPage",
        "headline": page.title,
        "abstract": page.abstract,
        "url": page.canonical,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "about": about,
        "citation": [_citation(source) for source in cited.values()],
    }
    return Graph((node | _dates(entry.revision) | _review(entry.revision), _breadcrumbs(page)))


def _citation(source: Revision) -> Node:
    fields = source.fields
    url = absolute(source.document.get_absolute_url())
    if not fields["doi"]:
        return {"@type": "CreativeWork", "name": source.title, "url": url}
    doi = {"@type": "PropertyValue", "propertyID": "DOI", "value": fields["doi"]}
    return {
        "@type": "ScholarlyArticle",
        "name": source.title,
        "url": url,
        "sameAs": f"https://doi.org/{fields['doi']}",
        "identifier": doi,
    }


def of_glossary(page: Head, terms: Iterable[Term]) -> Graph:
    defined = [
        _term(page, f"term-{term.document.key}", term.title, visible_text(definition))
        | ({"alternateName": also} if (also := term.fields["also"]) else {})
        for term, definition in terms
    ]
    return Graph((_breadcrumbs(page), _set_of_terms(page, page.title, defined)))


def _about(page: Head, article: Page, links: Navigation) -> Node:
    revision, link = article.revision, links.of(article.revision)
    kind = "MedicalWebPage" if link.treatment else "WebPage"
    node = _web_page(kind, page, name=page.title) | _dates(revision) | _review(revision)
    overview = links.overview(link.treatment)
    if overview and overview.role == Role.EXPLAINED:
        # An option may be a group of treatments, or none: doing nothing is no therapy.
        node["about"] = {"@type": "MedicalTherapy", "name": overview.name}
    if link.topic == Topic.FAQ:
        node["@type"] = ["MedicalWebPage", "FAQPage"]
        node["mainEntity"] = _questions(article)
    return node


def _questions(article: Page) -> list[Node]:
    return [
        {
            "@type": "Question",
            "name": section.title,
            "acceptedAnswer": {"@type": "Answer", "text": section.text},
        }
        for section in article.body.sections
        if section.title.endswith("?") and section.text
    ]


def _review(revision: Revision) -> Node:
    # A reviewer may be named only if a clinician did review these very words.
    if not revision.reviewed_by or revision.reviewed_at is None:
        return {}
    reviewer = {
        "@type": "Person",
        "name": revision.reviewed_by,
        "jobTitle": revision.reviewer_qualification,
    }
    return {"lastReviewed": revision.reviewed_at.isoformat(), "reviewedBy": reviewer}


def _dates(revision: Revision) -> Node:
    changed_at = revision.words_changed_at
    if changed_at is None:
        return {}
    return {"dateModified": timezone.localtime(changed_at).date().isoformat()}


def _set_of_terms(page: Head, name: str, defined: list[Node]) -> Node:
    return {
        "@type": "DefinedTermSet",
        "name": name,
        "url": page.canonical,
        "hasDefinedTerm": defined,
    }


def _term(page: Head, anchor: str, name: str, description: str) -> Node:
    return {
        "@type": "DefinedTerm",
        "name": name,
        "description": description,
        "url": f"{page.canonical}#{anchor}",
    }


def _web_page(kind: str, page: Head, *, name: str) -> Node:
    return {
        "@type": kind,
        "name": name,
        "description": page.abstract or page.description,
        "url": page.canonical,
        "inLanguage": LANGUAGE,
    }


def _breadcrumbs(page: Head) -> Node:
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.name, "item": absolute(crumb.path)}
        for place, crumb in enumerate(page.crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
