"""The admin: lists of everything staff work on, a first page that says what waits, accounts.

Whoever may log in may read all of the library. Nothing is changed here: every
row opens on the desk.
"""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models.fields.json import KT
from django.utils.safestring import SafeString

from explainer.evidence.levels import Bearing, Level, SourceKind, label_words
from explainer.library import models
from explainer.staff import dashboard
from explainer.staff.lists import filters
from explainer.staff.lists.autocomplete import autocomplete
from explainer.staff.lists.changelists import DeskAdmin, cut

admin.site.site_header = f"{settings.SITE_NAME}: staff"
admin.site.site_title = "Staff"
admin.site.index_title = "Your desk"
# Its links are in the head of every page; beside a text and its preview there is no room for it.
admin.site.enable_nav_sidebar = False
admin.site.index = dashboard.shown(admin.site.index)  # type: ignore[method-assign, assignment]
admin.site.autocomplete_view = autocomplete  # type: ignore[method-assign, assignment]

COMMON = ["state_column", "edited_column", "due_column", "problems_column"]


@admin.register(models.Claim)
class ClaimAdmin(DeskAdmin):
    """Claims: the newest words of each, with the label they lead to."""

    part = "claims"
    list_display = ["key_column", "statement_column", "label_column", *COMMON]
    list_filter = [
        filters.ForWhom,
        filters.StageFilter,
        filters.TreatmentFilter,
        filters.TopicFilter,
        filters.LevelFilter,
        filters.BearingFilter,
        filters.DueFilter,
    ]
    search_fields = ["key"]
    list_search = ("claim__key", "statement", "why")

    @admin.display(description="statement", ordering="statement")
    def statement_column(self, entry: Any) -> SafeString:
        """The sentence, cut."""
        return cut(entry.statement)

    @admin.display(description="label", ordering="level")
    def label_column(self, entry: Any) -> str:
        """The label of the newest words; what readers see too, if that is another."""
        newest = _label(entry.level, entry.bearing)
        if entry.public_level and entry.public_level != entry.level:
            return f"{newest} (readers see: {_label(entry.public_level, entry.bearing)})"
        return newest


@admin.register(models.Article)
class ArticleAdmin(DeskAdmin):
    """Articles, overviews and the pages of the site."""

    part = "articles"
    list_display = ["key_column", "title_column", *COMMON]
    list_filter = [
        filters.ForWhom,
        filters.StageFilter,
        filters.TreatmentFilter,
        filters.TopicFilter,
        filters.DueFilter,
    ]
    search_fields = ["key"]
    list_search = ("article__key", "title", "summary", "body")

    @admin.display(description="title", ordering="title")
    def title_column(self, entry: Any) -> SafeString:
        """The title, cut."""
        return cut(entry.title)


@admin.register(models.Source)
class SourceAdmin(DeskAdmin):
    """Sources and our appraisal of each."""

    part = "sources"
    list_display = ["key_column", "title_column", "kind_column", "year_column", *COMMON]
    list_filter = [*DeskAdmin.list_filter, filters.KindFilter, filters.SeenFilter]
    # Forms find a source by these, in the stock admin's autocomplete.
    search_fields = ["key", "title", "authors", "doi"]
    list_search = (
        "what",
        "words__title",
        "words__authors",
        "words__doi",
        "words__appraisal",
    )

    @admin.display(description="title", ordering="heading")
    def title_column(self, entry: Any) -> SafeString:
        """The title, cut."""
        return cut(entry.heading or "")

    @admin.display(description="kind", ordering=KT("words__kind"))
    def kind_column(self, entry: Any) -> str:
        """What sort of document it is."""
        kind = entry.words.get("kind", "")
        return SourceKind(kind).words if kind in list(SourceKind) else "Not chosen yet"

    @admin.display(description="year", ordering=KT("words__year"))
    def year_column(self, entry: Any) -> str:
        """When it was published."""
        return str(entry.words.get("year") or "-")


@admin.register(models.GlossaryTerm)
class GlossaryTermAdmin(DeskAdmin):
    """Words explained in everyday language."""

    part = "glossary"
    list_display = ["key_column", "term_column", *COMMON]
    search_fields = ["key", "term"]
    list_search = ("what", "words__term", "words__definition")

    @admin.display(description="term", ordering="heading")
    def term_column(self, entry: Any) -> str:
        """The word."""
        return entry.heading or ""


@admin.register(models.Treatment)
class TreatmentAdmin(DeskAdmin):
    """Treatments, and the options named beside them."""

    part = "treatments"
    list_display = ["key_column", "name_column", "role_column", *COMMON]
    search_fields = ["key", "name"]
    list_search = ("what", "words__name")

    @admin.display(description="name", ordering="heading")
    def name_column(self, entry: Any) -> str:
        """The name."""
        return entry.heading or ""

    @admin.display(description="role", ordering=KT("words__role"))
    def role_column(self, entry: Any) -> str:
        """What the site does with it."""
        return str(entry.words.get("role", "")).capitalize()


def _label(level: str, bearing: str) -> str:
    if not level or bearing not in list(Bearing):
        return "No label yet"
    return label_words(Level(level), Bearing(bearing))
