"""The inputs of the editor that Django does not have: the text with its preview, and sources."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Q, QuerySet
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.safestring import SafeString
from markdownx.settings import MARKDOWNX_UPLOAD_URLS_PATH
from markdownx.widgets import AdminMarkdownxWidget

from explainer.kinds import SOURCE
from explainer.kinds.schema import KEY
from explainer.library.models import Document, Position
from explainer.staff.documents import source_title


class LiveMarkdown(AdminMarkdownxWidget):
    """A textarea with the preview beside it; without scripts a plain textarea.

    markdownx gives it its markup, attributes and settings. Its script is left out, because it
    overwrites newer previews with older ones, answers a failed upload by writing into the text,
    keeps the Tab key and doubles lines the cursor is not on.

    One on a page, named `body`. Give it, as `attrs`: `data-article` (the article's
    key), `data-treatment` (a key the claim picker keeps to), `data-new-claim-url`,
    `data-upload-url`; each may be left out, and what needs it stays away (uploads
    then go to markdownx's setting).
    """

    template_name = "staff/api/widget.html"

    class Media:
        extend = False
        names = ("live", "live-told", "live-text", "proposals")
        css = {"all": [f"css/staff/{name}.css" for name in names]}
        js = [Script("js/editor/editor.js", type="module")]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render from the project's own templates, whatever the form's renderer is."""
        return super().render(name, value, attrs, TemplatesSetting())

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add where the scripts ask; markdownx's own addresses are never mounted."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        upload = self.attrs.get("data-upload-url", MARKDOWNX_UPLOAD_URLS_PATH)
        context["widget"]["attrs"] |= {
            "data-markdownx-urls-path": reverse("live-text"),
            "data-markdownx-upload-urls-path": upload,
            "data-claims-url": reverse("live-claims"),
            "data-proposals-url": reverse("live-proposals"),
            "data-paste-url": reverse("live-paste"),
            "data-token-url": reverse("live-token"),
            "spellcheck": "true",
        }
        return context


LARGEST = 2**63


Sources = Mapping[str, Document]


def sources_named(names: Iterable[str]) -> Sources:
    """Give the sources that are named, by key and by number, in one query."""
    keys = {name for name in names if KEY.fullmatch(name)}
    numbers = [int(name) for name in keys if name.isdigit() and int(name) < LARGEST]
    found = _sources().filter(Q(key__in=keys) | Q(pk__in=numbers)) if keys else ()
    return {str(row.pk): row for row in found} | {row.key: row for row in found}


class SourceSelect(AutocompleteSelect):
    """The admin's autocomplete over sources; shows what is chosen without a query.

    The admin's list answers with row numbers; words name sources by key. A key of figures alone
    would be taken for a number, so nothing new gets one.
    """

    def __init__(self, sources: Sources) -> None:
        super().__init__(Position._meta.get_field("source"), admin.site)
        self.sources = sources

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """Offer the chosen source alone; the script asks for the others."""
        options: list[Mapping[str, Any]] = [self.create_option(name, "", "", not any(value), 0)]
        for chosen in filter(None, value):
            row = self.sources.get(chosen)
            key, title = (row.key, f"{row.key}: {row.title}") if row else (chosen, chosen)
            options.append(self.create_option(name, key, title, True, 1))
        return [(None, options, 0)]


def all_sources() -> list[tuple[str, str]]:
    """Give every source as (key, title), for choosing without a script."""
    return [(row.key, source_title(row)) for row in _sources().order_by("title")]


def _sources() -> QuerySet[Document]:
    # A new one is cited while it is a draft: both become public in one step.
    return Document.objects.filter(kind=SOURCE, newest__isnull=False)
