"""Treatments: what clinics sell, and the options named beside them; each has an overview page."""

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.evidence.context import Context, Treatment
from explainer.evidence.levels import Role
from explainer.evidence.lint.titles import check_name, check_title
from explainer.kinds import steps
from explainer.kinds.article import RESERVED_KEYS, SUMMARY, TEXT
from explainer.kinds.base import Entry, Folder, Kind, Pages, in_field, lint_page
from explainer.kinds.schema import Choice, Field, Pairs, Text, Words
from explainer.text.problems import Problem

PAGE_KEYS = frozenset({"compare", "home", "questions"}) | steps.CUT
"""Pages that the site shows in a way of its own: a treatment cannot have their keys."""


class TreatmentKind(Kind):
    """Its names, its products and its overview, which stands at the treatment's own address."""

    name, path, label = "treatment", "treatments", "Treatment"
    reader_names = ("Treatment", "treatment", "treatments")
    folders = (Folder("treatments"),)
    body = "body"
    texts = ("summary", "body")
    title_field = "name"
    context_name = "treatments"
    touches_all = True
    priority = 1
    missing_body = "Write the overview."
    schema = (
        Field("name", Text(120), "Name", required=True),
        Field(
            "short", Text(24), "Name in the menu at the top",
            "In words that patients know, at most 24 characters. Without it the name.",
        ),
        Field(
            "title", Text(80), "Title of its overview",
            "What people search for, in one line. It promises nothing; without it the name.",
        ),
        Field("also", Words(), "Other names that patients meet", "One a line."),
        Field(
            "role", Choice(Role), "What the site does with it", default=str(Role.EXPLAINED)
        ),
        Field(
            "products", Pairs(), "Products",
            "One a line, as “key: name”. Claims and positions name the key, so keep the "
            "keys that are there; a key has lower case letters, digits and hyphens.", required=True,
        ),
        SUMMARY,
        TEXT,
    )  # fmt: skip
    layout = (
        (
            "The treatment", "Its name stands in lists; the title heads its overview.",
            ("name", "short", "title", "also", "role", "products"),
        ),
        (
            "Its overview",
            "Every sentence about a treatment is a claim: link it, and its label comes with it.",
            ("summary", "body"),
        ),
    )  # fmt: skip
    list_fields = ("role",)
    create_fields = ("name", "also", "role", "products")
    key_fields = ("name",)

    def public_title(self, fields: Mapping[str, Any]) -> str:
        return fields.get("title") or self.title(fields)

    def short_title(self, fields: Mapping[str, Any]) -> str:
        return self.title(fields)

    def address(self, key: str) -> str:
        return f"/{key}/"

    def treatment(self, key: str) -> str:
        return key

    def refuse_key(self, key: str) -> str:
        if key in RESERVED_KEYS | PAGE_KEYS:
            return f"'/{key}/' is an address the site uses itself. Choose another name."
        return ""

    def noun(self, entry: Entry, context: Context) -> Treatment:
        fields = entry.fields
        products = tuple((key, name) for key, name in fields["products"])
        return Treatment(
            entry.key, fields["name"], tuple(fields["also"]), Role(fields["role"]), products
        )

    def lint(self, entry: Entry, context: Context, pages: Pages | None = None) -> Iterator[Problem]:
        fields: Mapping[str, Any] = entry.fields
        yield from in_field("name", check_title(fields["name"]))
        yield from in_field("short", check_title(fields["short"]))
        yield from in_field("title", check_title(fields["title"]))
        for order, name in enumerate(fields["also"]):
            yield from in_field(f"also.{order}", check_name(name))
        for key, name in fields["products"]:
            yield from in_field(f"products.{key}", check_name(name))
        yield from lint_page(entry, context, pages or self.alone(entry, context))


TREATMENT = TreatmentKind()
