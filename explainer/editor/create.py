"""Beginning something new: a page with a form, or only the form for the article's dialog.

The form asks for what gives it its address, and for its first words. What is left open is written
in the form of the draft that it makes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from explainer.editor import origin, products
from explainer.editor.fields import ChoiceField, TextField, form_field
from explainer.editor.forms import NOTE, TOO_LONG, DocumentForm
from explainer.editor.widgets import all_sources
from explainer.evidence.levels import Role
from explainer.kinds import BY_PATH, KINDS, TREATMENT, Kind
from explainer.kinds.schema import KEY, Choice, Entries, Field, Fields, SourceKey
from explainer.library import drafts
from explainer.library.models import Document, Revision
from explainer.library.permissions import Right
from explainer.search.found_claims import by_index
from explainer.search.proposals.nearest import Drafts, Near, nearest
from explainer.staff.decorators import page, staff, who
from explainer.text.problems import Refused

FIRST = "First version."
SUGGESTED = 60
"""Characters of a suggested key."""
KEY_HELP = (
    "Part of its address, which never changes: lower case letters, digits and hyphens. "
    "Leave it empty and it is made from the words."
)
NO_WORDS = "There are no words to make a key from. Fill in the first field, or write one."

NOT_CHOSEN = (
    "Where do readers find it? Choose one of these; for a treatment's page, choose its page."
)


class KeyField(TextField):
    """A key: the part of an address that never changes. Empty means: make one."""

    def __init__(self) -> None:
        super().__init__(label="Key", help_text=KEY_HELP)
        self.validators.append(MaxLengthValidator(120, TOO_LONG))

    def clean(self, value: Any) -> str:
        key = str(super().clean(value))
        if key and not KEY.fullmatch(key):
            cure = "Use lower case letters, digits and single hyphens between them."
            raise ValidationError(f"“{key[:60]}” cannot be a key. {cure}")
        if key.isdigit():
            raise ValidationError(f"“{key}” has figures alone. Add a word to it.")
        return key


class CreateForm(DocumentForm):
    """Some fields of the schema, the first entry of its table, and what makes its key."""

    def __init__(self, kind: Kind, data: Any, initial: Fields, **options: Any) -> None:
        self._table: Field | None = None
        # No key of what is only proposed: it is made of the words that are sent.
        initial = {"note": FIRST, "key": suggested(kind, initial), **initial}
        initial = {**kind.proposed(initial), **initial}
        treatment = products.treatment_of(kind, data or initial)
        if "product" in kind.create_fields:
            initial["product"] = products.proposed(kind, initial, treatment)
        super().__init__(kind, data, initial, treatment, **options)
        del self.fields["base"], self.fields["number"]
        treatments = Document.objects.filter(kind=TREATMENT, live__isnull=False)
        if kind.needs_treatment:
            names = treatments.order_by("key").values_list("key", "title")
            about = {"label": "Treatment", "help_text": "What it is about."}
            self.fields["treatment"] = ChoiceField(names, blank="Choose one", **about)
        self._pages = _missing_pages(kind, treatments)
        if self._pages:
            blank = "A page of the site, with a key of its own"
            self.fields["page"] = ChoiceField(self._pages.items(), blank=blank, label="Page")
        self.fields["key"] = KeyField()
        for field in filter(None, map(kind.field, kind.chosen_anew)):
            offered = field.type.options if isinstance(field.type, Choice) else []
            named = {"label": field.label, "help_text": field.help}
            self.fields[field.name] = ChoiceField(offered, blank="Choose one", **named)

    def asked(self) -> tuple[Field, ...]:
        return (*filter(None, map(self.kind.field, self.kind.create_fields)), NOTE)

    def layout(self) -> Iterable[tuple[str, str, Sequence[str]]]:
        for title, help_text, names in self.kind.layout:
            if own := [name for name in names if name in self.fields]:
                yield title, help_text, own
        if self._table:
            help_text = "The first position; more can be added in the next step."
            yield "Who says it", help_text, ("source", "source_level", "finding", "says")
        help_text = "Readers and links use it for as long as the site stands."
        yield "Its address", help_text, ("treatment", "page", "key")

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        spoken = any(map(cleaned.get, ("source_level", "finding", "says")))
        if spoken and not cleaned.get("source") and "source" not in self.errors:
            self.add_error("source", "Whose position is this? Choose the source.")
        for field in filter(None, map(self.kind.field, self.kind.chosen_anew)):
            if cleaned.get("page"):
                # One of a treatment's own pages, which stands in its list by the default.
                cleaned[field.name] = field.default
            elif not cleaned.get(field.name) and field.name not in self.errors:
                self.add_error(field.name, NOT_CHOSEN)
        if page := cleaned.get("page"):
            cleaned["key"] = page
            cleaned["title"] = cleaned.get("title") or self._pages[page]
        elif "key" not in self.errors:
            cleaned["key"] = self._key(cleaned)
        return cleaned

    @property
    def document_fields(self) -> Fields:
        fields = super().document_fields
        if self._table:
            cleaned = self.cleaned_data
            entry = {"source": cleaned["source"], "level": cleaned["source_level"]}
            entry |= {"finding": cleaned["finding"], "product": "", "says": cleaned["says"]}
            fields[self._table.name] = [entry] if cleaned["source"] else []
        return fields

    def place(self, path: str) -> tuple[str, str]:
        """Find the field that a path names; the only entry of the table has no row here."""
        table, _, inner = path.partition(".")
        if self._table and table == self._table.name:
            column = inner.partition(".")[2]
            path = {"": "source", "level": "source_level"}.get(column, column)
        return super().place(path)

    def _options(self, path: str) -> Sequence[tuple[str, Any]]:
        if path == "product" and self._treatment is None:
            # Whose products there are is known when the treatment is chosen, in the same form.
            return products.of_all_treatments(self.kind)
        return super()._options(path)

    def _add_table(self, field: Field) -> None:
        """Ask for one entry, without rows and scripts: it has to work in a dialog."""
        self._table = field
        assert isinstance(field.type, Entries)  # noqa: S101 - for the type checker
        inner = {inner.name: inner for inner in field.type.table}
        assert isinstance(inner["source"].type, SourceKey)  # noqa: S101 - what is offered for it
        self.fields["source"] = ChoiceField(all_sources(), blank="None yet", label="Source")
        self.fields["source_level"] = form_field(inner["level"])
        self.fields |= {name: form_field(inner[name]) for name in ("finding", "says")}

    def _key(self, cleaned: Fields) -> str:
        """Give the whole key, made from the words if none was typed; refuse what is taken."""
        key = cleaned.get("key") or suggested(self.kind, cleaned)
        if not key or key.isdigit():
            self.add_error("key", NO_WORDS)
            return ""
        if self.kind.needs_treatment:
            if not cleaned.get("treatment") and "treatment" not in self.errors:
                self.add_error("treatment", "Which treatment is it about? Choose one.")
            return f"{cleaned.get('treatment')}/{key}"
        address = self.kind.address(key)
        kinds = [kind for kind in KINDS if kind is not self.kind and kind.address(key) == address]
        if Document.objects.filter(kind__in=kinds, key=key).exists():
            self.add_error("key", f"The address “{address}” is taken. Choose another key.")
        return key


def suggested(kind: Kind, fields: Fields) -> str:
    """Make a key from the words of a document: whole words, up to 60 characters."""
    words = " ".join(str(fields.get(name) or "") for name in kind.key_fields)
    slug = slugify(words).replace("_", "-")
    cut = slug if len(slug) <= SUGGESTED else slug[: SUGGESTED + 1].rpartition("-")[0]
    return "-".join(part for part in (cut or slug[:SUGGESTED]).split("-") if part)


def _missing_pages(kind: Kind, treatments: Any) -> dict[str, str]:
    """Give the pages that a treatment could have and has not, by key, with their titles."""
    if not kind.own_pages({"t": ""}):
        return {}
    rows = treatments.filter(live__fields__role=Role.EXPLAINED).values_list("key", "title")
    there = set(Document.objects.filter(kind=kind).values_list("key", flat=True))
    pages = kind.own_pages(dict(rows))
    return {key: title for key, title in pages.items() if key not in there}


@staff(Right.WRITE, methods=("GET", "HEAD", "POST"))
def create(request: HttpRequest, part: str) -> HttpResponse:
    """Show the form for something new, or begin it and open its draft.

    An address may fill in fields. With `fragment=1` the form alone is answered, and JSON once
    it was sent.
    """
    if part not in BY_PATH:
        raise Http404(f"Nothing called '{part[:20]}' can be added.")
    # In the dialog it stands beside an article's form, whose fields have ids of their own.
    in_dialog = "1" in (request.GET.get("fragment"), request.POST.get("fragment"))
    data, initial = (None, request.GET.dict()) if request.method != "POST" else (request.POST, {})
    auto_id = "new_%s" if in_dialog else "id_%s"
    form = CreateForm(BY_PATH[part], data, initial, auto_id=auto_id)
    revision = _begun(request, form) if form.is_valid() else None
    if in_dialog and form.is_bound:
        return _answer(form, revision)
    if revision is None:
        return _form(request, form, in_dialog=in_dialog)
    messages.success(request, "The draft is begun. Readers see nothing of it yet.")
    return origin.kept(request, revision.document)


def _begun(request: HttpRequest, form: CreateForm) -> Revision | None:
    key, fields = form.cleaned_data["key"], form.document_fields
    actor, now = who(request), timezone.now()
    try:
        return drafts.create(kind=form.kind, key=key, fields=fields, actor=actor, now=now)
    except Refused as refused:
        form.add_error("key", refused.message)
        return None


def _answer(form: CreateForm, revision: Revision | None) -> JsonResponse:
    if revision:
        return JsonResponse({"key": revision.document.key}, status=201)
    errors = {name: list(map(str, found)) for name, found in form.errors.items()}
    sentences = [f"{form[name].label}: {' '.join(found)}" for name, found in errors.items()]
    return JsonResponse({"errors": errors, "message": " ".join(sentences)}, status=400)


def _similar(request: HttpRequest, form: CreateForm) -> list[Near]:
    """Give the claims that are near to the statement that is proposed, lest one be made twice."""
    said = str(form["statement"].value() or "") if form.kind.is_assessed else ""
    about = str(form["treatment"].value() or "") if said else ""
    if not said.strip():
        return []
    found = by_index(request, lambda index: nearest(said, about, index, Drafts.now(index)))
    return found or []


def _form(request: HttpRequest, form: CreateForm, *, in_dialog: bool) -> HttpResponse:
    context = {
        "similar": _similar(request, form),
        "in_dialog": in_dialog,
        "origin": origin.asked(request),
        "form": form,
        "kind": form.kind,
        "title": f"New {form.kind.label.lower()}",
        "refusals": form.refusals if form.is_bound else (),
    }
    if in_dialog:
        return render(request, "staff/editor/fragment.html", context)
    return page(request, "staff/editor/new.html", context)
