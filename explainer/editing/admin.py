"""The staff's admin: whoever may log in may read all of the library, and change nothing yet."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, OuterRef, QuerySet, Subquery, URLField
from django.http import HttpRequest

from explainer.library import models

admin.site.site_header = "Treatment explainer: staff"
admin.site.site_title = "Staff"
admin.site.index_title = "What is known"


class ReadOnly:
    """Lets every member of staff look and nobody add, change or delete."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: words come from content files until the editing room is built."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse, as above."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: nothing that was ever public is lost."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow every member of staff; the admin site itself keeps everybody else out."""
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Allow the same people."""
        return self.has_view_permission(request)


class NewestVersion(ReadOnly, admin.StackedInline):
    """Shows the newest version alone; older ones stay in the database as history."""

    can_delete = False
    extra = 0
    verbose_name = "newest version"
    verbose_name_plural = "newest version"
    identity: str

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Keep the version with the highest number of each identity."""
        versions = super().get_queryset(request)
        same = versions.filter(**{self.identity: OuterRef(self.identity)}).order_by("-number")
        return versions.filter(pk=Subquery(same.values("pk")[:1]))


class ClaimVersions(NewestVersion):
    """The words of a claim."""

    model = models.ClaimVersion
    identity = "claim"


class ArticleVersions(NewestVersion):
    """The words of an article."""

    model = models.ArticleVersion
    identity = "article"


def newest(column: str) -> Any:
    """Give a list column that shows one field of the newest version."""

    @admin.display(description=column.replace("_", " "), ordering=f"newest_{column}")
    def show(row: Model) -> Any:
        return getattr(row, f"newest_{column}")

    return show


def with_newest(rows: QuerySet[Any], versions: QuerySet[Any], *columns: str) -> QuerySet[Any]:
    """Add `newest_<column>` to each row, in the list's own query."""
    last = versions.order_by("-number")
    return rows.annotate(**{f"newest_{name}": Subquery(last.values(name)[:1]) for name in columns})


@admin.register(models.Treatment)
class TreatmentAdmin(ReadOnly, admin.ModelAdmin):
    """Treatments."""

    list_display = ["name", "key", "edited"]


@admin.register(models.Source)
class SourceAdmin(ReadOnly, admin.ModelAdmin):
    """Sources and our appraisal of each."""

    list_display = ["title", "kind", "year", "sells_treatment", "seen", "edited"]
    list_filter = ["kind", "seen", "sells_treatment"]
    search_fields = ["key", "title", "authors", "doi"]
    formfield_overrides = {URLField: {"assume_scheme": "https"}}


@admin.register(models.GlossaryTerm)
class GlossaryTermAdmin(ReadOnly, admin.ModelAdmin):
    """Words explained in everyday language."""

    list_display = ["term", "key", "edited"]
    search_fields = ["key", "term"]


@admin.register(models.Claim)
class ClaimAdmin(ReadOnly, admin.ModelAdmin):
    """Claims with the label and words of their newest version."""

    list_display = ["key", newest("level"), newest("bearing"), newest("statement"), newest("state")]
    list_filter = ["treatment"]
    search_fields = ["key", "versions__statement"]
    inlines = [ClaimVersions]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Claim]:
        """Add the columns of the newest version."""
        versions = models.ClaimVersion.objects.filter(claim=OuterRef("pk"))
        columns = ("level", "bearing", "statement", "state")
        return with_newest(super().get_queryset(request), versions, *columns)


@admin.register(models.Article)
class ArticleAdmin(ReadOnly, admin.ModelAdmin):
    """Articles with the state and words of their newest version."""

    list_display = ["key", newest("title"), newest("state"), newest("number"), newest("review_due")]
    list_filter = ["treatment", "topic"]
    search_fields = ["key", "versions__title"]
    inlines = [ArticleVersions]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Article]:
        """Add the columns of the newest version."""
        versions = models.ArticleVersion.objects.filter(article=OuterRef("pk"))
        columns = ("title", "state", "number", "review_due")
        return with_newest(super().get_queryset(request), versions, *columns)
