"""What a reviewer wants mended, at its place in the form until the text is handed over again.

It is read from the audit log, which holds who said it and when and lets nobody change it.
"""

from typing import Any

from explainer.editor.fields import FormProblem
from explainer.editor.forms import DocumentForm
from explainer.library.models import AuditEntry, Revision
from explainer.staff.documents import person_name

SENT_BACK = "send back"
STEPS = ("start", "restore", "submit", "take back", "discard", SENT_BACK)
"""The steps after which what was said before is of the past."""


def show_remarks(revision: Revision, form: DocumentForm) -> dict[str, Any]:
    """Put what was said of a draft that was sent back to the fields of its form.

    Gives who said it, when, the comment on all of it, and the remarks; empty if it was not.
    """
    entries = AuditEntry.objects.filter(subject=revision.subject, action__in=STEPS)
    last = entries.select_related("actor").order_by("-number").first()
    if last is None or last.action != SENT_BACK:
        return {}
    told = (last.after or {}).get("remarks", ())
    form.remarks = [_placed(form, revision, remark) for remark in told]
    who = person_name(last.actor)
    return {"who": who, "at": last.at, "comment": last.comment, "remarks": form.remarks}


def _placed(form: DocumentForm, revision: Revision, remark: dict[str, str]) -> FormProblem:
    quote, text = remark["quote"], remark["text"]
    words = str(revision.fields.get(remark["field"], ""))
    # Marks stand between the words of a quote; then no line can be told.
    place = words.find(quote) if quote else -1
    line = words.count("\n", 0, place) + 1 if place >= 0 else 0
    message = f"“{quote}”: {text}" if quote else text
    return FormProblem(*form.place(remark["field"]), line, message, "remark")
