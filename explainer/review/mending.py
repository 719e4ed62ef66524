"""What a step asks for where the words of a change still lack it: the note, and single fields.

So whoever hands a change over says at once, for all of its parts, what only an opened form asked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from explainer.editor.fields import BoundField, FormProblem, form_field, worded
from explainer.editor.forms import NOTE, TOO_LONG
from explainer.kinds import Kind
from explainer.kinds.schema import Entries, Field, Flag
from explainer.library import drafts
from explainer.library.models import Document, Revision
from explainer.library.validation import Found
from explainer.text.problems import Problem


def mending_of(revision: Revision, problems: Found, data: Any = None) -> forms.Form:
    """Ask for the note of a change, and for each field of it that an error is about.

    Rows and whole texts are left to the editor. With `data`, what was typed stands there.
    """
    own = [found for subject, found in problems if subject == revision.subject and found.is_error]
    wrong = {found.field.partition(".")[0] for found in own}
    # What was mended a moment ago is shown again with it, or it would be lost.
    wrong |= {
        field.name
        for field in _simple(revision)
        if f"{revision.subject}-{field.name}" in (data or ())
    }
    names = [NOTE.name, *(field.name for field in _simple(revision) if field.name in wrong)]
    form = _mending(revision, names, data)
    form.show(own)
    return form


class _MendingForm(forms.Form):
    """Some fields of a document, each with what is wrong with it."""

    bound_field_class = BoundField
    kind: Kind
    problems: Sequence[FormProblem] = ()

    def show(self, problems: Sequence[Problem]) -> None:
        self.problems = [
            FormProblem(self[name].id_for_label, "", found.line, worded(found, self.kind))
            for found in problems
            if (name := found.field.partition(".")[0]) in self.fields
        ]


def _mending(revision: Revision, names: Sequence[str], data: Any = None) -> _MendingForm:
    subject, kind = revision.subject, revision.document.kind
    initial = drafts.saved_fields(revision)
    form = _MendingForm(data, initial=initial, prefix=subject, auto_id="mend-%s")
    form.kind = kind
    for field in (NOTE, *_simple(revision)):
        if field.name in names:
            form.fields[field.name] = form_field(field)
    if "note" in form.fields:
        form.fields["note"].validators.append(MaxLengthValidator(500, TOO_LONG))
    return form


def _simple(revision: Revision) -> list[Field]:
    kind = revision.document.kind
    return [
        field
        for field in kind.schema
        if field.name not in kind.texts
        and not isinstance(field.type, Entries | Flag)
        and not kind.choices(field.name, {})
    ]


def mended(data: Any) -> Iterator[tuple[str, Any]]:
    """Read what was typed for the parts of a change: subject and form."""
    typed: dict[str, list[str]] = defaultdict(list)
    for name in data:
        subject, dash, field = name.rpartition("-")
        if dash and "/" in subject:
            typed[subject].append(field)
    for subject, names in typed.items():
        document = Document.objects.by_subject(subject)
        rows = document.revisions.open().select_related("document") if document else ()
        yield from ((subject, _mending(row, names, data)) for row in rows)
