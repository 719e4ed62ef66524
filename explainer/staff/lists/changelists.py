"""The stock admin's lists over entries: columns in plain words, rows that open the desk.

Nothing is added, changed or deleted here: those forms of the stock admin answer
403, whoever asks (requirement A4). Writing happens on the desk.
"""

from functools import partial
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from explainer.library.permissions import Right
from explainer.staff.lists import problems
from explainer.staff.lists.entries import MODELS, Stage, entries
from explainer.staff.lists.filters import DueFilter, Filter, ForWhom, StageFilter
from explainer.staff.subjects import KINDS

CUT = 110
"""Characters of a statement or title that a list shows."""


class EntryList(ChangeList):
    """A change list whose rows are entries, though its address names their identity."""

    def __init__(self, request: HttpRequest, model: type[Model], *args: Any, part: str) -> None:
        self.part = part
        super().__init__(request, MODELS[part], *args)
        self.title = f"{KINDS[part]}s"

    def _get_default_ordering(self) -> list[str]:
        return ["named"]

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Any]:
        """Search and filter entries instead of identities."""
        self.root_queryset = entries(self.part)
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        """Count the problems of the rows on this page, all at once."""
        super().get_results(request)
        rows = list(self.result_list)
        told = problems.counts(rows)
        for row in rows:
            row.errors = told[row.subject]
        self.result_list = rows

    @property
    def is_narrowed(self) -> bool:
        """True if one of the filters is in use that are folded away otherwise."""
        return any(cast("Filter", spec).value() for spec in self.filter_specs[2:])

    def url_for_result(self, result: Any) -> str:
        """Open the entry on the desk."""
        return reverse("staff-edit", args=[result.subject])


class DeskAdmin(admin.ModelAdmin):
    """Lists one kind of entry; every member of staff may look."""

    part: str
    list_search: tuple[str, ...]
    """Columns of the versions that the search box looks in."""
    list_filter: ClassVar[Any] = [ForWhom, StageFilter, DueFilter]
    actions = None
    preserve_filters = False
    list_per_page = 50
    list_max_show_all = 1000
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/staff_list.html"

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: new entries begin on the desk."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: words change on the desk, where a second person reads them."""
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

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        """Open an entry by its key or by its words: people press what they read."""
        return list(list_display)[:2]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        """List entries."""
        return partial(EntryList, part=self.part)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Keep the rows in which every typed word occurs somewhere."""
        is_list = queryset.model is MODELS[self.part]
        fields = self.list_search if is_list else self.get_search_fields(request)
        for word in search_term.split():
            found = [Q(**{f"{field}__icontains": word}) for field in fields]
            queryset = queryset.filter(Q(*found, _connector=Q.OR))
        return queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Offer to begin a new entry to those who may write."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        may_write = request.user.has_perm(Right.WRITE)
        begin = {"part": self.part, "kind": KINDS[self.part].lower(), "may_write": may_write}
        return super().changelist_view(request, {**begin, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Send a reader of the row to the desk; refuse everything else."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return redirect("staff-edit", self._subject(request, object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Send the reader to the history that the desk keeps."""
        return redirect("staff-history", self._subject(request, object_id))

    def _subject(self, request: HttpRequest, object_id: str) -> str:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404("There is no such entry. Look it up in the list.")
        return f"{self.part}/{row.key}"

    @admin.display(description="key", ordering="named")
    def key_column(self, entry: Any) -> str:
        """Its own name, without the kind."""
        return str(entry.subject).partition("/")[2]

    @admin.display(description="state", ordering="stage")
    def state_column(self, entry: Any) -> str:
        """Where it stands, in words."""
        stage = Stage(entry.stage)
        if stage is Stage.SCHEDULED:
            return (
                f"Scheduled for {date_format(timezone.localtime(entry.publish_at), 'j M Y, H:i')}"
            )
        return str(stage.label)

    @admin.display(description="last edited", ordering="touched_at")
    def edited_column(self, entry: Any) -> str:
        """Who edited it last, and when."""
        day = date_format(timezone.localtime(entry.touched_at), "j M Y")
        return f"{day}, {name_of(entry.saved_by or entry.author)}"

    @admin.display(description="review due", ordering=F("public_due").asc(nulls_last=True))
    def due_column(self, entry: Any) -> str:
        """When the public words are to be read again; late ones say so."""
        if entry.public_due is None:
            return "No date" if entry.is_public else "-"
        day = date_format(entry.public_due, "j M Y")
        return f"Overdue since {day}" if entry.public_due < timezone.localdate() else day

    @admin.display(description="problems")
    def problems_column(self, entry: Any) -> str:
        """How many errors keep it from being published, or make it unfit to stay."""
        if entry.errors is None:
            return "Not counted yet"
        return str(entry.errors) if entry.errors else "None"


def name_of(person: User | None) -> str:
    """Say who somebody is; nobody stands for the content files."""
    return (person.get_full_name() or person.get_username()) if person else "content files"


def cut(text: str) -> SafeString:
    """Give the opening of a long text, which shows the whole when pointed at."""
    return format_html('<span title="{}">{}</span>', text, truncatechars(text, CUT))
