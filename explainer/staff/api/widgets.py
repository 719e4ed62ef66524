"""The article's text field: markdownx's widget with a script and a preview of our own.

markdownx gives the field its markup, attributes and settings. Its script is left
out, because it overwrites newer previews with older ones, answers a failed upload by writing into
the text, keeps the Tab key and doubles lines the cursor is not on.
"""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.safestring import SafeString
from markdownx.settings import MARKDOWNX_UPLOAD_URLS_PATH
from markdownx.widgets import AdminMarkdownxWidget


class LiveMarkdown(AdminMarkdownxWidget):
    """A textarea with the preview beside it; without scripts a plain textarea.

    One on a page, named `body`. Give it, as `attrs`: `data-article` (the article's
    key), `data-treatment` (a key the claim picker keeps to), `data-new-claim-url`,
    `data-upload-url`; each may be left out, and what needs it stays away (uploads
    then go to markdownx's setting).
    """

    template_name = "staff/api/widget.html"

    class Media:
        extend = False
        css = {"all": ["css/staff/live.css", "css/staff/live-told.css"]}
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
            "data-token-url": reverse("live-token"),
            "spellcheck": "true",
        }
        return context
