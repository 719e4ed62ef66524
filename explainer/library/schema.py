"""What the front matter of each kind of content file may hold.

One table per kind, read strictly: an unknown field, a missing one, a wrong
type or an unknown word is a problem with its line. Whether keys point
anywhere is `content`'s question; what a claim may say is the evidence core's.
Source: evidence method, section 5.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from explainer.evidence.levels import (
    ANY_PRODUCT,
    Bearing,
    Kind,
    Level,
    Reason,
    Role,
    Seen,
    SourceKind,
    Topic,
)
from explainer.evidence.problems import Problem
from explainer.files.frontmatter import Document
from explainer.library.fields import (
    KEY,
    REQUIRED,
    Field,
    Places,
    address,
    entries,
    flag,
    names,
    one_line,
    read_table,
    text,
    word_of,
    words,
    year,
)


class Part(StrEnum):
    """The kinds of content file; the value is the folder that holds them."""

    TREATMENTS = "treatments"
    SOURCES = "sources"
    CLAIMS = "claims"
    ARTICLES = "articles"
    GLOSSARY = "glossary"
    PAGES = "pages"


def read_fields(part: Part, document: Document) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Read the front matter of one file by its kind's table.

    Returns the values by name, complete only if there are no problems.
    """
    places = Places(document.lines)
    values = read_table(FIELDS[part], document.fields, places)
    if not document.body:
        places.problems.append(
            Problem(
                "text-missing",
                f"There is no text after the front matter. {_BODY[part]}",
                document.body_line,
                params={"cure": _BODY[part]},
            )
        )
    return values, tuple(places.problems)


_KEY = text(120, KEY.pattern, "Use lower case letters, digits and hyphens.")
_PROSE = text(2_000)

_POSITION = (
    Field("source", _KEY, REQUIRED),
    Field("level", word_of(Level), REQUIRED),
    Field("product", _KEY, ""),
    Field("says", _PROSE, REQUIRED),
)

FIELDS: Mapping[Part, tuple[Field, ...]] = {
    Part.TREATMENTS: (
        Field("name", one_line(120), REQUIRED),
        Field("also", words, ()),
        Field("role", word_of(Role), Role.EXPLAINED),
        Field("products", names, REQUIRED),
        Field("summary", _PROSE, REQUIRED),
    ),
    Part.SOURCES: (
        Field("title", one_line(500), REQUIRED),
        Field("authors", text(500), ""),
        Field("publisher", text(300), ""),
        Field("kind", word_of(SourceKind), REQUIRED),
        Field("year", year, None),
        Field("url", address(500), ""),
        Field("doi", text(200, r"10\.[0-9]{4,9}/\S+", "Write it bare: 10.1000/xyz."), ""),
        Field("sells_treatment", flag, REQUIRED),
        Field("seen", word_of(Seen), REQUIRED),
    ),
    Part.CLAIMS: (
        Field("statement", text(400), REQUIRED),
        Field("topic", word_of(Topic), REQUIRED),
        Field("kind", word_of(Kind), REQUIRED),
        Field("bearing", word_of(Bearing), REQUIRED),
        Field("product", _KEY, ANY_PRODUCT),
        Field("reason", word_of(Reason), None),
        Field("level", word_of(Level), None),
        Field("level_reason", _PROSE, ""),
        Field("positions", entries(_POSITION), REQUIRED),
        Field("would_change", _PROSE, REQUIRED),
        Field("ask", text(300), ""),
    ),
    Part.ARTICLES: (
        Field("title", one_line(200), REQUIRED),
        Field("summary", _PROSE, REQUIRED),
    ),
    Part.GLOSSARY: (
        Field("term", one_line(120), REQUIRED),
        Field("also", words, ()),
    ),
    Part.PAGES: (
        Field("title", one_line(200), REQUIRED),
        Field("summary", _PROSE, REQUIRED),
    ),
}
"""The fields of each kind of file, in the order in which they are written."""

_BODY: Mapping[Part, str] = {
    Part.TREATMENTS: "Write the overview.",
    Part.SOURCES: "Write our appraisal of the source.",
    Part.CLAIMS: "Write why the claim has its label.",
    Part.ARTICLES: "Write the article.",
    Part.GLOSSARY: "Write the definition.",
    Part.PAGES: "Write the page.",
}
