"""Articles: a topic of a treatment, or a page of the site."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from explainer.evidence.context import Context
from explainer.evidence.levels import Topic
from explainer.evidence.lint.contracts import About
from explainer.evidence.lint.titles import check_title
from explainer.kinds import comparison, steps
from explainer.kinds.base import Entry, Folder, Kind, Pages, in_field, lint_page
from explainer.kinds.schema import Choice, Field, Text
from explainer.text.problems import Problem, did_you_mean

RESERVED_KEYS = frozenset(
    {
        "accounts", "admin", "bag", "cards", "changes", "check", "claims", "feeds", "glossary",
        "healthz", "images", "index", "media", "past", "readyz", "records", "search", "sources",
        "static",
    }
)  # fmt: skip
"""First parts of the site's own addresses: no treatment and no page can have them."""

HOME = "home"
OF_THIS_SITE = frozenset(
    {
        HOME, "about", "accessibility", "compare", "corrections", "did-i-read-it-right", "method",
        "privacy", "reuse", "where-do-i-stand",
    }
)  # fmt: skip
"""Pages that tell of the site itself, or have a form and a contract of their own. In all others,
whoever writes them and wherever they are linked, "it" is a treatment (method, section 3)."""


class Menu(StrEnum):
    """Where a page of the site is linked from every page."""

    FOOTER = "footer"
    URGENT = "urgent"
    PERSON = "person"
    HELP = "help"
    NONE = "none"

    @property
    def words(self) -> str:
        return {
            "footer": "In the footer",
            "urgent": "On the home page, before all other ways; and in the footer",
            "person": "On the home page, as a way for one kind of reader",
            "help": "On the home page, as help with money, clinics and harm; and in the footer",
            "none": "Nowhere: only where a text links it",
        }[self]


SUMMARY = Field(
    "summary", Text(lines=4, is_dialect=True), "Short answer",
    "Two to four sentences at the head of the page, made of claims like the text.", required=True,
)  # fmt: skip
TEXT = Field("body", Text(0, lines=24, is_dialect=True), "Text", required=True)


class ArticleKind(Kind):
    """A page made of claims, records, background, reports and guidance."""

    name, path, label = "article", "articles", "Article"
    reader_names = ("Page", "page", "pages")
    folders = (Folder("articles", 2), Folder("pages"))
    body = "body"
    texts = ("summary", "body")
    is_withdrawable = True
    priority = 3
    missing_body = "Write the article."
    schema = (
        Field("title", Text(200), "Title", "One line. It promises nothing.", required=True),
        Field(
            "menu",
            Choice(Menu),
            "In the menus",
            "Where other pages link a page of the site. In none, readers find it only where a text "
            "links it, or by the search. A treatment's page is listed with it unless in none.",
            default=str(Menu.FOOTER),
        ),
        SUMMARY,
        TEXT,
    )
    layout = (
        (
            "The text",
            "Every sentence about a treatment is a claim: link it, and its label comes with it.",
            ("title", "menu", "summary", "body"),
        ),
    )
    list_filters = ("treatment", "topic")
    create_fields = ("title", "menu")
    chosen_anew = ("menu",)
    key_fields = ("title",)

    def about(self, key: str) -> About:
        return About.SITE if key in OF_THIS_SITE else About.TREATMENT

    def own_pages(self, treatments: Mapping[str, str]) -> dict[str, str]:
        return {
            f"{key}/{topic}": f"{name}: {topic.words}"
            for key, name in treatments.items()
            for topic in Topic
        }

    def address(self, key: str) -> str:
        return "/" if key == HOME else f"/{key}/"

    def topic(self, key: str, fields: Mapping[str, Any]) -> str:
        return key.partition("/")[2]

    def way(self, key: str, fields: Mapping[str, Any]) -> str:
        menu = fields.get("menu")
        if self.topic(key, {}) and menu != Menu.NONE:
            return "Among the pages of its treatment."
        return f"{Menu(menu).words}." if menu in list(Menu) and key != HOME else ""

    def refuse_key(self, key: str) -> str:
        topic = self.topic(key, {})
        if topic and topic not in list(Topic):
            known = ", ".join(Topic)
            return f"'{topic}' is not one of the topics {known}.{did_you_mean(topic, Topic)}"
        if not topic and key in RESERVED_KEYS:
            return f"'/{key}/' is an address the site uses itself. Choose another name."
        return ""

    def references(self, entry: Entry, context: Context) -> Iterator[Problem]:
        if "/" not in entry.key and entry.key in context.treatments:
            message = f"'{entry.key}' is a treatment's address. Rename the page or the treatment."
            yield Problem("address-taken", message)

    def lint(self, entry: Entry, context: Context, pages: Pages | None = None) -> Iterator[Problem]:
        title = entry.fields["title"]
        yield from in_field("title", check_title(title))
        pages = pages or self.alone(entry, context)
        yield from lint_page(entry, context, pages)
        if entry.key == comparison.PAGE:
            found = comparison.read(pages["body"]).problems
            yield from in_field("body", found)
        elif entry.key in steps.CUT:
            found = steps.read(pages["body"], entry.key).problems
            yield from in_field("body", found)


ARTICLE = ArticleKind()
