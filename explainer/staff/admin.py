"""The stock admin's lists over documents: columns in plain words, rows that open the editor.

Nothing is added, changed or deleted here: those forms of the stock admin answer 403, whoever
asks, because words change in the editor alone, where a second person reads them.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from explainer.kinds import SOURCE, Kind
from explainer.kinds.schema import Text, Words
from explainer.library.models import Document, Position, Status
from explainer.library.models.document import LISTED
from explainer.library.permissions import Right
from explainer.staff import dashboard, problem_counts
from explainer.staff.documents import CUT, day, label_of, minute, person_name, source_title
from explainer.staff.filters import FILTERS
from explainer.text.search_words import phrases_of
from explainer.web.search import finding

NO_LABEL = "No label yet"


class DocumentList(ChangeList):
    """A change list that counts the problems of the rows on a page, all at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        counts = problem_counts.counts(rows)
        for row in rows:
            row.errors = counts[row.pk]
        self.result_list = rows

    @property
    def is_narrowed(self) -> bool:
        """True if one of the filters is in use that are folded away otherwise."""
        return any(spec.value() for spec in self.filter_specs[2:])  # type: ignore[attr-defined]

    def url_for_result(self, result: Any) -> str:
        return reverse("staff-edit", args=[result.subject])


class DocumentAdmin(admin.ModelAdmin):
    """Lists the documents of one kind; every member of staff may look."""

    kind: ClassVar[Kind]
    search_fields = ("key", "title")
    actions = None
    preserve_filters = False
    ordering = ("key",)
    list_per_page = 50
    list_max_show_all = 1000
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/staff_list.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_active and request.user.is_staff

    has_module_permission = has_view_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave out what has no words: all of its drafts were thrown away."""
        rows = super().get_queryset(request).filter(kind=self.kind, newest__isnull=False)
        return rows.select_related("newest__saved_by", "newest__author", "live").defer(
            "newest__file_text", "live__file_text"
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Look into the texts of the newest words too."""
        names = [field.name for field in self.kind.schema if isinstance(field.type, Text | Words)]
        texts = [KeyTextTransform(name, "newest__fields") for name in names]
        return finding(queryset, phrases_of(search_term), [*self.search_fields, *texts]), False

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        """Open a document by its key or by its title: people press what they read."""
        return list(list_display)[:2]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DocumentList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        context = {
            "title": f"{self.kind.label}s",
            "kind": self.kind,
            "may_write": request.user.has_perm(Right.WRITE),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return redirect("staff-edit", self._subject(request, object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("staff-history", self._subject(request, object_id))

    def _subject(self, request: HttpRequest, object_id: str) -> str:
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404("There is no such document. Look it up in the list.")
        return str(document.subject)

    @admin.display(description="key", ordering="key")
    def key_column(self, document: Document) -> str:
        return document.key

    @admin.display(description="label", ordering="newest__level")
    def label_column(self, document: Any) -> str:
        """The label of the newest words; what readers see too, if that is another."""
        for revision in filter(None, (document.newest, document.live)):
            revision.document = document
        newest = label_of(document.newest) or NO_LABEL
        public = label_of(document.live) or NO_LABEL if document.live else newest
        return newest if public == newest else f"{newest} (readers see: {public})"

    @admin.display(description="state", ordering="status")
    def state_column(self, document: Any) -> str:
        if document.status == Status.SCHEDULED:
            return f"Scheduled for {minute(document.newest.publish_at)}"
        return str(document.get_status_display())

    @admin.display(
        description="last edited", ordering=Coalesce("newest__saved_at", "newest__created_at")
    )
    def edited_column(self, document: Any) -> str:
        newest = document.newest
        saved = day(newest.saved_at or newest.created_at)
        return f"{saved}, {person_name(newest.saved_by or newest.author)}"

    @admin.display(description="review due", ordering=F("review_due").asc(nulls_last=True))
    def due_column(self, document: Document) -> str:
        if document.review_due is None:
            return "No date" if document.live_id else "-"
        due = day(document.review_due)
        return f"Overdue since {due}" if document.review_due < timezone.localdate() else due

    @admin.display(description="problems")
    def problems_column(self, document: Any) -> str:
        return "Not counted yet" if document.errors is None else str(document.errors or "None")


def _title_column(kind: Kind) -> Callable[[Any], SafeString]:
    @admin.display(description=kind.field_label(kind.title_field).lower(), ordering="title")
    def title_column(document: Document) -> SafeString:
        title = document.title
        return format_html('<span title="{}">{}</span>', title, truncatechars(title, CUT))

    return title_column


def _field_column(kind: Kind, name: str) -> Callable[[Any], str]:
    field = kind.field(name)
    assert field is not None  # noqa: S101 - the kind names fields that it has

    @admin.display(description=name, ordering=KeyTextTransform(name, "newest__fields"))
    def column(document: Any) -> str:
        return capfirst(field.type.display(document.newest.fields.get(name))) or "-"

    column.__name__ = f"{name}_column"
    return column


def _admin_of(kind: Kind) -> type[DocumentAdmin]:
    attributes = {
        "kind": kind,
        "list_display": [
            "key_column",
            _title_column(kind),
            *(["label_column"] if kind.is_assessed else []),
            *(_field_column(kind, name) for name in kind.list_fields),
            *("state_column", "edited_column", "due_column", "problems_column"),
        ],
        "list_filter": [FILTERS[name] for name in ("whose", "state", *kind.list_filters, "due")],
    }
    return type(f"{LISTED[kind].__name__}Admin", (DocumentAdmin,), attributes)


FIELD = {"app_label": "library", "model_name": "position", "field_name": "source"}
"""The one field that asks."""


class SourceChoices(AutocompleteJsonView):
    """Offers sources by key and title: two trials of one title differ by their keys."""

    def process_request(self, request: HttpRequest) -> Any:
        if any(request.GET.get(name) != value for name, value in FIELD.items()):
            raise PermissionDenied
        model_admin = admin.site.get_model_admin(LISTED[SOURCE])
        term = request.GET.get("term", "").replace("\x00", "")
        return term, model_admin, Position._meta.get_field("source"), "key"

    def serialize_result(self, obj: Document, to_field_name: str) -> dict[str, str]:
        return {"id": obj.key, "text": f"{obj.key}: {source_title(obj)}"}


admin.site.site_header = f"{settings.SITE_NAME}: staff"
admin.site.site_title = "Staff"
admin.site.index_title = "Your desk"
# Its links are in the head of every page; beside a text and its preview there is no room for it.
admin.site.enable_nav_sidebar = False
admin.site.index = dashboard.with_work(admin.site.index)  # type: ignore[method-assign, assignment]
offered = SourceChoices.as_view(admin_site=admin.site)
admin.site.autocomplete_view = offered  # type: ignore[method-assign, assignment]

for kind, model in LISTED.items():
    admin.site.register(model, _admin_of(kind))
